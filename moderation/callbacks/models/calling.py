"""Making the call: first the card, then the number, and in the end what came of it. None can be left out."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.broadcasting import broadcast
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.callbacks.models.attempt import Attempt
from moderation.escalation.channels.email import mail_call
from moderation.escalation.models import Channel, Step
from moderation.escalation.models.channel import refuse_without_offering

SHOWN_BEFORE = timedelta(minutes=10)
"""How long before its time the card comes up at the desk."""
MOST_RETRIES = 2


class CallableCallback:
    """What a booked call can do about being made."""

    State: Any
    pk: int
    brand: Any
    conversation: Any
    attempts: Any
    slot_at: Any
    state: str
    reminded_at: Any
    sequence: int
    save: Any

    @property
    def open_call(self) -> Attempt | None:
        """The call that somebody is making now."""
        return self.attempts.filter(accepted_at__isnull=False, outcome="").select_related("agent").first()

    @transaction.atomic
    def remind(self) -> None:
        """Ten minutes before: it is the next thing to do at the desk."""
        self.reminded_at = timezone.now()
        self.save(update_fields=["reminded_at"])
        item = self.conversation.item
        item.reopen(by=None, reason="callback", since=self.slot_at - SHOWN_BEFORE)
        item.notice("call")
        record(Verb.CALL_NEAR, actor=None, subject=self.conversation, callback=self.pk)
        self.show()

    @transaction.atomic
    def show_card(self, *, to: Person) -> Attempt:
        """The context card is on somebody's screen: from now on they may accept."""
        refuse_without_offering(to, self.brand)
        card, _is_new = Attempt.objects.get_or_create(callback_id=self.pk, agent=to, accepted_at=None)
        return card

    @transaction.atomic
    def accept(self, *, by: Person) -> Attempt:
        """Somebody makes the call. Only with the card before them, and one call at a time."""
        self.conversation.lock()
        refuse_without_offering(by, self.brand)
        if not by.can(Capability.SEE_CONTACT_DATA, self.brand.slug if self.brand else None):
            raise Refusal(_("Calling needs the number, and your role may not see it."), code="masked", status=403)
        if self.state != self.State.BOOKED:
            raise Refusal(_("This call is not booked any more."), code="over")
        if self.reminded_at is None:
            raise Refusal(_("It is too early: the card comes up ten minutes before."), code="early")
        card = self.attempts.select_for_update().filter(agent=by, accepted_at=None).first()
        if card is None:
            raise Refusal(_("Read the card first."), code="no_card")
        if other := Attempt.objects.filter(accepted_at__isnull=False, outcome="", agent=by).first():
            sentence = _("First say how your call with %(name)s went.")
            name = other.callback.conversation.customer.username
            raise Refusal(sentence % {"name": name}, code="outcome_missing")
        if self.open_call is not None:
            raise Refusal(_("A colleague is making this call."), code="held_by_other")
        card.accepted_at, card.sequence = timezone.now(), self.sequence
        card.save(update_fields=["accepted_at", "sequence"])
        self.conversation.item.claim(by=by, take_over=True, reason="callback")
        brand = self.brand.slug if self.brand else None
        self.conversation.customer.contact_for(by, purpose=f"callback {self.pk}", brand=brand, counted=False)
        record(Verb.CALL_ACCEPTED, actor=by, subject=self.conversation, callback=self.pk)
        self.show()
        return card

    @transaction.atomic
    def finish(self, outcome: str, *, by: Person, note: str = "") -> None:
        """What came of the call: talked, tried again in a while, or the customer is asked."""
        self.conversation.lock()
        call = self.refuse_unless_on_the_line(by)
        if outcome not in Attempt.Outcome.values:
            raise Refusal(_("Say how it went: reached, no answer or wrong number."), code="outcome_missing", status=422)
        call.outcome, call.note, call.ended_at = outcome, note[:500], timezone.now()
        call.save()
        self.conversation.mark(Step(outcome), by=by, via=Channel.CALL)
        record(Verb.CALL_MADE, actor=by, subject=self.conversation, callback=self.pk, outcome=outcome)
        if outcome == Attempt.Outcome.REACHED:
            self._settle(self.State.DONE, by)
        elif outcome == Attempt.Outcome.NO_ANSWER and self.retries_left > 0:
            self._try_again()
        else:
            self._settle(self.State.MISSED, by)
            mail_call("call_missed", self, key=f"call-missed-{call.pk}")
        self.show()

    def refuse_unless_on_the_line(self, person: Person) -> Attempt:
        """The call that this person is making. Raises for everybody else."""
        call = self.open_call
        if call is None or call.agent_id != person.pk:
            raise Refusal(_("You are not making this call."), code="not_calling")
        return call

    @property
    def retries_left(self) -> int:
        """How often we still try by ourselves at this slot."""
        unheard = 0
        for call in self.attempts.exclude(outcome="").order_by("-pk"):
            if call.outcome != Attempt.Outcome.NO_ANSWER or call.sequence != self.sequence:
                break
            unheard += 1
        return MOST_RETRIES + 1 - unheard

    def _try_again(self) -> None:
        self.slot_at = timezone.now() + timedelta(minutes=settings.CALLBACK_RETRY_MINUTES)
        self.reminded_at = None
        self.save(update_fields=["slot_at", "reminded_at"])
        self.conversation.item.release(by=self.attempts.last().agent)

    def _settle(self, state: str, by: Person) -> None:
        self.state = state
        self.save(update_fields=["state"])
        self.conversation.end_leg(Channel.CALL)
        self.conversation.item.forget("call")
        self.conversation.item.watch(by=by)

    def show(self) -> None:
        """The desks of its brand see what is next, and both sides where it stands."""
        for stream in self.conversation.item.streams:
            broadcast(stream, "", {}, event="calls")
        self.conversation.show_state()
