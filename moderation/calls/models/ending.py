"""How a call ends: somebody hangs up, nobody answers, a side is gone, or the browsers find no way."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from moderation.escalation.models import Channel, Step

GONE_AFTER = timedelta(seconds=60)
"""A page says that it is there every fifteen seconds. Reloads, tunnels and a new network are within this."""


class EndableCall:
    """What a call can do about its end."""

    End: Any
    pk: int
    conversation: Any
    agent: Any
    asked_by: Any
    state: str
    answered_at: Any
    through_at: Any
    ended_at: Any
    end_reason: str
    customer_seen_at: Any
    agent_seen_at: Any
    rings_until: Any
    length: timedelta
    length_told: str
    side_of: Any
    show: Any
    _locked: Any

    @transaction.atomic
    def end(self, reason: str, *, by: Person | None) -> None:
        """It is over, once; the conversation keeps that they spoke and for how long."""
        self.conversation.lock()
        call = self._locked()
        if call.ended_at is not None:
            return
        call.ended_at, call.end_reason = timezone.now(), reason
        call.save(update_fields=["ended_at", "end_reason"])
        self.ended_at, self.end_reason, self.through_at = call.ended_at, reason, call.through_at
        speaker = call.agent or call.asked_by
        if call.through_at is not None:
            self.conversation.mark(Step.SPOKE, by=speaker, detail=call.length_told, via=Channel.CALL)
        elif not (reason == self.End.BY_CUSTOMER and call.answered_at is None):  # they only changed their mind
            step = Step.UNHEARD if call.answered_at is not None else Step.UNANSWERED
            self.conversation.mark(step, by=speaker, via=Channel.CALL)
        self._let_go()
        seconds = int(call.length.total_seconds())
        details = {"call": self.pk, "reason": str(reason), "seconds": seconds}
        record(Verb.VOICE_ENDED, actor=by, subject=self.conversation, **details)
        self.show()

    def _let_go(self) -> None:
        """The leg is over, unless a call is booked for later."""
        self.conversation.item.forget("ringing")
        if not self.conversation.callbacks.booked().exists():
            self.conversation.end_leg(Channel.CALL)

    def hang_up(self, *, by: Person, is_failed: bool = False) -> None:
        """One of the two ends it, or their browser found no way to the other."""
        is_customer = by.pk == self.conversation.customer_id
        reason = self.End.BY_CUSTOMER if is_customer else self.End.BY_TEAM
        self.end(self.End.FAILED if is_failed and self.through_at is None else reason, by=by)

    def stop_ringing(self) -> None:
        """Nobody answered in time."""
        if self.ended_at is None and self.answered_at is None and timezone.now() >= self.rings_until:
            self.end(self.End.NOBODY, by=None)

    def look_after(self) -> None:
        """What the clock does to it: it rang too long, or a side is gone."""
        if self.answered_at is None:
            self.stop_ringing()
        elif min(self.customer_seen_at, self.agent_seen_at) < timezone.now() - GONE_AFTER:
            self.end(self.End.LOST, by=None)
