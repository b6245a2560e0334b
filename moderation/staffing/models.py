"""A shift: items come to somebody by themselves, as long as there is room at their hands."""

from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.chat.models import Seat
from moderation.queue.models.claim import refuse_without_queue

MOST_AT_HAND = 30


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Who is at work."""

    def at_the_desk(self) -> Self:
        """Those whose desk is open in a browser now; nothing comes to an empty chair."""
        open_desk = Seat.objects.fresh().at_the_desk().filter(person=OuterRef("person"))
        return self.filter(Exists(open_desk), person__is_active=True).select_related("person")

    @transaction.atomic
    def begin(self, *, by: Person, capacity: int | None = None) -> "Shift":
        """From now on items come, up to so much at a time."""
        refuse_without_queue(by)
        capacity = settings.ITEMS_AT_HAND if capacity is None else capacity
        if not 1 <= capacity <= MOST_AT_HAND:
            sentence = _("Between 1 and %(most)s at a time.") % {"most": MOST_AT_HAND}
            raise Refusal(sentence, code="capacity", status=422)
        shift, _is_new = self.update_or_create(person=by, defaults={"capacity": capacity})
        record(Verb.SHIFT_BEGUN, actor=by, subject=by, capacity=capacity)
        return shift

    @transaction.atomic
    def end(self, *, by: Person) -> None:
        """Nothing more comes by itself. What is at hand stays there."""
        if self.filter(person=by).delete()[0]:
            record(Verb.SHIFT_ENDED, actor=by, subject=by)


class Shift(models.Model):
    """Somebody of the team lets items come. Ending it deletes the row."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="shift")
    capacity = models.PositiveSmallIntegerField(help_text="how much at hand: a chat counts more than a thread")
    begun_at = models.DateTimeField(auto_now_add=True)

    objects = ShiftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person} takes {self.capacity}"


def capacity_of(person: Any) -> int:
    """How much somebody takes at a time: as they said, or what is usual."""
    shift = Shift.objects.filter(person=person).first()
    return shift.capacity if shift else settings.ITEMS_AT_HAND
