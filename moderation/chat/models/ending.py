"""How a chat ends: by either side, because it is quiet, or because nobody came. It always goes on by mail."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.escalation.channels.email import mail_transcript
from moderation.escalation.models import Channel, PrivateMessage, Step
from moderation.escalation.models.channel import refuse_without_offering


class EndableChat:
    """What a chat can do about its end."""

    End: Any
    objects: Any
    pk: int
    agent: Any
    agent_id: int | None
    brand: Any
    conversation: Any
    first_number: int
    asked_at: Any
    ended_at: Any
    end_reason: str
    save: Any
    seats: Any
    show: Any
    show_line: Any

    @property
    def said(self) -> Any:
        """What was said from its beginning on, with what happened in between; the words it began with too."""
        messages = self.conversation.messages.filter(number__gte=self.first_number)
        return messages.select_related("author").prefetch_related("attachments").order_by("number")

    @transaction.atomic
    def ask_whether_there(self) -> None:
        """It has been quiet for long: ask once. A word of either side makes it forgotten."""
        self.conversation.lock()
        self.asked_at = timezone.now()
        self.save(update_fields=["asked_at"])
        self.conversation.mark(Step.ASKED, by=self.agent)

    @transaction.atomic
    def leave(self, *, by: Person) -> None:
        """Either side ends it."""
        if by.pk == self.conversation.customer_id:
            self.end(self.End.BY_CUSTOMER, by=by)
        else:
            refuse_without_offering(by, self.brand)
            if self.agent_id != by.pk:
                raise Refusal(_("Take the chat over first."), code="not_yours")
            self.end(self.End.BY_TEAM, by=by)

    @transaction.atomic
    def end(self, reason: str, *, by: Person | None = None) -> None:
        """The chat is over, once. The conversation goes on by mail, and what was said is mailed to the customer."""
        conversation = self.conversation.lock()
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.ended_at is not None:
            return
        who = by or self.agent or conversation.customer
        step = {self.End.QUIET: Step.QUIET, self.End.NOBODY: Step.NOBODY}.get(reason, Step.ENDED)
        conversation.mark(step, by=who)
        self.ended_at, self.end_reason = timezone.now(), reason
        self.save(update_fields=["ended_at", "end_reason"])
        self.seats.all().delete()
        conversation.end_leg(Channel.CHAT)
        conversation.open_leg(Channel.MAIL)
        conversation.item.forget("live")
        self._hand_on()
        conversation.show_state()
        record(Verb.CHAT_ENDED, actor=by, subject=conversation, chat=self.pk, reason=str(reason))
        mail_transcript(self)
        self.show()
        self.show_line()

    def _hand_on(self) -> None:
        """Whoever has the word now decides where the item stands: with the customer, or waiting for the team."""
        last = self.conversation.messages.filter(step="").order_by("-number").first()
        item = self.conversation.item
        if last is not None and last.side == PrivateMessage.Side.TEAM:
            item.watch(by=self.agent)
        elif self.agent is not None and item.holder == self.agent:
            item.release(by=self.agent)
