"""What a moderator makes of a ring: each form knows its deed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from moderation.rings.models import Ring


class RingForm(forms.Form):
    """One deed. Its fields have ids of their own, for three of them stand on one page."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s")

    def save(self, ring: Ring, *, by: Person) -> None:
        """Do it."""
        raise NotImplementedError


class ReverseForm(RingForm):
    """The votes inside count no longer: the facts, as each member is told them."""

    facts = forms.CharField(
        label=_("What you found"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Each of them reads this. Name nobody else in it."),
    )

    def save(self, ring: Ring, *, by: Person) -> None:
        ring.reverse(by=by, facts=self.cleaned_data["facts"])


class LeaveForm(RingForm):
    """Why nothing is wrong with it."""

    reason = forms.CharField(label=_("Why"), max_length=300)

    def save(self, ring: Ring, *, by: Person) -> None:
        ring.let_be(by=by, reason=self.cleaned_data["reason"])


class UndoForm(RingForm):
    """Why the votes count again."""

    reason = forms.CharField(label=_("Why"), max_length=300)

    def save(self, ring: Ring, *, by: Person) -> None:
        ring.undo(by=by, reason=self.cleaned_data["reason"])
