"""What a member wrote passed the gate: a mark of the words, and of new ones how long the form was open, for a month."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from community.people.models import Person

KEPT_FOR = timedelta(days=30)


class PassageQuerySet(models.QuerySet["Passage"]):
    """Which ones."""

    def forget(self) -> int:
        """What no check looks at any more. Answers how many rows."""
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]


class Passage(models.Model):
    """One text of a member. Of its words only a hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    where = models.CharField(max_length=20)
    words = models.CharField(max_length=32, blank=True, help_text="hash of the words; empty for a text of a few")
    seconds = models.FloatField(null=True, help_text="from the form to the text; empty when it came by no form")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PassageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="passage_by_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.where}"
