"""Earlier wordings of a post."""

from django.db import models

from community.people.models import Person


class Revision(models.Model):
    """What a post said before an edit: number 1 is the first wording."""

    post = models.ForeignKey("threads.Post", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    source = models.TextField()
    editor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="who wrote this wording")
    alias = models.CharField(max_length=60, blank=True, db_default="", help_text="their persona's name, as staff")
    is_suggested = models.BooleanField(default=False, db_default=False, help_text="they had suggested it")
    reason = models.CharField(max_length=200, blank=True, help_text="why it was then changed")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revisions_are_numbered")]
