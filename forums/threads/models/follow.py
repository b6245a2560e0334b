"""Following a thread: being told of new answers. Muting it: being told of nothing in it."""

from django.db import models

from community.notifications.models import Level
from community.people.models import Person


class Follow(models.Model):
    """A person wants to hear of a thread: at once, or (tracking it) in the tray and the digest only."""

    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    level = models.CharField(max_length=5, choices=Level.choices, default=Level.WATCH, db_default=Level.WATCH)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="one_follow_per_person_and_thread"),
            models.CheckConstraint(condition=models.Q(level__in=["watch", "track"]), name="who_follows_hears"),
        ]


class Muting(models.Model):
    """A person wants to hear nothing of a thread, not even when they are mentioned in it."""

    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="mutings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mutings")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="a_thread_is_muted_once")]
