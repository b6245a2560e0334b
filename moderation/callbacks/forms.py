"""The shapes of what people type around a booked call."""

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.callbacks.models import Attempt


class SlotField(forms.CharField):
    """A moment with its zone, as the form offered it."""

    def to_python(self, value: Any) -> datetime | None:
        words = super().to_python(value)
        try:
            moment = parse_datetime(words[:40]) if words else None
        except ValueError:
            moment = None
        if words and (moment is None or moment.tzinfo is None):
            raise forms.ValidationError(_("Choose one of the times."))
        return moment


class BookForm(forms.Form):
    """When, and where we reach them."""

    slot = SlotField(error_messages={"required": gettext_lazy("Choose one of the times.")})
    phone = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Where do we reach you?")})


class MoveForm(forms.Form):
    """Another time, and perhaps another number."""

    slot = SlotField(error_messages={"required": gettext_lazy("Choose one of the times.")})
    phone = forms.CharField(max_length=40, required=False)


class ZoneForm(forms.Form):
    """In which zone the times are shown."""

    zone = forms.ChoiceField(choices=[(name, name) for name in sorted(available_timezones())], required=False)


class OutcomeForm(forms.Form):
    """What came of a call."""

    outcome = forms.ChoiceField(
        choices=Attempt.Outcome.choices,
        error_messages={"required": gettext_lazy("Say how it went: reached, no answer or wrong number.")},
    )
    note = forms.CharField(max_length=500, required=False)


class CodeForm(forms.Form):
    """What the customer read out."""

    code = forms.RegexField(r"^\s*[0-9]{6}\s*$", error_messages={"invalid": gettext_lazy("The code has six digits.")})
