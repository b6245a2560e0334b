"""An appeal: once for each decision, within six months, answered by somebody else within a week."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from community.people.models import Person
from moderation.decisions.models.decision import Decision
from moderation.flags.models import Case, Flag

ANSWERED_WITHIN = timedelta(days=7)


def due() -> Any:
    """A week from now."""
    return timezone.now() + ANSWERED_WITHIN


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Which appeals."""

    def open(self) -> Self:
        """Nobody has answered yet, the oldest first."""
        return self.filter(decided_at__isnull=True).order_by("due_at", "pk")

    def visible_to(self, person: Any) -> Self:
        """Appeals about cases that this person sees."""
        return self.filter(decision__case__in=Case.objects.visible_to(person))

    def late(self) -> Self:
        return self.open().filter(due_at__lt=timezone.now(), escalated_at__isnull=True)


class Appeal(models.Model):
    """Somebody says that a decision was wrong: the person it concerns, or whoever had reported it in vain."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld"
        MODIFIED = "modified"
        OVERTURNED = "overturned"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="appeals")
    flag = models.ForeignKey(
        Flag, on_delete=models.CASCADE, null=True, related_name="appeals", help_text="empty: the person concerned"
    )
    by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="appeals")
    text = models.CharField(max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=due)
    escalated_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "flag"], nulls_distinct=False, name="one_appeal_per_decision")
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(decided_at__isnull=True), name="appeal_waiting")]

    def __str__(self) -> str:
        return f"appeal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:appeal-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_at < timezone.now()

    @property
    def is_by_reporter(self) -> bool:
        return self.flag_id is not None


class AppealFile(models.Model):
    """What came with an appeal: one file, kept apart, seen by who decides on it."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="file")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    data = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
