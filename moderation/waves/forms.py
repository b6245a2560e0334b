"""Forms of crisis mode, and of judging a wave."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.crisis import SLOWEST, Crisis, Measures

HOURS = [
    (1, _("1 hour")),
    (2, _("2 hours")),
    (6, _("6 hours")),
    (24, _("1 day")),
    (72, _("3 days")),
    (168, _("1 week")),
]


class CrisisForm(forms.Form):
    """What is stricter, for how long, and why."""

    holds_first_posts = forms.BooleanField(label=_("First posts wait for a look"), required=False, initial=True)
    holds_links = forms.BooleanField(label=_("Links of new members wait for a look"), required=False)
    slow_minutes = forms.IntegerField(
        label=_("Minutes between two posts of a new member"), required=False, min_value=0, max_value=SLOWEST, initial=0
    )
    pauses_sign_up = forms.BooleanField(label=_("Nobody can join"), required=False)
    hours = forms.TypedChoiceField(label=_("For how long from now?"), choices=HOURS, coerce=int, initial=2)
    reason = forms.CharField(label=_("Why? All colleagues read it."), max_length=300)
    notice = forms.CharField(
        label=_("What everybody reads meanwhile, above every page (optional)"),
        required=False,
        max_length=200,
        help_text=_("Such as: “We look at first posts before they appear, until this evening.” It goes with the end."),
    )

    @classmethod
    def of(cls, row: Crisis | None, data: Any = None) -> "CrisisForm":
        """Filled with what holds now."""
        initial = vars(row.measures) | {"notice": row.notice} if row is not None and row.is_in_force else {}
        return cls(data, initial=initial)

    def measures(self, marks: list[str]) -> Measures:
        """What was chosen; the patterns of waves stay as they are."""
        given = self.cleaned_data
        return Measures(
            given["holds_first_posts"], given["holds_links"], given["slow_minutes"] or 0, given["pauses_sign_up"], marks
        )

    @property
    def until(self) -> Any:
        return timezone.now() + timedelta(hours=self.cleaned_data["hours"])


class JudgeForm(forms.Form):
    """Why a wave is one, or none."""

    reason = forms.CharField(label=_("Why? The people read it."), max_length=300)
