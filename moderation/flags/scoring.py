"""Why a case is where it is in the review queue: one function per factor, and the sum of the terms is the score.

Waiting adds one point an hour to every case, so the order of two cases changes only when something else does. A case
keeps `ranks_at`, the moment it was opened moved back by its other points, and the database orders by that column.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.people.models import Person
from moderation.flags.accuracy import TEAM, accuracies

POINT = timedelta(hours=1)
A_FLAG, MOST_BY_FLAGS = 10, 60
MOST_BY_REACH = 20


@dataclass(frozen=True)
class Term:
    """One factor's part of the score, and why, in words for a moderator."""

    name: str
    points: float
    reason: str


def severity(case: Any, flags: list[Any], now: datetime) -> Term:
    """The gravest rule that anybody named."""
    gravest = max((flag.rule for flag in flags), key=lambda rule: rule.severity, default=None)
    return Term("severity", gravest.severity if gravest else 0, str(gravest) if gravest else _("no rule named"))


def reporters(case: Any, flags: list[Any], now: datetime) -> Term:
    """Each flag counts as much as its reporter was right before; a notice counts like a new reporter."""
    people = [flag.by_id for flag in flags if flag.by_id]
    known = accuracies(Person.objects.filter(pk__in=people)) if people else {}
    weights = [TEAM if f.by and f.by.is_team else known[f.by_id].weight if f.by_id else 1.0 for f in flags]
    points = min(MOST_BY_FLAGS, A_FLAG * sum(weights))
    said = ngettext("%(n)s report", "%(n)s reports", len(flags)) % {"n": len(flags)}
    weighed = _("weighed %(weights)s") % {"weights": ", ".join(f"{weight:g}" for weight in weights)}
    return Term("reporters", points, f"{said}, {weighed}" if any(w != 1 for w in weights) else said)


def findings(case: Any, flags: list[Any], now: datetime) -> Term:
    """What rules and scores said: a hint, never a decision."""
    found = list(case.findings.all())
    points = max(-50, min(50, sum(finding.points for finding in found)))
    return Term("findings", points, ", ".join(f.reason or f.rule for f in found) or _("no rule of the gate"))


def reach(case: Any, flags: list[Any], now: datetime) -> Term:
    """How many follow it or take part."""
    reason = ngettext("%(n)s person takes part", "%(n)s people take part", case.reach) % {"n": case.reach}
    return Term("reach", min(MOST_BY_REACH, case.reach), reason)


def age(case: Any, flags: list[Any], now: datetime) -> Term:
    """A point for each hour, without an end: nothing lies for ever."""
    hours = max(timedelta(), now - case.opened_at) / POINT
    return Term("age", hours, ngettext("waits %(n)s hour", "waits %(n)s hours", int(hours)) % {"n": int(hours)})


FACTORS: list[Callable[[Any, list[Any], datetime], Term]] = [severity, reporters, findings, reach, age]


def explain(case: Any, now: datetime | None = None) -> list[Term]:
    """All terms of the score."""
    moment, flags = now or timezone.now(), list(case.flags.all())
    return [factor(case, flags, moment) for factor in FACTORS]


def ranks_at(case: Any) -> datetime:
    """The moment the case was opened, moved back by its points that do not come from waiting."""
    return case.opened_at - POINT * sum(term.points for term in explain(case, case.opened_at))


def points_of(case: Any, now: datetime | None = None) -> int:
    """The score as it follows from the kept place: how long ago a case without other points would have been opened."""
    return round(((now or timezone.now()) - case.ranks_at) / POINT)
