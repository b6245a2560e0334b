"""The figures of a period, each a query over the records: what the public page, its export and the overview show."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from moderation.decisions.models import Action, Appeal, Decision
from moderation.decisions.suppressing import SMALLEST, told, told_cells, told_part
from moderation.flags.models import Case, Flag


@dataclass(frozen=True)
class Period:
    """From the beginning of a day to the end of another."""

    first: date
    last: date

    @classmethod
    def of(cls, since: date | None, until: date | None) -> "Period":
        """What was asked for, or the last ninety days."""
        today = timezone.localdate()
        last = min(until or today, today)
        return cls(min(since or last - timedelta(days=89), last), last)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The moments between which something happened in the period."""
        begin = timezone.make_aware(datetime.combine(self.first, time.min))
        return begin, timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))

    def within(self, rows: QuerySet[Any], column: str = "created_at") -> QuerySet[Any]:
        """The rows of the period."""
        begin, end = self.bounds
        return rows.filter(**{f"{column}__gte": begin, f"{column}__lt": end})


@dataclass(frozen=True)
class Figures:
    """What happened in a period. None in place of a number: too few to tell."""

    period: Period
    reports: int | None
    notices: int | None
    decisions: int | None
    acted: int | None
    automated: int | None
    undone: int | None
    median_hours: float | None
    appeals: int | None
    overturned: int | None
    by_rule: dict[str, int | None]
    by_action: dict[str, int | None]

    @property
    def automation_share(self) -> int | None:
        """Percent of decisions that a machine made."""
        return share(self.automated, self.decisions)

    @property
    def overturn_rate(self) -> int | None:
        """Percent of answered appeals that brought something back."""
        return share(self.overturned, self.appeals)

    def as_record(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "from": self.period.first.isoformat(),
            "until": self.period.last.isoformat(),
            "suppressed_below": SMALLEST,
            "reports": self.reports,
            "notices": self.notices,
            "decisions": self.decisions,
            "acted": self.acted,
            "automated": self.automated,
            "automation_share": self.automation_share,
            "undone": self.undone,
            "median_hours": self.median_hours,
            "appeals_answered": self.appeals,
            "overturned": self.overturned,
            "overturn_rate": self.overturn_rate,
            "by_rule": self.by_rule,
            "by_action": self.by_action,
        }


def figures_of(period: Period, *, smallest: int = SMALLEST) -> Figures:
    """The figures; staff see them all with `smallest=0`."""
    decisions = period.within(Decision.objects.all())
    counts = decisions.aggregate(
        all=Count("pk"),
        acted=Count("pk", filter=Q(outcome=Case.Outcome.ACTED)),
        automated=Count("pk", filter=Q(is_made_by_machine=True)),
        undone=Count("pk", filter=Q(undone_at__isnull=False)),
    )
    flags = period.within(Flag.objects.all()).aggregate(
        by_members=Count("pk", filter=Q(by__isnull=False)), notices=Count("pk", filter=Q(by__isnull=True))
    )
    answered = period.within(Appeal.objects.exclude(decided_at=None), "decided_at")
    appeals = answered.aggregate(all=Count("pk"), overturned=Count("pk", filter=Q(outcome="overturned")))
    rules = decisions.filter(rule__isnull=False).values_list("rule__title").annotate(n=Count("pk")).order_by("-n")
    kinds = period.within(Action.objects.all()).values_list("kind").annotate(n=Count("pk")).order_by("-n")
    made, answers = counts["all"], appeals["all"]
    return Figures(
        period=period,
        reports=told(flags["by_members"], smallest),
        notices=told(flags["notices"], smallest),
        decisions=told(made, smallest),
        acted=told_part(counts["acted"], made, smallest),
        automated=told_part(counts["automated"], made, smallest),
        undone=told_part(counts["undone"], made, smallest),
        median_hours=median_hours(decisions) if made >= max(1, smallest) else None,
        appeals=told(answers, smallest),
        overturned=told_part(appeals["overturned"], answers, smallest),
        by_rule=told_cells(dict(rules), smallest),
        by_action=told_cells(dict(kinds), smallest),
    )


def median_hours(decisions: QuerySet[Any]) -> float | None:
    """From the opening of a case to the decision of a person, in the middle: a rule takes no time."""
    spans = decisions.filter(is_made_by_machine=False).values_list("case__opened_at", "created_at")
    hours = [max(0.0, (decided - opened).total_seconds() / 3600) for opened, decided in spans]
    return round(median(hours), 1) if hours else None


def share(part: int | None, whole: int | None) -> int | None:
    """Percent, when both are told."""
    return round(100 * part / whole) if part is not None and whole else None
