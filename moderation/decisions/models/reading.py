"""A second reading: one decision in twenty is made again by somebody else, who does not know the first."""

import hashlib
from typing import Any, Self

from django.db import models
from django.utils import timezone

from community.people.models import Person
from moderation.decisions.models.decision import Decision
from moderation.flags.models import Case, HouseRule

ONE_IN = 20


def is_sampled(decision: Decision) -> bool:
    """Five of a hundred, by a hash of the number: nobody chooses which."""
    return int(hashlib.sha256(f"reading {decision.pk}".encode()).hexdigest(), 16) % ONE_IN == 0


class SecondReadingQuerySet(models.QuerySet["SecondReading"]):
    """Which readings."""

    def open(self) -> Self:
        return self.filter(read_at__isnull=True).order_by("pk")

    def for_reader(self, person: Any) -> Self:
        """Open ones of others: nobody reads their own decision again."""
        cases = Case.objects.visible_to(person)
        return self.open().filter(decision__case__in=cases).exclude(decision__by=person)


class SecondReading(models.Model):
    """A colleague's judgement of the same case. Disagreement opens a talk, and changes nothing by itself."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="reading")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Case.Outcome.choices, blank=True)
    rule = models.ForeignKey(HouseRule, on_delete=models.PROTECT, null=True, related_name="+")
    is_agreeing = models.BooleanField(null=True)
    read_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SecondReadingQuerySet.as_manager()
