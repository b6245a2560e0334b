"""A call that a customer asked for, at a time of their choice. Its words and steps are the conversation's."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.catalogue.models import Brand
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.phones import read_phone
from community.refusals import Refusal
from community.tokens import new_token
from moderation.callbacks.calendar_file import calendar_file
from moderation.callbacks.models.calling import CallableCallback
from moderation.callbacks.slots import free_slots
from moderation.escalation.channels.email import mail_call
from moderation.escalation.models import Channel, Conversation, Step


class SlotTaken(Refusal):
    """Somebody was faster: here is what is still free."""

    def __init__(self, free: list[datetime]) -> None:
        super().__init__(_("This time has just been taken. These are still free."), code="slot_taken", status=409)
        self.free = free


class CallbackQuerySet(models.QuerySet["Callback"]):
    """Which calls, and how one is booked."""

    def visible_to(self, person: Any) -> Self:
        """Its customer, and the team of its brand."""
        return self.filter(conversation__in=Conversation.objects.visible_to(person))

    def worked_by(self, person: Any) -> Self:
        return self.filter(conversation__in=Conversation.objects.worked_by(person))

    def booked(self) -> Self:
        return self.filter(state=Callback.State.BOOKED)

    def taken(self, brand: Brand | None) -> "Counter[datetime]":
        """How many calls each slot of a brand has already."""
        ahead = self.booked().filter(brand=brand, slot_at__gt=timezone.now() - timedelta(hours=1))
        return Counter(ahead.values_list("slot_at", flat=True))

    def free(self, brand: Brand | None) -> list[datetime]:
        """The slots that can be chosen now."""
        return free_slots(brand, self.taken(brand))

    @transaction.atomic
    def book(self, conversation: Conversation, slot: datetime, *, phone: str, by: Person) -> "Callback":
        """The customer chooses when we call them, and where. Two who want the last room: one gets it."""
        conversation.lock()
        if by.pk != conversation.customer_id:
            raise Refusal(_("Only the customer books a call here."), code="not_yours", status=404)
        if self.booked().filter(conversation=conversation).exists():
            raise Refusal(_("A call is booked already. You can move it."), code="booked")
        if conversation.is_closed:
            raise Refusal(_("This matter is closed. Open it again first, then choose a time."), code="closed")
        number, brand = read_phone(phone), conversation.item.brand
        self.keep_free(brand, slot)
        by.keep_phone(number)
        callback = self.create(conversation=conversation, brand=brand, slot_at=slot, zone=by.time_zone)
        conversation.open_leg(Channel.CALL)
        conversation.mark(Step.BOOKED, by=by, detail=callback.told, via=Channel.CALL)
        record(Verb.CALL_BOOKED, actor=by, subject=conversation, callback=callback.pk, slot=slot.isoformat())
        callback.confirm()
        return callback

    def keep_free(self, brand: Brand | None, slot: datetime) -> None:
        """Raise unless the slot has room; until the transaction ends nobody else looks."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('callbacks.slots'))")
        free = self.free(brand)
        if slot not in free:
            raise SlotTaken(free[:6])


class Callback(CallableCallback, models.Model):
    """One booked call. A new slot is the same call, and whoever calls finds all tries with their outcomes."""

    class State(models.TextChoices):
        BOOKED = "booked"
        DONE = "done"
        MISSED = "missed"  # nobody answered three times, or it was the wrong number: the customer is asked
        CANCELLED = "cancelled"

    token = models.CharField(max_length=40, unique=True, default=new_token)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="callbacks")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+")
    slot_at = models.DateTimeField()
    zone = models.CharField(max_length=50, help_text="in which the customer chose")
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    sequence = models.PositiveSmallIntegerField(default=0, help_text="of the calendar file: it grows with each change")
    reminded_at = models.DateTimeField(null=True, help_text="when the card came up at the desk")
    soon_told_at = models.DateTimeField(null=True, help_text="when the customer was reminded of it")
    created_at = models.DateTimeField(default=timezone.now)

    objects = CallbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(state="booked"), name="one_booked_call_per_conversation"
            )
        ]
        indexes = [
            models.Index(fields=["brand", "slot_at"], condition=models.Q(state="booked"), name="call_by_slot"),
            models.Index(fields=["conversation", "-id"], name="call_by_conversation"),
        ]

    def __str__(self) -> str:
        return f"callback {self.pk}"

    def get_absolute_url(self) -> str:
        """Where the customer moves it or calls it off."""
        return reverse("moderation:callback-detail", args=[self.token])

    @property
    def told(self) -> str:
        """Its time in the customer's own zone."""
        local = timezone.localtime(self.slot_at, timezone=ZoneInfo(self.zone))
        return f"{date_format(local, 'l, j F, H:i')} ({self.zone})"

    @property
    def calendar(self) -> str:
        return calendar_file(self, settings.SITE_URL + self.get_absolute_url())

    @transaction.atomic
    def move(self, slot: datetime, *, by: Person) -> None:
        """The customer chooses another time; also after we could not reach them."""
        self.conversation.lock()
        row = self._own(by)
        if row.state not in (self.State.BOOKED, self.State.MISSED):
            raise Refusal(_("This call is over."), code="over")
        if row.state == self.State.BOOKED and row.slot_at == slot:
            return
        type(self).objects.keep_free(row.brand, slot)
        self.slot_at, self.state, self.sequence = slot, self.State.BOOKED, row.sequence + 1
        self.reminded_at = self.soon_told_at = None
        self.save(update_fields=["slot_at", "state", "sequence", "reminded_at", "soon_told_at"])
        self.conversation.mark(Step.MOVED, by=by, detail=self.told, via=Channel.CALL)
        record(Verb.CALL_MOVED, actor=by, subject=self.conversation, callback=self.pk, slot=slot.isoformat())
        self.confirm()
        self.show()

    @transaction.atomic
    def cancel(self, *, by: Person) -> None:
        """The customer needs no call after all."""
        self.conversation.lock()
        row = self._own(by)
        if row.state in (self.State.CANCELLED, self.State.DONE):
            return
        self.state, self.sequence = self.State.CANCELLED, row.sequence + 1
        self.save(update_fields=["state", "sequence"])
        self.conversation.mark(Step.CANCELLED, by=by, detail=self.told, via=Channel.CALL)
        self.conversation.end_leg(Channel.CALL)
        self.conversation.item.forget("call")
        record(Verb.CALL_CANCELLED, actor=by, subject=self.conversation, callback=self.pk)
        self.confirm()
        self.show()

    @transaction.atomic
    def tell_soon(self) -> None:
        """Half an hour before: the customer is reminded, and finds where to move it or call it off."""
        self.soon_told_at = timezone.now()
        self.save(update_fields=["soon_told_at"])
        mail_call("call_soon", self, key=f"call-soon-{self.pk}-{self.sequence}")

    def confirm(self) -> None:
        """A mail with the time and the calendar file; each change of it replaces the last in the calendar."""
        mail_call("call_booked", self, key=f"call-{self.pk}-{self.sequence}", calendar=self.calendar)

    def _own(self, by: Person) -> "Callback":
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if by.pk != self.conversation.customer_id:
            raise Refusal(_("This is not your call."), code="not_yours", status=404)
        if row.open_call is not None:
            raise Refusal(_("We are calling you right now."), code="calling")
        return row
