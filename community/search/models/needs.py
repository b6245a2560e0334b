"""What people look for, how often they found something worth opening, and what the team says answers it."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.people.models import Person
from community.search.remembering import CHOSEN

MEASURED = timedelta(days=30)
"""How long before and after an answer its need is measured."""


class NeedQuerySet(models.QuerySet["Need"]):
    """Which needs."""

    def counted(self, since: date) -> Self:
        """With the searches since a day, how many of them found nothing, and after how many something was opened."""
        lately = Q(days__day__gte=since)

        def total(name: str) -> Coalesce:
            return Coalesce(Sum(f"days__{name}", filter=lately), 0)

        counted = self.annotate(searches=total("searches"), empty=total("empty"), clicks=total("opened"))
        counted = counted.annotate(opened=Least("clicks", "searches"))
        return counted.annotate(in_vain=F("searches") - F("opened"))

    def gaps(self, since: date) -> Self:
        """Those for which hardly anybody opened anything: less than one search in four."""
        return self.counted(since).filter(searches__gt=0, opened__lt=F("searches") / 4.0)  # type: ignore[misc]

    def forgettable(self, before: date) -> Self:
        """Those that nobody has looked for since a day, hardly ever before, and that nothing answers."""
        return (
            self.counted(date.min)
            .filter(searches__lt=3, answers=None, created_at__date__lt=before)
            .exclude(days__day__gte=before)
        )  # type: ignore[misc]


class Need(models.Model):
    """Something that people look for. `pairing code` and `code for pairing` are one; nobody's name is on it."""

    key = models.CharField(max_length=120, unique=True, help_text="the stems of its telling words")
    words = models.CharField(max_length=120, help_text="as it was first typed, without anything personal")
    created_at = models.DateTimeField(default=timezone.now)

    objects = NeedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words

    @property
    def answer(self) -> "NeedAnswer | None":
        """What the team says answers it."""
        return self.answers.filter(undone_at__isnull=True).first()  # type: ignore[attr-defined,no-any-return]

    @transaction.atomic
    def answer_with(self, url: str, *, by: Person, title: str = "", kind: str = "", object_id: int = 0) -> "NeedAnswer":
        """From now on the searches for it show this first. One that was chosen before makes room."""
        day = self.days.filter(day=timezone.localdate()).first()  # type: ignore[attr-defined]
        self.answers.filter(undone_at__isnull=True).update(undone_at=timezone.now())  # type: ignore[attr-defined]
        answer = NeedAnswer.objects.create(
            need=self, url=url, title=title, kind=kind, object_id=object_id or None, by=by,
            searches_before=day.searches if day else 0, opened_before=day.opened if day else 0,
        )  # fmt: skip
        record(Verb.GAP_ANSWERED, actor=by, subject=self, url=url)
        purge(CHOSEN)
        return answer


class NeedDay(models.Model):
    """One day of a need: searches, those that found nothing, and those after which something was opened."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    searches = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "day"], name="one_row_per_need_and_day")]
        indexes = [models.Index(fields=["day", "need"], name="need_by_day")]


class NeedAnswer(models.Model):
    """The page that answers a need, who said so and when. Taking it back closes the row."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=12, blank=True, help_text="the source it is found by; empty for another page")
    object_id = models.BigIntegerField(null=True)
    url = models.CharField(max_length=300)
    title = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    searches_before = models.PositiveIntegerField(default=0, help_text="searches of its own day until then")
    opened_before = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=models.Q(undone_at__isnull=True), name="a_need_has_one_answer_at_a_time"
            )
        ]

    @transaction.atomic
    def take_back(self, *, by: Person) -> None:
        """It does not answer it after all. Repeating it changes nothing."""
        if type(self).objects.filter(pk=self.pk, undone_at__isnull=True).update(undone_at=timezone.now()):
            record(Verb.GAP_REOPENED, actor=by, subject=self.need)
            purge(CHOSEN)

    @property
    def is_measured(self) -> bool:
        """Whether the month after it is over."""
        return timezone.now() >= self.created_at + MEASURED

    @property
    def days_so_far(self) -> int:
        return min(MEASURED.days, (timezone.now() - self.created_at).days)

    @property
    def before(self) -> "Share":
        """The month before it was chosen."""
        days = self._days(self.created_at - MEASURED, self.created_at - timedelta(days=1))
        return Share(days["searches"] + self.searches_before, days["opened"] + self.opened_before)

    @property
    def after(self) -> "Share":
        """The month since, or what of it has passed."""
        days = self._days(self.created_at, self.created_at + MEASURED)
        return Share(max(0, days["searches"] - self.searches_before), max(0, days["opened"] - self.opened_before))

    def _days(self, first: Any, last: Any) -> dict[str, int]:
        between = (timezone.localtime(first).date(), timezone.localtime(last).date())
        days = NeedDay.objects.filter(need=self.need_id, day__range=between)
        return days.aggregate(searches=Coalesce(Sum("searches"), 0), opened=Coalesce(Sum("opened"), 0))


class Share:
    """How often something was opened, of so many searches."""

    def __init__(self, searches: int, opened: int) -> None:
        self.searches = searches
        self.opened = min(opened, searches)

    @property
    def percent(self) -> int | None:
        """None when nobody searched: there is nothing to divide."""
        return round(100 * self.opened / self.searches) if self.searches else None
