"""Saying when one is away, and who stands in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.people.absence import Absence
from community.people.models import Person
from community.people.roles import CAPABILITIES, Capability

ANSWERING = [role for role, able in CAPABILITIES.items() if Capability.WORK_THE_QUEUE in able]


class FaceField(forms.ModelChoiceField):
    """Colleagues by the names that customers know."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class AbsenceForm(forms.Form):
    """First day, last day, substitute."""

    first_day = forms.DateField(label=_("First day away"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("Last day away"), widget=forms.DateInput(attrs={"type": "date"}))
    substitute = FaceField(
        Person.objects.none(),
        label=_("Who stands in"),
        required=False,
        empty_label=_("The team"),
        help_text=_("Customers who ask for you by name are told, and their questions go there."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        colleagues = Person.objects.active().with_role(*ANSWERING).exclude(face="").exclude(pk=by.pk)
        self.fields["substitute"].queryset = colleagues.order_by("shown_as")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            raise ValidationError(_("The last day comes after the first."))
        return data

    def save(self) -> Absence:
        """Plan it."""
        return Absence.objects.plan(by=self.by, **self.cleaned_data)
