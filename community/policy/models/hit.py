"""What a rule of words met: counted for each version, in the shadow as in force. Never the words themselves."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from community.people.models import Person
from community.policy.models.word_rule import WordRule

COUNTED_FOR = timedelta(days=30)


class WordHitQuerySet(models.QuerySet["WordHit"]):
    """Which hits."""

    def recent(self) -> Self:
        """Of the last thirty days."""
        return self.filter(created_at__gt=timezone.now() - COUNTED_FOR)


class WordHit(models.Model):
    """One text at one door in which a rule found its words."""

    rule = models.ForeignKey(WordRule, on_delete=models.CASCADE, related_name="hits")
    version = models.PositiveIntegerField()
    is_shadow = models.BooleanField(default=False)
    action = models.CharField(max_length=10)
    where = models.CharField(max_length=20)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = WordHitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["rule", "-created_at"], name="word_hit_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.where}"
