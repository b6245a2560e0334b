"""Who is looking at an item now. A hint for colleagues, never a lock: `seen=` of the answer is the lock."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from community.people.models import Person

GONE_AFTER = timedelta(seconds=45)  # three heartbeats of the page


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Who is here."""

    def fresh(self) -> Self:
        """Seen within the last three heartbeats."""
        return self.since(timezone.now() - GONE_AFTER)

    def since(self, moment: datetime) -> Self:
        """Seen after that moment."""
        return self.filter(seen_at__gt=moment).select_related("person")


class Presence(models.Model):
    """One agent has one item open in a page that lives, and reads or writes there."""

    class Doing(models.TextChoices):
        READING = "reading"
        WRITING = "writing"

    item = models.ForeignKey("queue.Item", on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    doing = models.CharField(max_length=8, choices=Doing.choices)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["person_id"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="one_presence_per_item_and_person")]


class AttendedItem:
    """What an item can do about people who have it open."""

    pk: int
    presences: Any

    def attend(self, doing: str, *, by: Person) -> bool:
        """Note that somebody reads or writes here, or is "gone". Answers whether colleagues see a change."""
        rows = Presence.objects.filter(item_id=self.pk, person=by)
        if doing not in Presence.Doing.values:
            return bool(rows.delete()[0])
        if rows.fresh().filter(doing=doing).update(seen_at=timezone.now()):
            return False
        Presence.objects.update_or_create(
            item_id=self.pk, person=by, defaults={"doing": doing, "seen_at": timezone.now()}
        )
        return True
