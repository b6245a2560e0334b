"""How far somebody has read in a thread. Sent by the page when it is left, never by looking at it."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from community.people.models import Person


class ReadMarkQuerySet(models.QuerySet["ReadMark"]):
    """Keeping a place, and finding what is new since."""

    def move(self, thread: Any, post_id: int, *, by: Person) -> None:
        """The reader has come to this post; a place never goes back."""
        own = self.filter(thread=thread, person=by)
        row = self.model(thread=thread, person=by, post_id=post_id)
        if not own.filter(post_id__lt=post_id).update(post_id=post_id, moved_at=timezone.now()):
            self.bulk_create([row], ignore_conflicts=True)

    def of(self, person: Person) -> Self:
        return self.filter(person=person)


class ReadMark(models.Model):
    """One reader's place in one thread. The number is that of the last post seen; it may be gone since."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="read_marks")
    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="read_marks")
    post_id = models.BigIntegerField()
    moved_at = models.DateTimeField(default=timezone.now)

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="one_place_per_reader_and_thread")]
