"""Who has an item at hand."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import PreparedRow
from community.refusals import Refusal


class Claim(models.Model):
    """One agent has one item at hand. Releasing deletes the row."""

    item = models.OneToOneField("queue.Item", on_delete=models.CASCADE, related_name="claim_row")
    holder = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    created_at = models.DateTimeField(auto_now_add=True)


claim_of = PreparedRow(lambda item: Claim.objects.filter(item=item).select_related("holder"), item=int)


class ClaimableItem:
    """What an item can do about being at hand."""

    pk: int
    _state: Any
    hold: Any
    touch: Any

    @property
    def holder(self) -> Person | None:
        """Who has it at hand now."""
        try:
            return self.claim_row.holder  # type: ignore[attr-defined]
        except ObjectDoesNotExist:
            return None

    def forget_claim(self) -> None:
        """Read the holder anew when it is next asked for."""
        self._state.fields_cache.pop("claim_row", None)

    @transaction.atomic
    def claim(self, *, by: Person, take_over: bool = False, reason: str = "") -> None:
        """Take it at hand. Somebody else's item is only taken over knowingly, with a reason."""
        refuse_without_queue(by)
        self.hold()
        row = claim_of.get(item=self.pk)
        if row and row.holder_id == by.pk:
            return
        if row and not take_over:
            raise Refusal(f"{row.holder} has this at hand. Take it over if you must.", code="held_by_other")
        if row and not reason.strip():
            raise Refusal(f"Say why, so that {row.holder} understands.", code="reason_missing", status=422)
        previous = row.holder_id if row else None
        row = row or Claim(item_id=self.pk)
        row.holder = by
        row.save()
        self.forget_claim()
        self.touch()
        record(Verb.ITEM_CLAIMED, actor=by, subject=self, previous=previous, reason=reason)  # type: ignore[arg-type]

    @transaction.atomic
    def release(self, *, by: Person) -> None:
        """Put it back for everybody. Only the holder does that; others take it over, with a reason."""
        refuse_without_queue(by)
        self.hold()
        row = claim_of.get(item=self.pk)
        if row is None:
            return
        if row.holder_id != by.pk:
            raise Refusal(f"{row.holder} has this at hand. Take it over if you must.", code="held_by_other")
        row.delete()
        self.forget_claim()
        self.touch()
        record(Verb.ITEM_RELEASED, actor=by, subject=self)  # type: ignore[arg-type]


def refuse_without_queue(person: Person) -> None:
    """Raise a Refusal for people who do not work the queue."""
    if not person.can(Capability.WORK_THE_QUEUE):
        raise Refusal("Only the team works the queue.", code="not_staff", status=403)
