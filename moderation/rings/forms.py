"""What a moderator makes of a ring: each form knows its deed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from moderation.rings.models import Ring


class RingForm(forms.Form):
    """One deed. Its fields have ids of their own, for three of them stand on one page."""

    deed = ""
    done: Any = ""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s")

    def save(self, ring: Ring, *, by: Person) -> None:
        """Do it: the fields are called as the deed asks for them."""
        getattr(ring, self.deed)(by=by, **self.cleaned_data)


class ReverseForm(RingForm):
    """The votes inside count no longer: the facts, as each member is told them."""

    deed = "reverse"
    done = _("The votes inside no longer count, and each of them is told why.")
    facts = forms.CharField(
        label=_("What you found"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Each of them reads this. Name nobody else in it."),
    )


class LeaveForm(RingForm):
    """Why nothing is wrong with it."""

    deed = "let_be"
    done = _("Let be: their votes count as before.")
    reason = forms.CharField(label=_("Why"), max_length=300)


class UndoForm(RingForm):
    """Why the votes count again."""

    deed = "undo"
    done = _("The votes count again.")
    reason = forms.CharField(label=_("Why"), max_length=300)
