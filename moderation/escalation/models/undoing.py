"""Undo send in a private conversation: for half a minute a message can be taken back, mail and notice included."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.models import Event
from community.events.recording import record
from community.events.verbs import Verb
from community.live.broadcasting import broadcast
from community.notifications.models import EmailDelivery
from community.notifications.standing import take_back_of
from community.people.models import Person
from community.refusals import Refusal
from forums.threads.drafting import keep_beside
from moderation.escalation.channels.email import key_of
from moderation.escalation.models.channel import Channel
from moderation.escalation.models.message import PrivateMessage


class UndoableConversation:
    """What a conversation can do about a message that should not have been sent."""

    State: Any
    pk: int
    item: Any
    stream: str
    last_number: int
    messages: Any
    lock: Any
    _wait_for: Any

    def undo_offer(self, person: Person) -> dict[str, int] | None:
        """Their newest message while it can be undone: its number, and the seconds that are left."""
        message = (
            self.messages.filter(number=self.last_number, author=person, via=Channel.PAGE).exclude(number=1).first()
        )
        over = message.created_at + timedelta(seconds=settings.UNDO_SECONDS) if message and not message.step else None
        left = int((over - timezone.now()).total_seconds()) if over else 0
        return {"number": self.last_number, "left": left} if left > 0 else None

    @transaction.atomic
    def undo(self, number: int, *, by: Person) -> None:
        """Take back the message of that number, just sent by `by`, who has its words again as a draft.

        Whoever clicks twice has undone it. Raises Refusal when it is too late, or something was said since.
        """
        self.lock()
        message = self.messages.filter(number=number, author=by).first()
        if message is None:
            return
        refuse_undo(message, self.last_number)
        side = PrivateMessage.Side(message.side)
        place = "request" if side == PrivateMessage.Side.CUSTOMER else "conversation"
        keep_beside(message.source, by=by, place=f"{place}:{self.pk}")
        EmailDelivery.objects.filter(key=key_of(message)).drop()
        take_back_of(self._told(SAID[side], number))
        gone = {"pk": message.pk}
        message.delete()
        self._stand_as_before(by)
        record(Verb.MESSAGE_TAKEN_BACK, actor=by, subject=self, number=number)  # type: ignore[arg-type]
        broadcast(self.stream, "moderation/escalation/_message_gone.html", {"message": gone})

    def _told(self, verb: Verb, number: int) -> QuerySet[Event]:
        kind = ContentType.objects.get_for_model(type(self))  # type: ignore[arg-type]
        said = Event.objects.filter(verb=verb, subject_type=kind, subject_id=self.pk)
        return said.filter(details__number=number)

    def _stand_as_before(self, by: Person) -> None:
        """Whoever had the last word now waits for the other."""
        last = self.messages.exclude(side=PrivateMessage.Side.STEP).order_by("-number").first()
        if last.is_by_team:
            self._wait_for(self.State.WAITING_FOR_CUSTOMER, None)
            self.item.watch(by=by)
        else:
            self._wait_for(
                self.State.WAITING_FOR_TEAM, last.created_at + timedelta(hours=settings.PRIVATE_ANSWER_HOURS)
            )
            self.item.reopen(by=by, reason="answer_taken_back", since=self.item.waiting_since)


SAID = {PrivateMessage.Side.TEAM: Verb.MESSAGE_SENT, PrivateMessage.Side.CUSTOMER: Verb.MESSAGE_RECEIVED}


def refuse_undo(message: PrivateMessage, last_number: int) -> None:
    """Only the newest message of a page can be undone, and not what began the matter."""
    if message.number < last_number:
        raise Refusal(
            _("Something was said since, so this stays. Write another message to put it right."), code="answered"
        )
    if message.via != Channel.PAGE or message.number == 1:
        raise Refusal(_("This cannot be undone. Write another message to put it right."), code="not_undoable")
    if timezone.now() - message.created_at > timedelta(seconds=settings.UNDO_SECONDS):
        raise Refusal(
            _("It is too late to undo this: it may have been read. Write another message to put it right."),
            code="too_late",
        )
