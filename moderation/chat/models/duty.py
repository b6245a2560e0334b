"""Being there for live chats: who of the team is, for which brand, and whether a chat can begin now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from community.catalogue.models import Brand
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.chat.models.seat import Seat
from moderation.queue.models import Calendar

MOST_CHATS = 10


class DutyQuerySet(models.QuerySet["Duty"]):
    """Who takes chats."""

    def at_the_desk(self) -> Self:
        """Those whose desk is open in a browser now."""
        open_desk = Seat.objects.fresh().filter(person=OuterRef("person"))
        return self.filter(Exists(open_desk), person__is_active=True).select_related("person")

    def serving(self, brand: Brand | None) -> "list[Duty]":
        """Who can take a chat about this brand now: at the desk, in open hours or beyond them by their own wish."""
        there = [duty for duty in self.at_the_desk() if serves(duty.person, brand)]
        return there if is_open(brand) else [duty for duty in there if duty.is_beyond_hours]

    @transaction.atomic
    def begin(self, *, by: Person, capacity: int | None = None, is_beyond_hours: bool = False) -> "Duty":
        """From now on chats may come to them, so many at a time."""
        if not by.can(Capability.OFFER_PRIVATE_HELP):
            raise Refusal(_("Only the team takes chats."), code="not_staff", status=403)
        capacity = settings.CHATS_AT_A_TIME if capacity is None else capacity
        if not 1 <= capacity <= MOST_CHATS:
            raise Refusal(_("Between 1 and 10 chats at a time."), code="capacity", status=422)
        given = {"capacity": capacity, "is_beyond_hours": is_beyond_hours}
        duty, is_new = self.update_or_create(person=by, defaults=given)
        record(Verb.DUTY_BEGUN if is_new else Verb.DUTY_CHANGED, actor=by, subject=by, capacity=capacity)
        return duty

    @transaction.atomic
    def end(self, *, by: Person) -> None:
        """No more new chats. Those at hand go on."""
        if self.filter(person=by).delete()[0]:
            record(Verb.DUTY_ENDED, actor=by, subject=by)


class Duty(models.Model):
    """Somebody of the team takes live chats. Ending it deletes the row."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="duty")
    capacity = models.PositiveSmallIntegerField(help_text="chats at a time")
    is_beyond_hours = models.BooleanField(default=False, help_text="also while the desk is closed")
    begun_at = models.DateTimeField(auto_now_add=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"

    def __str__(self) -> str:
        return f"{self.person} takes {self.capacity} chats"


def serves(person: Person, brand: Brand | None) -> bool:
    """Whether somebody helps in private for this brand; what belongs to no brand is for who works for all."""
    if brand is None:
        return person.can(Capability.OFFER_PRIVATE_HELP) and person.brands_for(Capability.OFFER_PRIVATE_HELP) is None
    return person.can(Capability.OFFER_PRIVATE_HELP, brand.slug)


@dataclass(frozen=True)
class Availability:
    """Whether a live chat about a brand can begin now: how many wait, and when the desk opens if nobody is there."""

    is_open: bool
    waiting: int = 0
    opens_at: datetime | None = None


def is_open(brand: Brand | None) -> bool:
    """Whether the desk of a brand has its open hours now."""
    now = timezone.now()
    return Calendar.objects.hours_for(brand).next_at(now) == now


def opens_at(brand: Brand | None) -> datetime | None:
    """When the desk opens again; None while it is open."""
    now = timezone.now()
    again: Any = Calendar.objects.hours_for(brand).next_at(now)
    return None if again == now else again
