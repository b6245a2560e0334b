"""Whether praise and complaint are judged alike: how often reviews of each number of stars are refused or held.

Rates come with their confidence interval: Wilson's score interval, and for the difference of two rates Newcombe's
hybrid of two of them (R. G. Newcombe, "Interval estimation for the difference between independent proportions:
comparison of eleven methods", Statistics in Medicine 17 (1998), 873-890, method 10). Both are sound for small numbers.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from forums.reviews.arithmetic import STARS, SURE
from forums.reviews.models import Review
from moderation.fairness.models import LedgerLine

LOOKED_BACK = timedelta(days=365)
LOW, HIGH = (1, 2), (4, 5)
What = LedgerLine.What


def wilson_interval(part: int, whole: int) -> tuple[float, float]:
    """The rates between which the true one lies, 95 of 100 times."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, SURE * SURE
    middle = share + square / (2 * whole)
    spread = SURE * sqrt((share * (1 - share) + square / (4 * whole)) / whole)
    below, above = (middle - spread) / (1 + square / whole), (middle + spread) / (1 + square / whole)
    return (0.0 if part == 0 else below), (1.0 if part == whole else above)


def newcombe(part: int, whole: int, other_part: int, other_whole: int) -> tuple[float, float]:
    """The interval of the difference of two rates, the first minus the other."""
    if not whole or not other_whole:
        return -1.0, 1.0
    one, other = part / whole, other_part / other_whole
    (low, high), (other_low, other_high) = wilson_interval(part, whole), wilson_interval(other_part, other_whole)
    below = one - other - sqrt((one - low) ** 2 + (other_high - other) ** 2)
    above = one - other + sqrt((high - one) ** 2 + (other - other_low) ** 2)
    return below, above


@dataclass(frozen=True)
class Rate:
    """How many of how many, with the interval in per cent."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        low, high = wilson_interval(self.part, self.whole)
        return round(100 * low, 1), round(100 * high, 1)


@dataclass(frozen=True)
class Row:
    """The reviews with so many stars."""

    stars: int
    received: int
    published: int
    waiting: int
    refused: int
    not_counted: int
    held: int

    @property
    def refusals(self) -> Rate:
        return Rate(self.refused, self.received)

    @property
    def holds(self) -> Rate:
        return Rate(self.held, self.received)


@dataclass(frozen=True)
class Comparison:
    """One and two stars against four and five."""

    low: Rate
    high: Rate

    @property
    def difference(self) -> tuple[float, float]:
        """Its interval, in points of per cent."""
        below, above = newcombe(self.low.part, self.low.whole, self.high.part, self.high.whole)
        return round(100 * below, 1), round(100 * above, 1)

    @property
    def is_alarming(self) -> bool:
        """The interval leaves out zero: chance alone does not explain the difference."""
        below, above = self.difference
        return bool(self.low.whole and self.high.whole) and (below > 0 or above < 0)


@dataclass(frozen=True)
class Parity:
    """The report."""

    rows: list[Row]

    @property
    def total(self) -> dict[str, int]:
        names = ("received", "published", "waiting", "refused", "not_counted", "held")
        return {name: sum(getattr(row, name) for row in self.rows) for name in names}

    @property
    def refusals(self) -> Comparison:
        return self._compare("refused")

    @property
    def holds(self) -> Comparison:
        return self._compare("held")

    @property
    def is_alarming(self) -> bool:
        return self.refusals.is_alarming or self.holds.is_alarming

    def _compare(self, name: str) -> Comparison:
        def rate(stars: tuple[int, ...]) -> Rate:
            rows = [row for row in self.rows if row.stars in stars]
            return Rate(sum(getattr(row, name) for row in rows), sum(row.received for row in rows))

        return Comparison(rate(LOW), rate(HIGH))


def parity_of(product: Any = None) -> Parity:
    """The reviews of the last year, by their stars now; of one product or of all."""
    reviews = Review.objects.filter(written_at__gte=timezone.now() - LOOKED_BACK, thread__merged_into__isnull=True)
    reviews = reviews.filter(product=product) if product else reviews
    held = LedgerLine.objects.filter(review=OuterRef("pk"), what=What.HELD)
    is_hiding = Q(thread__posts__kind="opening", thread__posts__hiding__isnull=False)
    marked = reviews.annotate(was_held=Exists(held))
    counted = {row["stars"]: row for row in marked.order_by().values("stars").annotate(
        received=Count("pk"),
        published=Count("pk", filter=Q(thread__is_hidden=False)),
        not_counted=Count("pk", filter=Q(thread__is_hidden=False, aside__isnull=False)),
        held=Count("pk", filter=Q(was_held=True)),
    )}  # fmt: skip
    refused = dict(reviews.filter(is_hiding).order_by().values_list("stars").annotate(n=Count("pk")))
    return Parity([row_of(stars, counted.get(stars, {}), refused.get(stars, 0)) for stars in STARS])


def row_of(stars: int, told: dict[str, Any], refused: int) -> Row:
    """What is neither published nor refused waits."""
    received, published = told.get("received", 0), told.get("published", 0)
    waiting = max(0, received - published - refused)
    return Row(stars, received, published, waiting, refused, told.get("not_counted", 0), told.get("held", 0))
