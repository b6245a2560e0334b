"""When the desk is open, and how soon it promises an answer."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Brand
from community.events.recording import record
from community.events.verbs import Verb
from community.people.hours import WorkingHours
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import PreparedRow
from community.refusals import Refusal

OFFICE_WEEK = [["09:00-17:00"]] * 5 + [[], []]


def office_week() -> list[list[str]]:
    """Monday to Friday, nine to five."""
    return [list(day) for day in OFFICE_WEEK]


def check_zone(zone: str) -> None:
    """Raise a ValidationError unless the world knows such a time zone."""
    if zone not in available_timezones():
        raise ValidationError(_("Name a zone like Europe/Berlin."))


def check_week(week: Any) -> None:
    """Raise a ValidationError unless it is seven days, each with spans such as 09:00-17:00 that follow one another."""
    if not isinstance(week, list) or len(week) != 7:
        raise ValidationError(_("Seven days, please."))
    for day in week:
        check_day(day)


def check_day(day: list[str]) -> None:
    """Raise a ValidationError unless the spans of a day follow one another."""
    last = time.min
    for begin, end in map(span_of, day):
        if begin < last or end <= begin:
            raise ValidationError(_("Each span ends after it begins, and begins after the one before."))
        last = end


def span_of(words: str) -> tuple[time, time]:
    """“09:00-17:00” as two times; 24:00 is the end of the day. Raises a ValidationError for anything else."""
    begin, _dash, end = words.replace(" ", "").replace("–", "-").partition("-")
    try:
        return time.fromisoformat(begin), time.max if end == "24:00" else time.fromisoformat(end)
    except ValueError:
        raise ValidationError(_("Write spans like 09:00-17:00.")) from None


class CalendarQuerySet(models.QuerySet[Any]):
    """Which calendars there are."""

    def hours_for(self, brand: Brand | None) -> WorkingHours:
        """The hours of a brand, of the whole company where it has none of its own, round the clock without either."""
        calendar = nearest.get(brand=brand.pk if brand else 0)
        return calendar.hours if calendar else WorkingHours.always()


class Calendar(models.Model):
    """The open hours of one brand, or without a brand of the whole company."""

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar")
    zone = models.CharField(max_length=50, default="UTC", validators=[check_zone])
    week = models.JSONField(default=office_week, validators=[check_week])

    objects = CalendarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand"], nulls_distinct=False, name="one_calendar_per_brand_and_one_for_all"
            )
        ]

    def __str__(self) -> str:
        return f"the hours of {self.brand or 'the desk'}"

    @property
    def hours(self) -> WorkingHours:
        """As what can be reckoned with."""
        week = tuple(tuple(map(span_of, day)) for day in self.week)
        return WorkingHours(self.zone, week, frozenset(row.day for row in self.holidays.all()))

    @transaction.atomic
    def keep(self, *, by: Person, holidays: list[tuple[Any, str]]) -> None:
        """Save the hours and the closed days. What already runs keeps the due time that it was given."""
        if not by.can(Capability.SUPERVISE):
            raise Refusal("Only supervisors set the hours.", code="not_yours", status=403)
        self.full_clean()
        self.save()
        self.holidays.all().delete()
        self.holidays.bulk_create([Holiday(calendar=self, day=day, name=name) for day, name in dict(holidays).items()])
        record(Verb.HOURS_CHANGED, actor=by, subject=self, zone=self.zone, week=self.week)


def _nearest(brand: int) -> models.QuerySet[Calendar]:
    found = Calendar.objects.filter(models.Q(brand=brand) | models.Q(brand=None))
    return found.order_by(models.F("brand").asc(nulls_last=True))[:1]


nearest = PreparedRow(_nearest, brand=int)


class Holiday(models.Model):
    """One day on which nobody works."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="one_holiday_per_calendar_and_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()


@dataclass(frozen=True)
class Promised:
    """How soon the team answers for the first time, and how soon a matter is settled, in working time."""

    respond: timedelta
    resolve: timedelta


SHIPPED = {"question": Promised(timedelta(hours=2), timedelta(hours=16)),
           "conversation": Promised(timedelta(hours=1), timedelta(hours=8))}  # fmt: skip
"""What counts until a supervisor says otherwise; unknown kinds are promised what a question is."""


class PromiseQuerySet(models.QuerySet[Any]):
    """What is promised."""

    def for_kind(self, kind: str) -> Promised:
        """The promise for items of a kind."""
        row = promise_for.get(kind=kind)
        return row.promised if row else SHIPPED.get(kind, SHIPPED["question"])

    @transaction.atomic
    def make(self, kind: str, *, by: Person, respond_minutes: int, resolve_minutes: int) -> Any:
        """Promise something else from now on; what already runs keeps its due time."""
        if not by.can(Capability.SUPERVISE):
            raise Refusal("Only supervisors make promises.", code="not_yours", status=403)
        given = {"respond_minutes": respond_minutes, "resolve_minutes": resolve_minutes}
        row, _created = self.update_or_create(kind=kind, defaults=given)
        record(Verb.PROMISE_CHANGED, actor=by, subject=row, kind=kind, **given)
        return row


class Promise(models.Model):
    """How soon items of one kind are answered and settled, in minutes of working time."""

    kind = models.CharField(max_length=20, unique=True)
    respond_minutes = models.PositiveIntegerField()
    resolve_minutes = models.PositiveIntegerField()

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(respond_minutes__gt=0) & models.Q(resolve_minutes__gte=models.F("respond_minutes")),
                name="settling_takes_at_least_as_long_as_answering",
            )
        ]

    def __str__(self) -> str:
        return f"the promise for {self.kind}"

    @property
    def promised(self) -> Promised:
        """As two lengths of time."""
        return Promised(timedelta(minutes=self.respond_minutes), timedelta(minutes=self.resolve_minutes))


promise_for = PreparedRow(lambda kind: Promise.objects.filter(kind=kind), kind=str)
