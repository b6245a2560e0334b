"""Forms about who a customer is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from moderation.desk.knowing import other_account
from moderation.identities.models import Handle, Merge


class HandleForm(forms.Form):
    """A name elsewhere that may be this customer's."""

    place = forms.CharField(label=_("Where"), max_length=80, help_text=_("Such as mastodon, youtube, reddit."))
    name = forms.CharField(label=_("Name there"), max_length=81)
    url = forms.URLField(label=_("Where you saw it"), max_length=300, required=False, assume_scheme="https")

    def save(self, customer: Person, *, by: Person, told_by: str = "seen") -> Handle:
        data = self.cleaned_data
        row: Handle = Handle.objects.suggest(
            customer, data["place"], data["name"], by=by, told_by=told_by, url=data["url"]
        )
        return row


class MergeForm(forms.Form):
    """Two accounts are one person: which other one, which of the two stands for both, and why."""

    other = forms.CharField(label=_("The other account"), max_length=150, help_text=_("Its name here."))
    keep = forms.ChoiceField(
        label=_("Which one stands for both?"),
        choices=[("this", _("This one")), ("other", _("The other one"))],
        widget=forms.RadioSelect,
        initial="this",
    )
    reason = forms.CharField(label=_("What makes you sure?"), max_length=500)

    def __init__(self, *args: Any, viewer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_other(self) -> Person:
        found = other_account(self.viewer, self.cleaned_data["other"])
        if found is None:
            raise forms.ValidationError(_("There is no customer of this name."))
        return found

    def save(self, customer: Person, *, by: Person) -> Merge:
        other, reason = self.cleaned_data["other"], self.cleaned_data["reason"]
        gone, kept = (other, customer) if self.cleaned_data["keep"] == "this" else (customer, other)
        return Merge.objects.merge(gone, kept, by=by, reason=reason)
