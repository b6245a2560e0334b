"""The form of what the levels ask for: a row for each level, how long the grace is, from when, and why."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.people.models import Person
from community.people.trust import NAMES
from forums.reputation.bars import Asked
from forums.reputation.models import LevelPlan
from forums.reputation.planning import is_in_order, plan_levels

COLUMNS = {
    "days": gettext_lazy("Days with an account"),
    "points": gettext_lazy("Points"),
    "helped": gettext_lazy("Answers that solved it or were verified"),
    "people": gettext_lazy("Different people who said thanks"),
}
SALT, HOUR = "what the levels ask for", 3600


class LevelPlanForm(forms.Form):
    """Sixteen numbers and what goes with them. It can be applied only as it was simulated."""

    def __init__(self, *args: Any, asked: list[Asked], grace_days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level, bar in enumerate(asked, 1):
            for name, label in COLUMNS.items():
                words = f"{NAMES[level]}: {label}"
                attrs = {"inputmode": "numeric", "aria-label": words}
                self.fields[f"{name}_{level}"] = forms.IntegerField(
                    min_value=0, max_value=30_000, initial=getattr(bar, name), label=words,
                    widget=forms.NumberInput(attrs=attrs),
                )  # fmt: skip
        self.fields["grace_days"] = forms.IntegerField(
            min_value=1, max_value=365, initial=grace_days, label=gettext_lazy("Days of grace"),
            help_text=gettext_lazy("Who no longer meets their level is told, and keeps it for so long."),
        )  # fmt: skip
        self.fields["applies_from"] = forms.DateField(
            initial=timezone.localdate(), label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}),
            help_text=gettext_lazy("The first day on which it holds. You can call it off until then."),
        )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            max_length=200, label=gettext_lazy("Why?"), help_text=gettext_lazy("Kept with the change.")
        )

    @property
    def levels(self) -> list[tuple[int, Any, list[Any]]]:
        """Rows of the table: level, its name, its four fields."""
        return [(n, NAMES[n], [self[f"{name}_{n}"] for name in COLUMNS]) for n in range(1, len(NAMES))]

    @property
    def others(self) -> list[Any]:
        return [self[name] for name in ("grace_days", "applies_from", "reason")]

    @property
    def bars(self) -> list[Asked]:
        """What was typed."""
        data = self.cleaned_data
        return [Asked(**{name: data[f"{name}_{n}"] for name in COLUMNS}) for n in range(1, len(NAMES))]

    def clean_applies_from(self) -> Any:
        day = self.cleaned_data["applies_from"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not is_in_order(self.bars):
            self.add_error(None, _("A higher level cannot ask for less than the one below."))
        return data

    @property
    def token(self) -> str:
        """Proof that these numbers were simulated."""
        return signing.dumps([list(vars(bar).values()) for bar in self.bars], salt=SALT)

    @property
    def is_simulated(self) -> bool:
        """Whether the same numbers were simulated within the hour."""
        try:
            seen = signing.loads(self.data.get("simulated", ""), salt=SALT, max_age=HOUR)
        except signing.BadSignature:
            return False
        return bool(seen == [list(vars(bar).values()) for bar in self.bars])

    def save(self, by: Person) -> LevelPlan:
        """Plan it."""
        data = self.cleaned_data
        begins = timezone.make_aware(datetime.combine(data["applies_from"], time.min))
        return plan_levels(
            self.bars, by=by, applies_from=begins, grace_days=data["grace_days"], reason=data["reason"].strip()
        )
