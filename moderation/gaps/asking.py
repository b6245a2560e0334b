"""What came of showing similar questions to those who were about to ask: shown, opened, left satisfied."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone

from community.numbers import number_in
from forums.questions.models import Hinting
from forums.threads.models import Thread

DAYS = (7, 30, 90)
MOST_HELPFUL = 15


@dataclass(frozen=True)
class Came:
    """How many saw similar questions; of those: who opened one, said it answered, left without a word, or asked."""

    saw: int = 0
    looked: int = 0
    satisfied: int = 0
    left: int = 0
    asked: int = 0

    def cells(self) -> tuple[int, ...]:
        return self.saw, self.looked, self.satisfied, self.left, self.asked

    def shares(self) -> dict[str, int]:
        """Of a hundred who saw something."""
        return {name: round(100 * part / self.saw) if self.saw else 0 for name, part in vars(self).items()}


COUNTS: dict[str, Any] = {
    "saw": Count("pk"),
    "looked": Count("pk", filter=Q(opened__gt=0)),
    "satisfied": Count("pk", filter=Q(answered_by__isnull=False)),
    "left": Count("pk", filter=Q(opened__gt=0, answered_by=None, is_posted=False)),
    "asked": Count("pk", filter=Q(is_posted=True)),
}


@dataclass(frozen=True)
class Asking:
    """Everybody who was shown something similar in a period."""

    days: int

    @classmethod
    def read(cls, asked: Any) -> "Asking":
        days = number_in(asked.get("days", ""))
        return cls(days if days in DAYS else 30)

    def rows(self) -> QuerySet[Hinting]:
        since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=self.days - 1)
        return Hinting.objects.filter(created_at__gte=since, shown__gt=0)

    def total(self) -> Came:
        """All of them."""
        return Came(**self.rows().aggregate(**COUNTS))

    def by_product(self) -> list[tuple[str, Came]]:
        """What it was about, most often first; an empty name where no product was chosen."""
        return self.parted("product__name", "-saw", "product__name")

    def by_week(self) -> list[tuple[Any, Came]]:
        """The weeks by their Monday, the newest first."""
        return self.parted("week", "-week")

    def parted(self, by: str, *order: str) -> list[tuple[Any, Came]]:
        """The numbers of each part."""
        rows = self.rows().annotate(week=TruncWeek("created_at")).values(by).annotate(**COUNTS).order_by(*order)
        return [(row.pop(by) or "", Came(**row)) for row in rows]

    def most_helpful(self) -> list[tuple[Thread, int]]:
        """The questions of which people said that they were the answer."""
        public = Thread.objects.visible_to(None).listed()
        named = self.rows().filter(answered_by__in=public).values_list("answered_by").annotate(count=Count("pk"))
        counted = dict(named.order_by("-count", "-answered_by")[:MOST_HELPFUL])
        threads = Thread.objects.in_bulk(counted)
        return [(threads[pk], count) for pk, count in counted.items()]

    def table(self) -> Iterator[tuple[Any, ...]]:
        """The weeks for a spreadsheet."""
        return ((week.date().isoformat(), *came.cells()) for week, came in self.by_week())
