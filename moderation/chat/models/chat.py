"""A live chat: the part of a private conversation in which both sides are there at the same time."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.catalogue.models import Brand
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.chat.models.duty import Availability, Duty, opens_at
from moderation.chat.models.ending import EndableChat
from moderation.chat.models.seated import SeatedChat
from moderation.escalation.models import Channel, Conversation, Step
from moderation.escalation.models.channel import refuse_without_offering


class ChatQuerySet(models.QuerySet["Chat"]):
    """Which chats, and how one begins."""

    def visible_to(self, person: Any) -> Self:
        """Its customer, and the team of its brand."""
        return self.filter(conversation__in=Conversation.objects.visible_to(person))

    def worked_by(self, person: Any) -> Self:
        """The team's side alone."""
        return self.filter(conversation__in=Conversation.objects.worked_by(person))

    def going_on(self) -> Self:
        return self.filter(ended_at=None)

    def waiting(self, brand: Brand | None) -> Self:
        """Without anybody of the team, in the order in which they came. Each brand has its own line."""
        return self.going_on().filter(agent=None, conversation__item__product__brand=brand).order_by("pk")

    def available(self, brand: Brand | None) -> Availability:
        """Whether one can begin now."""
        if Duty.objects.serving(brand):
            return Availability(is_open=True, waiting=self.waiting(brand).count())
        return Availability(is_open=False, opens_at=opens_at(brand))

    @transaction.atomic
    def request(self, conversation: Conversation, *, by: Person) -> "Chat":
        """The customer would like to talk now. Asking twice answers with the same chat."""
        conversation.lock()
        if by.pk != conversation.customer_id:
            raise Refusal(_("Only the customer begins a chat here."), code="not_yours", status=404)
        if known := self.going_on().filter(conversation=conversation).first():
            return known
        if not Duty.objects.serving(conversation.item.brand):
            sentence = _("Nobody of the team can chat at the moment. We gladly answer by mail, or call you.")
            raise Refusal(sentence, code="nobody_here")
        if conversation.is_closed:
            conversation.reopen(by=by, reason="chat")
        chat = self.create(conversation=conversation, first_number=max(1, conversation.last_number))
        conversation.open_leg(Channel.CHAT)
        conversation.show_state()
        conversation.item.reopen(by=by, reason="chat", since=chat.created_at)
        conversation.item.notice("live")
        record(Verb.CHAT_ASKED, actor=by, subject=conversation, chat=chat.pk)
        chat.show()
        return chat


class Chat(SeatedChat, EndableChat, models.Model):
    """One sitting. The words are the conversation's; the chat knows who is there, who waits, and when it ended."""

    class End(models.TextChoices):
        BY_CUSTOMER = "customer"
        BY_TEAM = "team"
        QUIET = "quiet"
        NOBODY = "nobody"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="chats")
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    first_number = models.PositiveIntegerField(help_text="of the words that it is about; the transcript begins there")
    created_at = models.DateTimeField(default=timezone.now)
    joined_at = models.DateTimeField(null=True, help_text="when somebody of the team first came")
    asked_at = models.DateTimeField(null=True, help_text="when it was so quiet that we asked")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=10, choices=End.choices, blank=True)

    objects = ChatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(ended_at=None), name="one_chat_at_a_time_per_conversation"
            )
        ]
        indexes = [models.Index(fields=["agent"], condition=models.Q(ended_at=None), name="chat_at_hand")]

    def __str__(self) -> str:
        return f"chat {self.pk}"

    @property
    def stream(self) -> str:
        return f"chat:{self.pk}"

    @property
    def brand(self) -> Brand | None:
        return self.conversation.item.brand

    @property
    def place(self) -> int:
        """Its place in the line, from 1; 0 once somebody is there."""
        if self.agent_id is not None or self.ended_at is not None:
            return 0
        return type(self).objects.waiting(self.brand).filter(pk__lt=self.pk).count() + 1

    @property
    def quiet_since(self) -> datetime:
        """When something was last said or done here."""
        last = self.conversation.messages.exclude(step__in=[Step.ASKED]).order_by("-number").first()
        return max(last.created_at if last else self.created_at, self.created_at)

    @transaction.atomic
    def join(self, *, by: Person, reason: str = "") -> None:
        """Somebody of the team takes it, or takes it over. From a colleague who is there only with a reason."""
        self.conversation.lock()
        chat = self._locked()
        refuse_without_offering(by, self.brand)
        before = chat.agent
        if before is not None and before.pk == by.pk:
            return
        if before is not None and chat.is_agent_here and not reason.strip():
            sentence = _("%(name)s is in this chat. Say why you take it over.") % {"name": before.username}
            raise Refusal(sentence, code="held_by_other")
        refuse_beyond_capacity(by)
        item = self.conversation.item
        item.claim(by=by, take_over=True, reason=reason.strip() or "live chat")
        item.forget("live")
        if before is None:
            self.conversation.mark(Step.JOINED, by=by)
            record(Verb.CHAT_JOINED, actor=by, subject=self.conversation, chat=self.pk)
        else:
            self.conversation.mark(Step.TOOK_OVER, by=by, detail=self.alias_of(before))
            record(Verb.CHAT_TAKEN_OVER, actor=by, subject=self.conversation, chat=self.pk, before=before.pk)
        self.agent, self.joined_at, self.asked_at = by, chat.joined_at or timezone.now(), None
        self.save(update_fields=["agent", "joined_at", "asked_at"])
        self.show()
        self.show_line()

    def _locked(self) -> "Chat":
        row = type(self).objects.select_for_update(of=("self",)).select_related("agent").get(pk=self.pk)
        if row.ended_at is not None:
            raise Refusal(_("This chat is over. What was said is on the private page."), code="over")
        return row


def refuse_beyond_capacity(person: Person) -> None:
    """Raise a Refusal for somebody who has as many chats at hand as they said they take."""
    duty = Duty.objects.filter(person=person).first()
    most = duty.capacity if duty else settings.CHATS_AT_A_TIME
    if Chat.objects.going_on().filter(agent=person).count() >= most:
        raise Refusal(_("You have %(n)s chats at hand. End one first.") % {"n": most}, code="capacity")
