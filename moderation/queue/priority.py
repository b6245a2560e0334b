"""Why an item is where it is: one function per factor. The sum of the terms is the score, and nothing else is.

    score = 40 · severity + 40 · waited/target + 10 · min(1, same problem/20) + 10 · wL · loyalty + 15 · wI · influence

All items have the same target, so waiting adds the same to each: the order of two items never changes with the time.
That is why an item keeps `ranks_at`, the moment it began to wait moved back by its other points, and the database
orders by that column and an index: as cheap as ordering by age.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

TARGET = timedelta(minutes=60)
WEIGHT_OF_WAITING = 40
WEIGHT_OF_SEVERITY = 40
WEIGHT_OF_SAME_PROBLEM = 10
LOYALTY_WEIGHT = 0.0  # wL
INFLUENCE_WEIGHT = 0.0  # wI, never above 1: nobody is served first for being heard by many

SEVERITY = {"safety": 1.0, "personal_data": 0.5, "reopened": 0.25}
"""How grave each signal is; the gravest counts."""


@dataclass(frozen=True)
class Term:
    """One factor's part of the score, and why, in words for an agent."""

    name: str
    points: float
    reason: str


def waited(item: Any, now: datetime) -> Term:
    """Each hour of waiting is worth 40 points, without an end: nobody waits for ever."""
    passed = max(now - item.waiting_since, timedelta())
    minutes, target = int(passed.total_seconds() // 60), int(TARGET.total_seconds() // 60)
    reason = _("waited %(minutes)s of %(target)s min") % {"minutes": minutes, "target": target}
    return Term("waited", WEIGHT_OF_WAITING * (passed / TARGET), reason)


def severity(item: Any, now: datetime) -> Term:
    """What the text said: danger first, then data that should not stand in public."""
    words = {
        "safety": _("words of danger"),
        "personal_data": _("personal data seen"),
        "reopened": _("the customer came back"),
    }
    gravest = max(item.signals, key=lambda signal: SEVERITY.get(signal, 0), default="")
    points = WEIGHT_OF_SEVERITY * SEVERITY.get(gravest, 0)
    return Term("severity", points, words.get(gravest, _("no words of danger")))


def same_problem(item: Any, now: datetime) -> Term:
    """Up to twenty others with the same problem."""
    count = item.same_problem_count
    points = WEIGHT_OF_SAME_PROBLEM * min(1, count / 20)
    return Term("same_problem", points, ngettext("%(n)s me-too", "%(n)s me-too", count) % {"n": count})


def loyalty(item: Any, now: datetime) -> Term:
    """Switched off: its weight is 0."""
    return Term("loyalty", 10 * LOYALTY_WEIGHT, _("loyalty does not count here"))


def influence(item: Any, now: datetime) -> Term:
    """Switched off: its weight is 0."""
    return Term("influence", 15 * INFLUENCE_WEIGHT, _("influence does not count here"))


FACTORS: list[Callable[[Any, datetime], Term]] = [waited, severity, same_problem, loyalty, influence]


def explain(item: Any, now: datetime | None = None) -> list[Term]:
    """All terms of the score, those that do not count too."""
    moment = now or timezone.now()
    return [factor(item, moment) for factor in FACTORS]


def score(item: Any, now: datetime | None = None) -> float:
    """The sum of the terms."""
    return sum(term.points for term in explain(item, now))


def ranks_at(item: Any) -> datetime:
    """The moment the item began to wait, moved back by its points that do not come from waiting."""
    still = score(item, item.waiting_since)  # nothing waited yet
    return item.waiting_since - TARGET * (still / WEIGHT_OF_WAITING)
