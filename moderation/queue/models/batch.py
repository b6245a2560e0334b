"""The same done with several items at once, and taken back in one step."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.queue.models.claim import Claim
from moderation.queue.models.item import Item
from moderation.queue.models.preferring import Preference

MOST = 100
UNDONE_WITHIN = timedelta(days=1)
TIMES = ("snoozed_until", "peers_until", "closed_at")


class BatchQuerySet(models.QuerySet["Batch"]):
    """What was done at once."""

    @transaction.atomic
    def do(self, items: Iterable[Item], deed: str, *, by: Person, act: Callable[[Item], None]) -> "Batch":
        """Do it with each, or with none: the first that a rule refuses stops all, and is named."""
        batch = self.create(by=by, deed=deed)
        for item in items:
            item.hold()
            before = standing_of(item)
            try:
                act(item)
            except Refusal as refusal:
                raise Refusal(f"“{item}”: {refusal}", code=refusal.code, status=refusal.status) from refusal
            item.refresh_from_db(fields=["version"])
            batch.steps.create(item=item, before=before, version=item.version)
        return batch


class Batch(models.Model):
    """Somebody did one thing with several items."""

    class Deed(models.TextChoices):
        CLAIM = "claim", _l("claimed")
        ASSIGN = "assign", _l("assigned")
        SNOOZE = "snooze", _l("snoozed")
        CLOSE = "close", _l("closed")

    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    deed = models.CharField(max_length=8, choices=Deed.choices)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.get_deed_display()}, {self.created_at:%H:%M}"

    @transaction.atomic
    def undo(self, *, by: Person) -> tuple[int, int]:
        """Each item stands where it stood; those that have moved on since stay as they are now. How many of both."""
        row = type(self).objects.select_for_update().get(pk=self.pk)
        if row.by_id != by.pk:
            raise Refusal(_("Only who did it takes it back."), code="not_yours", status=403)
        if row.undone_at or row.created_at < timezone.now() - UNDONE_WITHIN:
            raise Refusal(_("This can no longer be taken back."), code="over")
        put_back = [step.put_back(by=by) for step in row.steps.select_related("item").order_by("pk")]
        row.undone_at = timezone.now()
        row.save(update_fields=["undone_at"])
        return put_back.count(True), put_back.count(False)


class BatchStep(models.Model):
    """One item of it: how it stood before, and its version afterwards."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="steps")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField()
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "item"], name="an_item_once_per_batch")]

    def __str__(self) -> str:
        return f"{self.item} in {self.batch}"

    def put_back(self, *, by: Person) -> bool:
        """The item as it stood, unless somebody has moved it since."""
        item, before = self.item, self.before
        item.hold()
        if item.version != self.version:
            return False
        item.state, item.assignee_id = before["state"], before["assignee"]
        for name in TIMES:
            setattr(item, name, moment(before[name]))
        Claim.objects.filter(item=item).delete()
        if before["holder"]:
            Claim.objects.create(item=item, holder_id=before["holder"])
        if before["named"] and not Preference.objects.filter(item=item).exists():
            Preference.objects.create(item=item, agent_id=before["named"]["agent"], until=before["named"]["until"])
        item.forget_claim()
        item.rank()
        item.version += 1
        item.moved_at = timezone.now()
        item.save()
        record(Verb.ITEM_PUT_BACK, actor=by, subject=item)
        return True


def standing_of(item: Item) -> dict[str, Any]:
    """Where an item stands: what the deeds that are done together can change."""
    claim = Claim.objects.filter(item=item).first()
    named = Preference.objects.filter(item=item).first()
    return {
        "state": item.state,
        "assignee": item.assignee_id,
        "holder": claim.holder_id if claim else None,
        "named": {"agent": named.agent_id, "until": named.until.isoformat()} if named else None,
        **{name: at.isoformat() if (at := getattr(item, name)) else None for name in TIMES},
    }


def moment(text: str | None) -> datetime | None:
    """A moment as it was kept."""
    return parse_datetime(text) if text else None
