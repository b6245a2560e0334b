"""What the team tells itself about an item. A note has no public flag to set wrongly."""

from django.db import models

from community.people.models import Person


class Note(models.Model):
    """An internal note on an item."""

    item = models.ForeignKey("queue.Item", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    source = models.TextField()
    html = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
