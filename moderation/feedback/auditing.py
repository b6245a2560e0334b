"""The audit of requests: how many buyers were asked, who was not and why, and whether unhappy ones were asked too."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from forums.reviews.models import Review
from moderation.feedback.models import Asking
from moderation.queue.models import Item

PERIODS = (30, 90, 365)
SURE = 1.959964
NEITHER = (Asking.Outcome.REVIEWED, Asking.Outcome.BEFORE, Asking.Outcome.UNVERIFIED)
"""Who had said it already, had been asked, or is nobody we know: they tell nothing about whom we choose."""


@dataclass(frozen=True)
class Group:
    """Buyers who had a problem before, or buyers who had none."""

    n: int
    asked: int

    @property
    def percent(self) -> float:
        return round(100 * self.asked / self.n, 1) if self.n else 0.0


@dataclass(frozen=True)
class Audit:
    """The figures of a period."""

    days: int
    delivered: int
    asked: int
    reminded: int
    reviewed: int
    reasons: list[dict[str, Any]]
    troubled: Group
    calm: Group
    stars: list[tuple[int, int]]

    @property
    def percent(self) -> float:
        return round(100 * self.asked / self.delivered, 1) if self.delivered else 0.0

    @property
    def gap(self) -> tuple[float, float] | None:
        """Between which points of percent the difference of both shares lies, 95 times in 100; None with too few."""
        return difference(self.troubled, self.calm)

    @property
    def is_even(self) -> bool:
        """Nothing says that buyers with a problem were asked less often, or more often."""
        return self.gap is None or self.gap[0] <= 0 <= self.gap[1]


def audit(days: int, now: datetime | None = None) -> Audit:
    """What was decided in the last so many days, in four queries."""
    since = (now or timezone.now()) - timedelta(days=days)
    decided = Asking.objects.filter(decided_at__gte=since)
    outcomes = Counter(dict(decided.order_by().values_list("outcome").annotate(n=Count("pk"))))
    asked = decided.asked()  # type: ignore[attr-defined]
    told = asked.aggregate(reminded=Count("reminded_at"), reviewed=Count("reviewed_at"))
    labels = dict(Asking.Outcome.choices)
    reasons = [{"outcome": name, "label": labels[name], "n": outcomes[name]} for name in labels if name != "asked"]
    troubled, calm = groups(decided)
    return Audit(
        days, sum(outcomes.values()), outcomes["asked"], told["reminded"], told["reviewed"], reasons, troubled, calm,
        stars_of(asked),
    )  # fmt: skip


def groups(decided: Any) -> tuple[Group, Group]:
    """Those who had asked for help about the product before the decision, and the others."""
    helped = Item.objects.filter(
        customer=OuterRef("person"), product=OuterRef("product"), created_at__lte=OuterRef("decided_at")
    )
    rows = decided.filter(person__isnull=False).exclude(outcome__in=NEITHER).annotate(had=Exists(helped))
    counts: Counter[tuple[bool, bool]] = Counter()
    for had, outcome in rows.values_list("had", "outcome"):
        counts[had, outcome == Asking.Outcome.ASKED] += 1
    return tuple(Group(counts[had, True] + counts[had, False], counts[had, True]) for had in (True, False))  # type: ignore[return-value]


def stars_of(asked: Any) -> list[tuple[int, int]]:
    """What those who were asked gave, from five stars down."""
    pairs = asked.filter(reviewed_at__isnull=False).values_list("person", "product")
    wanted = set(pairs)
    found = Review.objects.filter(author__in={person for person, _ in wanted}, product__isnull=False)
    given = Counter(stars for *key, stars in found.values_list("author", "product", "stars") if tuple(key) in wanted)
    return [(stars, given[stars]) for stars in (5, 4, 3, 2, 1)]


def difference(one: Group, other: Group) -> tuple[float, float] | None:
    """The interval of the difference of two shares (Agresti and Caffo), in points of percent."""
    if not one.n or not other.n:
        return None
    a, b = (one.asked + 1) / (one.n + 2), (other.asked + 1) / (other.n + 2)
    spread = SURE * sqrt(a * (1 - a) / (one.n + 2) + b * (1 - b) / (other.n + 2))
    return round(100 * (a - b - spread), 1), round(100 * (a - b + spread), 1)


def left_out() -> Any:
    """The buyers who were not asked, the latest first."""
    rows = Asking.objects.exclude(outcome=Asking.Outcome.ASKED)
    return rows.select_related("person", "product", "purchase")
