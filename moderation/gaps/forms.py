"""What is done about a gap."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.search.models import Need
from community.search.similar import similar
from moderation.gaps.tending import owners

OTHER = "other"


class OwnerForm(forms.Form):
    """Somebody who may tend gaps, or nobody."""

    owner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who closes it?"), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners()


class AnswerForm(forms.Form):
    """One of the things that resemble the words, or the address of another page."""

    chosen = forms.ChoiceField(label=_("What answers it?"), widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Its address"), required=False, max_length=400, help_text=_("Copied from the address line: /help/…")
    )

    def __init__(self, need: Need, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(one.url, one.title) for one in similar(need.words, limit=5)]
        self.fields["chosen"].choices = [*found, (OTHER, _("Another page"))]
        self.fields["chosen"].initial = found[0][0] if found else OTHER

    @property
    def url(self) -> str:
        """The address that was chosen or typed."""
        chosen = self.cleaned_data["chosen"]
        return self.cleaned_data["address"] if chosen == OTHER else chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("chosen") == OTHER and not cleaned.get("address"):
            self.add_error("address", _("Which page? Paste its address."))
        return cleaned


class AsideForm(forms.Form):
    """Why nothing needs to be written."""

    reason = forms.CharField(label=_("Why not?"), max_length=200)
