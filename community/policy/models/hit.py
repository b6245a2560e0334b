"""What a rule of the gate met: counted for each version, in the shadow as in force. Never the words themselves."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from community.people.models import Person
from community.policy.models.check_rule import CheckRule
from community.policy.models.word_rule import WordRule

COUNTED_FOR = timedelta(days=30)
KEPT = "kept"
"""The action of a hit that its writer contradicted: this is no private detail, publish it."""


class HitQuerySet(models.QuerySet["Hit"]):
    """Which hits."""

    def recent(self) -> Self:
        """Of the last thirty days."""
        return self.filter(created_at__gt=timezone.now() - COUNTED_FOR)


class Hit(models.Model):
    """One text at one door in which a rule found something. The concrete model names its `rule`."""

    version = models.PositiveIntegerField()
    is_shadow = models.BooleanField(default=False)
    action = models.CharField(max_length=10)
    where = models.CharField(max_length=20)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = HitQuerySet.as_manager()

    class Meta:
        abstract = True


class WordHit(Hit):
    """A rule of words found its words."""

    rule = models.ForeignKey(WordRule, on_delete=models.CASCADE, related_name="hits")

    class Meta:
        indexes = [models.Index(fields=["rule", "-created_at"], name="word_hit_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.where}"


class CheckHit(Hit):
    """A check found something."""

    rule = models.ForeignKey(CheckRule, on_delete=models.CASCADE, related_name="hits")

    class Meta:
        indexes = [models.Index(fields=["rule", "-created_at"], name="check_hit_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.where}"
