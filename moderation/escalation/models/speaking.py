"""Speaking in a private conversation: numbered, once, to everybody concerned."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.broadcasting import broadcast
from community.people.distance import team_name_of
from community.people.models import Person
from community.policy.gate import Verdict, check
from community.policy.models import HeldChange
from community.refusals import Refusal
from community.text.markdown import to_html
from forums.threads.models import Draft
from moderation.escalation.channels.email import mail_message
from moderation.escalation.files import Upload, keep
from moderation.escalation.models.channel import Channel, refuse_without_offering
from moderation.escalation.models.holding import HoldingConversation
from moderation.escalation.models.message import PrivateMessage
from moderation.escalation.models.wording import approved_in


class SpeakingConversation(HoldingConversation):
    """What a conversation can do about words."""

    State: Any
    pk: int
    thread_id: int | None
    item: Any
    customer: Any
    customer_id: int
    state: str
    stream: str
    last_number: int
    promised_at: Any
    moved_at: Any
    is_closed: bool
    is_reopenable: bool
    lock: Any
    save: Any
    promise: Any
    reopen: Any
    has_leg: Any
    messages: Any

    @property
    def is_live(self) -> bool:
        """Whether both sides talk in a chat now: words arrive at once, and none is mailed by itself."""
        return bool(self.has_leg(Channel.CHAT))

    @transaction.atomic
    def say(
        self,
        text: str,
        *,
        by: Person,
        via: str = Channel.PAGE,
        rest: str = "",
        mail_id: str = "",
        files: tuple[Upload, ...] = (),
        key: str = "",
        is_looked_at: bool = False,
    ) -> PrivateMessage | HeldChange:
        """The customer says something. A closed conversation is opened again by it, while that is possible.

        What comes twice with the same `key` is said once: the second time answers with the first message. What a rule
        holds waits for a look and is said then (`is_looked_at`).
        """
        self.lock()
        if by.pk != self.customer_id:
            raise Refusal(_("Only the customer speaks here."), code="not_yours", status=404)
        if not is_looked_at:
            if known := self._said_with(key, by):
                return known
            verdict = self._asked(text, by, via, files)
            if verdict.is_held and (not self.is_closed or self.is_reopenable):
                facts = {"via": via, "rest": rest, "mail_id": mail_id}
                return self._hold(text, verdict, by=by, files=files, key=key, **facts)
            text = verdict.cover(text)
        if self.is_closed:
            self.reopen(by=by)
        via = Channel.CHAT if via == Channel.PAGE and self.is_live else via
        message = self._add(text, by, PrivateMessage.Side.CUSTOMER, via, files, rest=rest, mail_id=mail_id, key=key)
        self._wait_for(self.State.WAITING_FOR_TEAM, self.promised_at or self.promise())
        self.item.reopen(by=by, reason="customer spoke", since=message.created_at)
        Draft.objects.filter(person=by, place=f"request:{self.pk}").delete()
        record(Verb.MESSAGE_RECEIVED, actor=by, subject=self, number=message.number, via=via)  # type: ignore[arg-type]
        return message

    @transaction.atomic
    def reply(
        self,
        text: str,
        *,
        by: Person,
        seen: int | None = None,
        promised_at: datetime | None = None,
        files: tuple[Upload, ...] = (),
        key: str = "",
        is_looked_at: bool = False,
    ) -> PrivateMessage | HeldChange:
        """The team answers under a persona; it reaches the customer on every channel they agreed to.

        `seen` is the newest number the writer had seen: with a newer one the reply is refused, and the text kept.
        In a live chat the item stays at hand, and the words go out by mail with the rest when the chat is over.
        """
        self.lock()
        refuse_without_offering(by, self.item.brand)
        if not is_looked_at and (known := self._said_with(key, by)):
            return known
        self._refuse_late(seen)
        if not is_looked_at:
            verdict = self._asked(text, by, Channel.PAGE, files)
            if verdict.is_held:
                promised = promised_at.isoformat() if promised_at else ""
                return self._hold(text, verdict, by=by, files=files, key=key, promised_at=promised)
            text = verdict.cover(text)
        is_live, alias = self.is_live, team_name_of(by, to=self.customer)
        via = Channel.CHAT if is_live else Channel.PAGE
        message = self._add(text, by, PrivateMessage.Side.TEAM, via, files, alias=alias, key=key)
        self._wait_for(self.State.WAITING_FOR_CUSTOMER, promised_at)
        if is_live:
            self.item.hear_out(by=by)
        else:
            self.item.watch(by=by)
        Draft.objects.filter(person=by, place=f"conversation:{self.pk}").delete()
        record(Verb.MESSAGE_SENT, actor=by, subject=self, number=message.number, via=via)  # type: ignore[arg-type]
        if self.has_leg(Channel.MAIL) and not is_live:
            mail_message(message)
        return message

    @transaction.atomic
    def mark(self, step: str, *, by: Person, detail: str = "", via: str = Channel.CHAT) -> PrivateMessage:
        """Write down between the words that something happened, in the same order."""
        self.lock()
        alias = "" if by.pk == self.customer_id else team_name_of(by, to=self.customer)
        message = self._number(by, side=PrivateMessage.Side.STEP, step=step, source=detail, via=via, alias=alias)
        self.save(update_fields=["last_number"])
        self._show(message)
        return message

    def _refuse_late(self, seen: int | None) -> None:
        if self.is_closed:
            raise Refusal(_("This conversation is closed. Reopen it to write more."), code="closed")
        if seen is not None and self.last_number > seen:
            raise Refusal(_("There is a newer message. Read it, then send yours."), code="stale")

    def _said_with(self, key: str, by: Person) -> PrivateMessage | HeldChange | None:
        return (self.messages.filter(author=by, key=key).first() or self.held_with(key, by)) if key else None

    def _asked(self, text: str, by: Person, via: str, files: tuple[Upload, ...]) -> Verdict:
        """What the gate says of words that may be said here."""
        if not text.strip() and not files:
            raise Refusal(_("Write something, or add a file."), code="empty", status=422)
        where = "mail_private" if via == Channel.MAIL else "message"
        return check(text.strip(), by=by, where=where, keep=approved_in(text, self.thread_id)).enforce()

    def _add(self, text: str, by: Person, side: str, via: str, files: tuple[Upload, ...], **fields: Any) -> Any:
        text = text.strip()
        message = self._number(by, side=side, source=text, html=to_html(text), via=via, **fields)
        for upload in files:
            keep(upload, message)
        self._show(message)
        return message

    def _number(self, by: Person, **fields: Any) -> PrivateMessage:
        self.last_number += 1
        return PrivateMessage.objects.create(
            conversation=self,  # type: ignore[misc]
            number=self.last_number,
            author=by,
            **fields,
        )

    def _show(self, message: PrivateMessage) -> None:
        broadcast(self.stream, "moderation/escalation/_message.html", {"message": message, "conversation": self})

    def _wait_for(self, state: str, promised_at: datetime | None) -> None:
        self.state, self.promised_at, self.moved_at = state, promised_at, timezone.now()
        self.save(update_fields=["state", "promised_at", "moved_at", "last_number"])
        self.show_state()

    def show_state(self) -> None:
        """Open pages of both sides show where it stands now."""
        broadcast(self.stream, "moderation/escalation/_state.html", {"conversation": self})
