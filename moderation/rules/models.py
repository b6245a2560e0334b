"""A trial: what a rule of the gate would have met in the last thirty days."""

from typing import Any

from django.db import models
from django.utils import timezone

from community.people.models import Person
from community.policy.models import CheckRule, WordRule


class DryRun(models.Model):
    """One dry run. It keeps which posts, never their words. The concrete model names its `rule`."""

    version = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    looked_at = models.PositiveIntegerField(help_text="texts of the last thirty days")
    is_whole = models.BooleanField(default=True, help_text="it came to the end within its time")
    found = models.PositiveIntegerField()
    judged = models.PositiveIntegerField(help_text="of these: a moderator acted on them")
    samples = models.JSONField(default=list, help_text="ids of posts, the newest first")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    @property
    def stands(self) -> int:
        """What it would have met although nobody has found anything wrong with it."""
        return max(0, int(self.found) - int(self.judged))

    @property
    def sample_ids(self) -> list[Any]:
        return list(self.samples)


class Trial(DryRun):
    """Of one version of a rule of words."""

    rule = models.ForeignKey(WordRule, on_delete=models.CASCADE, related_name="trials")

    def __str__(self) -> str:
        return f"{self.rule} {self.version}"


class CheckTrial(DryRun):
    """Of a check, with numbers that need not be kept yet."""

    rule = models.ForeignKey(CheckRule, on_delete=models.CASCADE, related_name="trials")
    numbers = models.JSONField(default=dict, help_text="what it was tried with")

    def __str__(self) -> str:
        return f"{self.rule} {self.version}"

    @property
    def tried_with(self) -> list[tuple[Any, int]]:
        """Each number with its name."""
        return [(one.label, self.numbers[one.key]) for one in self.rule.ruled.numbers if one.key in self.numbers]

    @property
    def is_as_kept(self) -> bool:
        """Whether the check has these numbers now."""
        return all(self.rule.number(key) == value for key, value in self.numbers.items())
