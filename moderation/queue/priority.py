"""Why an item is where it is: one function per factor. The sum of the terms is the score, and nothing else is.

    score = 40 · severity + 40 · waited/target + 10 · min(1, same problem/20) + 10 · wL · loyalty + 15 · wI · influence

The target and the weights wL and wI are those of the `Ordering` in force (`models/ordering.py`); both weights are 0
until a supervisor sets them in public. All items have the same target, so waiting adds the same to each: the order of
two items never changes with the time. That is why an item keeps `ranks_at`, the moment it began to wait moved back by
its other points, and the database orders by that column and an index: as cheap as ordering by age.

No item is overtaken by one that came later than 75/40 of the target: 75 points are all that there are besides waiting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTES_READ_AS_HOURS = 180
WEIGHT_OF_WAITING = 40
WEIGHT_OF_SEVERITY = 40
WEIGHT_OF_SAME_PROBLEM = 10
WEIGHT_OF_LOYALTY = 10  # times wL
WEIGHT_OF_INFLUENCE = 15  # times wI

SEVERITY = {
    "safety": 1.0,
    "ringing": 0.95,
    "call": 0.9,
    "raised": 0.6,
    "personal_data": 0.5,
    "live": 0.5,
    "few_stars": 0.3,
    "reopened": 0.25,
}
"""How grave each signal is; the gravest counts."""


@dataclass(frozen=True)
class Weights:
    """What a supervisor can set: see `Ordering`, which keeps each version of it."""

    target_minutes: int = 60
    loyalty_weight: float = 0.0
    influence_weight: float = 0.0
    long_tail_percent: int = 20

    @property
    def target(self) -> timedelta:
        """How long somebody may wait until it weighs as much as danger."""
        return timedelta(minutes=self.target_minutes)


@dataclass(frozen=True)
class Term:
    """One factor's part of the score, and why, in words for an agent."""

    name: str
    points: float
    reason: str


def waited(item: Any, now: datetime, weights: Weights) -> Term:
    """Each target's time of waiting is worth 40 points, without an end: nobody waits for ever."""
    passed = max(now - item.waiting_since, timedelta())
    minutes, target = int(passed.total_seconds() // 60), weights.target_minutes
    if passed.days > 1:
        reason = _("waited %(days)s days, target %(target)s min") % {"days": passed.days, "target": target}
    elif minutes >= MINUTES_READ_AS_HOURS:
        reason = _("waited %(hours)s h, target %(target)s min") % {"hours": minutes // 60, "target": target}
    else:
        reason = _("waited %(minutes)s of %(target)s min") % {"minutes": minutes, "target": target}
    return Term("waited", WEIGHT_OF_WAITING * (passed / weights.target), reason)


def severity(item: Any, now: datetime, weights: Weights) -> Term:
    """What the text said: danger first, then data that should not stand in public."""
    words = {
        "safety": _("words of danger"),
        "raised": _("put up by an automation"),
        "personal_data": _("personal data seen"),
        "ringing": _("somebody rings now"),
        "call": _("a booked call is due"),
        "live": _("somebody waits in a live chat"),
        "few_stars": _("a review of two stars or less"),
        "reopened": _("the customer came back"),
    }
    gravest = max(item.signals, key=lambda signal: SEVERITY.get(signal, 0), default="")
    points = WEIGHT_OF_SEVERITY * SEVERITY.get(gravest, 0)
    return Term("severity", points, words.get(gravest, _("no words of danger")))


def same_problem(item: Any, now: datetime, weights: Weights) -> Term:
    """Up to twenty others with the same problem."""
    count = item.same_problem_count
    points = WEIGHT_OF_SAME_PROBLEM * min(1, count / 20)
    return Term("same_problem", points, ngettext("%(n)s me-too", "%(n)s me-too", count) % {"n": count})


def loyalty(item: Any, now: datetime, weights: Weights) -> Term:
    """How long the CRM knows the customer, where an ordering counts it."""
    if not weights.loyalty_weight:
        return Term("loyalty", 0, _("loyalty does not count here"))
    points = WEIGHT_OF_LOYALTY * weights.loyalty_weight * known_of(item, "loyalty")
    return Term("loyalty", points, _("loyal customer") if points else _("loyalty unknown"))


def influence(item: Any, now: datetime, weights: Weights) -> Term:
    """How far the customer is heard, where an ordering counts it; 15 points at most."""
    if not weights.influence_weight:
        return Term("influence", 0, _("influence does not count here"))
    points = WEIGHT_OF_INFLUENCE * weights.influence_weight * known_of(item, "influence")
    return Term("influence", points, _("heard by many") if points else _("not heard by many"))


def known_of(item: Any, name: str) -> float:
    """What is known of the item's customer, 0 when nothing is."""
    try:
        return float(getattr(item.customer.customer_facts, name))
    except ObjectDoesNotExist:
        return 0.0


FACTORS: list[Callable[[Any, datetime, Weights], Term]] = [waited, severity, same_problem, loyalty, influence]
"""Every factor that there is: the public page about the order is made from this list."""


def explain(item: Any, now: datetime | None = None, weights: Weights | None = None) -> list[Term]:
    """All terms of the score, those that do not count too."""
    return [factor(item, now or timezone.now(), weights or Weights()) for factor in FACTORS]


def score(item: Any, now: datetime | None = None, weights: Weights | None = None) -> float:
    """The sum of the terms."""
    return sum(term.points for term in explain(item, now, weights))


def ranks_at(item: Any, weights: Weights | None = None) -> datetime:
    """The moment the item began to wait, moved back by its points that do not come from waiting."""
    weights = weights or Weights()
    still = score(item, item.waiting_since, weights)  # nothing waited yet
    return item.waiting_since - weights.target * (still / WEIGHT_OF_WAITING)
