"""From ringing to hearing each other: the card first, then the answer, then both browsers find each other."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.broadcasting import broadcast
from community.people.models import Person
from community.refusals import Refusal
from moderation.escalation.models.channel import refuse_without_offering

CUSTOMER, TEAM = "customer", "team"
"""The two sides of a call."""


class AnswerableCall:
    """What a call can do until both are on the line."""

    pk: int
    objects: Any
    brand: Any
    conversation: Any
    cards: Any
    agent: Any
    agent_id: int | None
    answered_at: Any
    through_at: Any
    ended_at: Any
    is_by_customer: bool
    stream: str
    save: Any

    @transaction.atomic
    def show_card(self, *, to: Person) -> None:
        """Who calls, and what about, is on somebody's screen: from now on they may answer."""
        refuse_without_offering(to, self.brand)
        self.cards.get_or_create(agent=to)

    @transaction.atomic
    def answer(self, *, by: Person) -> None:
        """The side that was rung takes it. Of two agents the first does."""
        self.conversation.lock()
        call = self._locked()
        if call.ended_at is not None:
            raise Refusal(_("This call is over."), code="over")
        if call.is_by_customer and by.pk == self.conversation.customer_id:
            raise Refusal(_("You rang. Somebody of the team answers."), code="own_call")
        if call.is_by_customer:
            self._take(call, by)
        elif by.pk != self.conversation.customer_id:
            raise Refusal(_("Only the customer answers this call."), code="not_yours", status=404)
        if call.answered_at is not None:
            return
        now = timezone.now()
        self.answered_at = call.answered_at = call.customer_seen_at = call.agent_seen_at = now
        call.save(update_fields=["agent", "answered_at", "customer_seen_at", "agent_seen_at"])
        self.conversation.item.forget("ringing")
        record(Verb.VOICE_ANSWERED, actor=by, subject=self.conversation, call=self.pk)
        self.show()

    def _take(self, call: Any, by: Person) -> None:
        """An agent takes a ringing call."""
        refuse_without_offering(by, self.brand)
        if call.agent_id is not None and call.agent_id != by.pk:
            raise Refusal(_("A colleague has answered already."), code="held_by_other")
        if not call.cards.filter(agent=by).exists():
            raise Refusal(_("Read the card first."), code="no_card")
        refuse_second_call(type(self).objects.going_on().filter(agent=by).exclude(pk=self.pk))
        self.agent = call.agent = by
        self.conversation.item.claim(by=by, take_over=True, reason="call")

    def side_of(self, person: Any) -> str:
        """On which side somebody is on the line; empty for everybody else, and once it is over."""
        if self.ended_at is not None or self.conversation.is_closed or not person.is_authenticated:
            return ""
        if person.pk == self.conversation.customer_id:
            return CUSTOMER
        return TEAM if person.pk == self.agent_id else ""

    @transaction.atomic
    def come_through(self) -> None:
        """Both sides hear each other: from here on its length counts."""
        call = self._locked()
        if call.answered_at is None or call.through_at is not None or call.ended_at is not None:
            return
        self.through_at = call.through_at = timezone.now()
        call.save(update_fields=["through_at"])
        self.show()

    def attend(self, person: Person) -> None:
        """A page of theirs is there."""
        side = self.side_of(person)
        if side:
            field = "customer_seen_at" if side == CUSTOMER else "agent_seen_at"
            type(self).objects.filter(pk=self.pk).update(**{field: timezone.now()})

    def show(self) -> None:
        """Both sides see how it stands, the desks of its brand who rings, and the customer's pages that we ring."""
        broadcast(self.stream, "moderation/calls/_bar.html", lambda: {"call": self._anew()}, event="stood")
        broadcast(self.conversation.stream, "", {}, event="voice")
        for stream in self.conversation.item.streams:
            broadcast(stream, "", {}, event="voice")

    def _anew(self) -> Any:
        return type(self).objects.select_related("agent", "conversation__customer").get(pk=self.pk)

    def _locked(self) -> Any:
        return type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)


def refuse_second_call(others: Any) -> None:
    """One call at a time."""
    if others.exists():
        raise Refusal(_("You are in a call already. End that one first."), code="in_a_call")
