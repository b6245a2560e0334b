"""Being away: for which days, and who stands in. And whether somebody of the team is here now, or when again."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.hours import WorkingHours
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """How somebody says that they will be away."""

    @transaction.atomic
    def plan(self, *, by: Person, first_day: date, last_day: date, substitute: Person | None = None) -> "Absence":
        """Away on these days, both included. The substitute is told to customers by their own persona."""
        if last_day < first_day:
            raise Refusal(_("The last day comes after the first."), code="order", status=422)
        if substitute and (substitute.pk == by.pk or not (substitute.face and can_answer(substitute))):
            raise Refusal(_("Somebody else of the team, with a persona, stands in."), code="substitute", status=422)
        absence = self.create(person=by, first_day=first_day, last_day=last_day, substitute=substitute)
        record(Verb.ABSENCE_PLANNED, actor=by, subject=by, first=first_day.isoformat(), last=last_day.isoformat())
        return absence


class Absence(models.Model):
    """Somebody on the team is away. Coming back early deletes the row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    substitute = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        app_label = "people"
        ordering = ["first_day", "id"]
        indexes = [models.Index(fields=["person", "last_day"], name="absence_by_person")]
        constraints = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="an_absence_has_days")
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"

    @transaction.atomic
    def call_off(self, *, by: Person) -> None:
        """They are here after all."""
        record(Verb.ABSENCE_CALLED_OFF, actor=by, subject=self.person, first=self.first_day.isoformat())
        self.delete()


@dataclass(frozen=True)
class Presence:
    """Whether somebody of the team is here, when they are back, and who stands in while they are away."""

    is_here: bool
    back_at: datetime | None = None
    is_away: bool = False
    substitute: Person | None = None


def presence_of(person: Person, now: datetime | None = None, *, look_further: bool = True) -> Presence:
    """Read from the hours of their persona and their absences, in their own time zone."""
    moment = now or timezone.now()
    zone = ZoneInfo(person.time_zone)
    today = moment.astimezone(zone).date()
    persona = getattr(person, "persona", None)
    coming = list(person.absences.filter(last_day__gte=today).select_related("substitute__persona"))
    days_off = frozenset(
        row.first_day + timedelta(days=n) for row in coming for n in range((row.last_day - row.first_day).days + 1)
    )
    away = next((row for row in coming if row.first_day <= today), None)
    hours = WorkingHours.written(persona.hours if persona else "", person.time_zone, days_off)
    back_at = hours.next_at(moment)
    if back_at is None and away:
        back_at = datetime.combine(away.last_day + timedelta(days=1), time(0), zone)
    is_here = away is None and (back_at is None or back_at <= moment)
    stands_in = away.substitute if away and look_further else None
    if stands_in and (not can_answer(stands_in) or presence_of(stands_in, moment, look_further=False).is_away):
        stands_in = None
    return Presence(is_here, None if is_here else back_at, away is not None, stands_in)


def can_answer(person: Any) -> bool:
    """Whether they answer customers for the team."""
    return bool(person.is_active and person.can(Capability.WORK_THE_QUEUE))
