"""The states of an item: assigned, snoozed, watched, closed, open again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.queue.models.claim import Claim, refuse_without_queue


class MovableItem:
    """What an item can do about where it stands. `version` is the one the asking page was made from."""

    State: Any
    objects: Any
    pk: int
    state: str
    assignee: Any
    assignee_id: int | None
    signals: list[str]
    responded_at: Any
    hold: Any
    rank: Any
    start_clock: Any
    pause_clock: Any
    resume_clock: Any
    save: Any
    drop_preference: Any

    def may_be_assigned_by(self, person: Any, assignee: Person | None) -> bool:
        """Everybody of the team takes things and puts them back; giving them to others is a supervisor's."""
        takes = assignee is not None and assignee.pk == person.pk
        gives_back = assignee is None and self.assignee_id in (None, person.pk)
        passes_on = self.assignee_id in (None, person.pk)
        return takes or gives_back or passes_on or person.can(Capability.ASSIGN_OTHERS)

    @transaction.atomic
    def assign(self, assignee: Person | None, *, by: Person, version: int | None = None) -> None:
        """Give it to somebody of the team, or to nobody."""
        refuse_without_queue(by)
        self.hold(version)
        if assignee and not type(self).objects.visible_to(assignee).filter(pk=self.pk).exists():
            raise Refusal(f"{assignee} does not work on this brand.", code="wrong_brand", status=422)
        if not self.may_be_assigned_by(by, assignee):
            raise Refusal(
                f"{self.assignee} has this. A supervisor can give it to somebody else.", code="assigned", status=403
            )
        before = self.assignee_id
        if before != (assignee.pk if assignee else None):
            self.assignee = assignee
            self._move(Verb.ITEM_ASSIGNED, by, before=before, after=assignee.pk if assignee else None)

    @transaction.atomic
    def snooze(self, until: datetime, *, by: Person, version: int | None = None) -> None:
        """Out of the way until a moment in the future; a new word of the customer wakes it earlier."""
        refuse_without_queue(by)
        self.hold(version)
        if until <= timezone.now():
            raise Refusal("Choose a time in the future.", code="past", status=422)
        self.state, self.snoozed_until, self.peers_until = self.State.SNOOZED, until, None
        self._let_go()
        self._move(Verb.ITEM_SNOOZED, by, until=until.isoformat())

    @transaction.atomic
    def wake(self, *, by: Person | None = None) -> None:
        """The snooze is over, and it waits again from where it stood; after the peers' time it begins to wait."""
        self.hold()
        if self.state == self.State.SNOOZED:
            self.waiting_since = self.peers_until or self.waiting_since
            self._open()
            self._move(Verb.ITEM_WOKEN, by)

    @transaction.atomic
    def close(self, *, by: Person | None, reason: str = "", version: int | None = None) -> None:
        """Nothing waits here any more. Without `by` it closes itself: solved, hidden, settled."""
        if by is not None:
            refuse_without_queue(by)
        self.hold(version)
        if self.state != self.State.CLOSED:
            self.state, self.closed_at, self.snoozed_until = self.State.CLOSED, timezone.now(), None
            self._let_go()
            self._move(Verb.ITEM_CLOSED, by, reason=reason)

    @transaction.atomic
    def reopen(
        self, *, by: Person | None, reason: str = "", since: datetime | None = None, version: int | None = None
    ) -> None:
        """Something waits again: the customer spoke (`since`), or an agent saw more to do."""
        self.hold(version)
        if self.state == self.State.OPEN:
            return
        came_back = self.state in (self.State.CLOSED, self.State.WATCHING)
        self.waiting_since = since or timezone.now()
        if self.state == self.State.CLOSED:
            self.start_clock(self.waiting_since)
        else:
            self.resume_clock(self.waiting_since)
        if came_back and "reopened" not in self.signals:
            self.signals = [*self.signals, "reopened"]
        self._open()
        self._move(Verb.ITEM_REOPENED, by, reason=reason)

    @transaction.atomic
    def watch(self, *, by: Person | None) -> None:
        """Answered: kept in sight until the customer says more."""
        self.hold()
        if self.state in (self.State.OPEN, self.State.SNOOZED):
            self.state, self.snoozed_until, self.peers_until = self.State.WATCHING, None, None
            self.pause_clock(timezone.now())
            self._let_go()
            self._move(Verb.ITEM_ANSWERED, by)

    @transaction.atomic
    def notice(self, *signals: str) -> None:
        """Triage saw something in the text, or others joined: keep it, and the place in the queue."""
        self.hold()
        self.signals = sorted({*self.signals, *signals})
        self.rank()
        self.save(update_fields=["signals", "ranks_at"])

    @transaction.atomic
    def hear_out(self, *, by: Person) -> None:
        """Answered while both sides are there: the first promise is kept, and it stays at hand."""
        self.hold()
        if self.responded_at is None:
            self.responded_at = timezone.now()
            self._move(Verb.ITEM_ANSWERED, by)

    @transaction.atomic
    def forget(self, *signals: str) -> None:
        """What triage saw is over."""
        self.hold()
        self.signals = sorted(set(self.signals) - set(signals))
        self.rank()
        self.save(update_fields=["signals", "ranks_at"])

    def _open(self) -> None:
        self.state, self.closed_at, self.snoozed_until, self.peers_until = self.State.OPEN, None, None, None

    def _let_go(self) -> None:
        if self.state != self.State.SNOOZED:
            self.drop_preference()
        Claim.objects.filter(item_id=self.pk).delete()
        self.forget_claim()

    def _move(self, verb: Verb, by: Person | None, **details: Any) -> None:
        self.version += 1
        self.moved_at = timezone.now()
        self.rank()
        self.save()
        record(verb, actor=by, subject=self, **details)  # type: ignore[arg-type]
