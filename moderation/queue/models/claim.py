"""Who has an item at hand."""

from typing import Any

from django.db import models, transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal


class Claim(models.Model):
    """One agent has one item at hand. Releasing deletes the row."""

    item = models.OneToOneField("queue.Item", on_delete=models.CASCADE, related_name="claim_row")
    holder = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    created_at = models.DateTimeField(auto_now_add=True)


class ClaimableItem:
    """What an item can do about being at hand."""

    pk: int
    claim_row: Any
    touch: Any

    @property
    def holder(self) -> Person | None:
        """Who has it at hand now."""
        claim = getattr(self, "claim_row", None)
        return claim.holder if claim else None

    @transaction.atomic
    def claim(self, *, by: Person, take_over: bool = False, reason: str = "") -> None:
        """Take it at hand. Somebody else's item is only taken over knowingly, with a reason."""
        refuse_without_queue(by)
        row, is_new = Claim.objects.select_for_update().get_or_create(item_id=self.pk, defaults={"holder": by})
        if row.holder_id == by.pk and not is_new:
            return
        previous = None if is_new else row.holder
        if previous is not None:
            if not take_over:
                raise Refusal(f"{previous} has this at hand. Take it over if you must.", code="held_by_other")
            row.holder = by
            row.save(update_fields=["holder"])
        self.claim_row = row
        self.touch()
        record(
            Verb.ITEM_CLAIMED,
            actor=by,
            subject=self,  # type: ignore[arg-type]
            previous=previous.pk if previous else None,
            reason=reason,
        )

    @transaction.atomic
    def release(self, *, by: Person) -> None:
        """Put it back for everybody."""
        if Claim.objects.filter(item_id=self.pk).delete()[0]:
            self.claim_row = None
            self.touch()
            record(Verb.ITEM_RELEASED, actor=by, subject=self)  # type: ignore[arg-type]


def refuse_without_queue(person: Person) -> None:
    """Raise a Refusal for people who do not work the queue."""
    if not person.can(Capability.WORK_THE_QUEUE):
        raise Refusal("Only the team works the queue.", code="not_staff", status=403)
