"""Following a thread: being told of new answers."""

from django.db import models

from community.people.models import Person


class Follow(models.Model):
    """A person wants to hear of a thread."""

    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="one_follow_per_person_and_thread")]
