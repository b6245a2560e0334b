"""A trial: what a rule of words would have met in the last thirty days."""

from typing import Any

from django.db import models
from django.utils import timezone

from community.people.models import Person
from community.policy.models import WordRule


class Trial(models.Model):
    """One dry run of one version. It keeps which posts, never their words."""

    rule = models.ForeignKey(WordRule, on_delete=models.CASCADE, related_name="trials")
    version = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    looked_at = models.PositiveIntegerField(help_text="texts of the last thirty days")
    is_whole = models.BooleanField(default=True, help_text="it came to the end within its time")
    found = models.PositiveIntegerField()
    judged = models.PositiveIntegerField(help_text="of these: a moderator acted on them")
    samples = models.JSONField(default=list, help_text="ids of posts, the newest first")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.rule} {self.version}"

    @property
    def stands(self) -> int:
        """What it would have met although nobody has found anything wrong with it."""
        return max(0, int(self.found) - int(self.judged))

    @property
    def sample_ids(self) -> list[Any]:
        return list(self.samples)
