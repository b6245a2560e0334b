"""The people who look: what they say to each other about a case, and how much of the hard part they have seen."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.people.models import Person
from moderation.flags.models import Case


class CaseNote(models.Model):
    """A moderator's note in a case, for colleagues. Facts only: the person concerned may ask to read it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]


class ExposureQuerySet(models.QuerySet["Exposure"]):
    """Which."""

    def today(self, person: Any) -> Self:
        """What this person had to look at in the last day."""
        return self.filter(person=person, created_at__gt=timezone.now() - timedelta(days=1))


class Exposure(models.Model):
    """Somebody opened a case that is hard to look at. Above the limit of a day the queue serves other cases."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ExposureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "case"], name="a_case_is_hard_once")]
        indexes = [models.Index(fields=["person", "-created_at"], name="exposure_by_person")]


def has_seen_enough(person: Any) -> bool:
    """Whether the queue should spare this person for today."""
    return Exposure.objects.today(person).count() >= settings.SENSITIVE_CASES_A_DAY
