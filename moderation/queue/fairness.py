"""How soon different customers are answered for the first time, and whether somebody is served faster than is fair."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.queue.models import Item

PERIOD = timedelta(days=90)
ENOUGH = 5
"""With fewer answers than this a group says nothing, and no alarm comes of it."""
UNFAIR = 1.5
"""So many times faster than the others may those be answered who are heard most (AC-AGENT-4)."""


@dataclass(frozen=True)
class Group:
    """One row of the report: the first answers of one kind of customer."""

    label: str
    count: int
    median: timedelta
    slowest_tenth: timedelta

    @classmethod
    def of(cls, label: str, waits: list[timedelta]) -> "Group":
        """From single waits."""
        seconds = [wait.total_seconds() for wait in waits]
        p90 = quantiles(seconds, n=10, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
        return cls(label, len(waits), timedelta(seconds=round(median(seconds))), timedelta(seconds=round(p90)))


@dataclass(frozen=True)
class Report:
    """All groups by what they are grouped by, and whether the loudest are served too fast."""

    since: datetime
    count: int
    parts: list[tuple[str, list[Group]]]
    is_unfair: bool | None  # None: too few to say


def fairness_report(person: Any, now: datetime | None = None) -> Report:
    """First answers of the last ninety days that this person may see, by influence, loyalty, language and channel."""
    since = (now or timezone.now()) - PERIOD
    rows = list(first_answers(person, since))
    loudest = quarter_of([row["followers"] for row in rows])
    parts = [
        (_("Heard elsewhere by"), grouped(rows, lambda row: influence_label(row["followers"], loudest))),
        (_("Loyalty, as the CRM says it"), grouped(rows, lambda row: loyalty_label(row["loyalty"]))),
        (_("Language"), grouped(rows, lambda row: row["customer__locale"] or "?")),
        (_("Channel"), grouped(rows, lambda row: str(Item.Kind(row["kind"]).label))),
    ]
    return Report(since, len(rows), parts, is_unfair(rows, loudest))


def first_answers(person: Any, since: datetime) -> Iterable[dict[str, Any]]:
    """What each item's first answer took."""
    answered = Item.objects.visible_to(person).filter(responded_at__isnull=False, promised_at__gte=since)
    waits = answered.annotate(
        wait=F("responded_at") - F("promised_at"),
        followers=F("customer__customer_facts__followers"),
        loyalty=F("customer__customer_facts__loyalty"),
    )
    return waits.values("kind", "customer__locale", "wait", "followers", "loyalty")


def quarter_of(followers: list[int | None]) -> float:
    """From how many followers on somebody belongs to the quarter that is heard most."""
    known = sorted(count for count in followers if count)
    return quantiles(known, n=4, method="inclusive")[-1] if len(known) > 1 else float("inf")


def influence_label(followers: int | None, loudest: float) -> str:
    if not followers:
        return _("nobody we know of")
    return _("most (top quarter)") if followers >= loudest else _("some")


def loyalty_label(loyalty: float | None) -> str:
    if loyalty is None:
        return _("unknown")
    return _("long-standing") if loyalty >= 0.5 else _("newer")


def grouped(rows: list[dict[str, Any]], label_of: Callable[[dict[str, Any]], str]) -> list[Group]:
    """The rows by their label, the largest group first."""
    waits: dict[str, list[timedelta]] = {}
    for row in rows:
        waits.setdefault(label_of(row), []).append(max(row["wait"], timedelta()))
    groups = [Group.of(label, each) for label, each in waits.items()]
    return sorted(groups, key=lambda group: -group.count)


def is_unfair(rows: list[dict[str, Any]], loudest: float) -> bool | None:
    """Whether the quarter that is heard most is answered more than 1.5 times as fast as everybody else."""
    loud = [row["wait"].total_seconds() for row in rows if (row["followers"] or 0) >= loudest]
    others = [row["wait"].total_seconds() for row in rows if (row["followers"] or 0) < loudest]
    if min(len(loud), len(others)) < ENOUGH:
        return None
    return median(others) > UNFAIR * median(loud)
