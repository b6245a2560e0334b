"""How right each signal was: what people decided later about the reviews that it held."""

from dataclasses import dataclass
from typing import Any

from forums.reviews.holding import KINDS
from forums.reviews.models import ReviewPolicy
from moderation.decisions.models import Decision
from moderation.fairness.parity import Rate
from moderation.flags.models import Case

ENOUGH = 5
"""So many decisions, before anything is said of a signal."""


@dataclass(frozen=True)
class Calibrated:
    """A signal, with the share of its holds that were right."""

    name: str
    label: Any
    decided: Rate
    waiting: int
    is_silent: bool

    @property
    def is_mostly_wrong(self) -> bool:
        """Even the upper end of the interval is below a half: it costs honest people more than it finds."""
        return self.decided.whole >= ENOUGH and self.decided.interval[1] < 50


def calibrated() -> list[Calibrated]:
    """Each signal, as it stands today."""
    silent = ReviewPolicy.objects.in_force().silent_signals
    return [
        Calibrated(
            name,
            label,
            Rate(*Decision.objects.precision_of(name)),
            Case.objects.open().filter(findings__rule=name).distinct().count(),
            name in silent,
        )
        for name, label in KINDS.items()
    ]
