"""A call in the browser: the spoken leg of a private conversation, with start, end, length and who, never its words."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.catalogue.models import Brand
from community.events.recording import record
from community.events.verbs import Verb
from community.people.distance import team_name_of
from community.people.models import Person
from community.refusals import Refusal
from moderation.calls.models.answering import AnswerableCall, refuse_second_call
from moderation.calls.models.ending import EndableCall
from moderation.calls.tasks import stop_ringing_in_time
from moderation.chat.models import Duty
from moderation.escalation.models import Channel, Conversation
from moderation.escalation.models.channel import refuse_without_offering


class CallQuerySet(models.QuerySet["Call"]):
    """Which calls, and how one begins."""

    def going_on(self) -> Self:
        return self.filter(ended_at=None)

    def ringing(self) -> Self:
        return self.going_on().filter(answered_at=None)

    def worked_by(self, person: Any) -> Self:
        """Those of the brands this person works for."""
        return self.filter(conversation__in=Conversation.objects.worked_by(person))

    def with_party(self, person: Any) -> Self:
        """Those in which this person is one of the two. A colleague of the same brand is not."""
        if person is None or not person.is_authenticated:
            return self.none()
        return self.filter(Q(conversation__customer=person) | Q(agent=person))

    def free_agents(self, brand: Brand | None) -> list[Person]:
        """Who can answer now: they take chats for this brand, their desk is open, and they are in no other call."""
        busy = set(self.going_on().exclude(agent=None).values_list("agent", flat=True))
        return [duty.person for duty in Duty.objects.serving(brand) if duty.person_id not in busy]

    @transaction.atomic
    def ring(self, conversation: Conversation, *, by: Person) -> "Call":
        """The customer would like to speak with somebody now. Asking twice answers with the same call."""
        conversation.lock()
        if by.pk != conversation.customer_id:
            raise Refusal(_("Only the customer rings here."), code="not_yours", status=404)
        refuse_when_closed(conversation)
        if known := self.going_on().filter(conversation=conversation).first():
            return known
        if not self.free_agents(conversation.item.brand):
            raise Refusal(_("Nobody of the team can speak at the moment. We gladly call you."), code="nobody_here")
        call = self._begin(conversation, by)
        conversation.item.reopen(by=by, reason="call", since=call.created_at)
        conversation.item.notice("ringing")
        return call

    @transaction.atomic
    def invite(self, conversation: Conversation, *, by: Person) -> "Call":
        """Somebody of the team, with the conversation before them, rings the customer."""
        conversation.lock()
        refuse_without_offering(by, conversation.item.brand)
        refuse_when_closed(conversation)
        if known := self.going_on().filter(conversation=conversation).first():
            return known
        refuse_second_call(self.going_on().filter(agent=by))
        call = self._begin(conversation, by, agent=by)
        call.cards.create(agent=by)
        conversation.item.claim(by=by, take_over=True, reason="call")
        return call

    def _begin(self, conversation: Conversation, by: Person, **fields: Any) -> "Call":
        call = self.create(conversation=conversation, asked_by=by, **fields)
        conversation.open_leg(Channel.CALL)
        record(Verb.VOICE_ASKED, actor=by, subject=conversation, call=call.pk)
        stop_ringing_in_time(call.pk)
        call.show()
        return call


class Call(AnswerableCall, EndableCall, models.Model):
    """One call between the customer and one of the team. The browsers speak with each other; we keep who and when."""

    class End(models.TextChoices):
        BY_CUSTOMER = "customer"
        BY_TEAM = "team"
        NOBODY = "nobody"  # it rang, and nobody answered
        LOST = "lost"  # a side was gone, and did not come back
        FAILED = "failed"  # the browsers found no way to each other

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="calls")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="who rang")
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    through_at = models.DateTimeField(null=True, help_text="when both sides could hear each other")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=10, choices=End.choices, blank=True)
    customer_seen_at = models.DateTimeField(default=timezone.now, help_text="when their page was last heard of")
    agent_seen_at = models.DateTimeField(default=timezone.now)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(ended_at=None), name="one_call_in_the_browser_per_conversation"
            ),
            models.UniqueConstraint(
                fields=["agent"], condition=Q(ended_at=None), name="one_call_in_the_browser_per_agent"
            ),
        ]
        indexes = [models.Index(fields=["conversation", "-id"], name="voice_by_conversation")]

    def __str__(self) -> str:
        return f"call {self.pk}"

    def get_absolute_url(self) -> str:
        """The customer's page of it."""
        return reverse("moderation:talk-detail", args=[self.conversation.token])

    @property
    def stream(self) -> str:
        return f"call:{self.pk}"

    @property
    def brand(self) -> Brand | None:
        return self.conversation.item.brand

    @property
    def is_by_customer(self) -> bool:
        """Whether the customer rang; otherwise the team did."""
        return self.asked_by_id == self.conversation.customer_id

    @property
    def state(self) -> str:
        """Ringing, connecting, connected, ended or failed."""
        if self.ended_at is not None:
            return "ended" if self.through_at is not None else "failed"
        if self.answered_at is None:
            return "ringing"
        return "connected" if self.through_at is not None else "connecting"

    @property
    def length(self) -> timedelta:
        """How long they could hear each other."""
        return (self.ended_at or timezone.now()) - self.through_at if self.through_at else timedelta(0)

    @property
    def length_told(self) -> str:
        """The length in words."""
        seconds = int(self.length.total_seconds())
        if seconds < 60:
            return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
        return ngettext("%(n)s minute", "%(n)s minutes", seconds // 60) % {"n": seconds // 60}

    @property
    def agent_name(self) -> str:
        """The name under which the customer knows whoever is on the line."""
        return team_name_of(self.agent, to=self.conversation.customer) if self.agent else ""

    @property
    def rings_until(self) -> Any:
        return self.created_at + timedelta(seconds=settings.CALL_RING_SECONDS)


def refuse_when_closed(conversation: Conversation) -> None:
    """A settled matter has no calls; writing opens it again."""
    if conversation.is_closed:
        raise Refusal(_("This conversation is closed. Write to us, and it is open again."), code="closed")
