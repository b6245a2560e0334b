"""A decision: what somebody made of a case, by which rule, on which wording."""

from datetime import timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from community.people.models import Person
from moderation.flags.models import Case, HouseRule

UNDO_WITHIN = timedelta(days=30)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions."""

    def standing(self) -> Self:
        """Not undone."""
        return self.filter(undone_at__isnull=True)

    def acted(self) -> Self:
        return self.filter(outcome=Case.Outcome.ACTED)

    def found_by(self, rule: str) -> Self:
        """Decisions about what a rule of the gate had found, such as `words:12`."""
        return self.filter(detected_by__contains=[rule])

    def precision_of(self, rule: str) -> tuple[int, int]:
        """How often a rule of the gate was right, of how many that people decided.

        What was decided against somebody and overturned on their appeal was wrong, and so was the rule.
        """
        overturned = models.Q(appeals__outcome="overturned", appeals__flag=None)
        judged = self.found_by(rule).filter(models.Q(undone_at=None) | overturned, is_made_by_machine=False).distinct()
        return judged.standing().acted().count(), judged.count()


class Decision(models.Model):
    """One decision about one case. What it did are its actions; what the person was told is its statement."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", help_text="empty: a rule or a command did"
    )
    outcome = models.CharField(max_length=10, choices=Case.Outcome.choices)
    rule = models.ForeignKey(HouseRule, on_delete=models.PROTECT, null=True, related_name="decisions")
    facts = models.CharField(max_length=1000, blank=True, help_text="what was found, for the person")
    subject_version = models.CharField(max_length=40, blank=True, help_text="the wording it was made on")
    detected_by = ArrayField(models.CharField(max_length=80), default=list, help_text="rules that had found it")
    is_found_by_machine = models.BooleanField(default=False)
    is_made_by_machine = models.BooleanField(default=False)
    machine = models.CharField(
        max_length=100, blank=True, db_default="", help_text="the rule that decided, with its version: waves:posts@1"
    )
    is_private = models.BooleanField(default=False, help_text="left out of the public log")
    is_mailed_later = models.BooleanField(default=False, db_default=False, help_text="its mail waits, see telling.py")
    batch = models.UUIDField(null=True, blank=True, help_text="decided together in one step")
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_why = models.CharField(max_length=500, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-created_at"], name="decision_by_time"),
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name="decision_by_batch"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="left") | models.Q(rule__isnull=False, facts__gt=""),
                name="who_acts_names_a_rule_and_the_facts",
            ),
            models.CheckConstraint(
                condition=models.Q(machine="") | models.Q(by__isnull=True, is_made_by_machine=True),
                name="a_machine_decides_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:case-detail", args=[self.case_id])

    @property
    def is_standing(self) -> bool:
        return self.undone_at is None

    @property
    def is_undoable(self) -> bool:
        """Made within the last thirty days, and still standing."""
        return self.is_standing and timezone.now() < self.created_at + UNDO_WITHIN

    def mark_undone(self, *, by: Any, reason: str) -> None:
        """It no longer stands."""
        self.undone_at, self.undone_by, self.undone_why = timezone.now(), by, reason[:500]
        self.save(update_fields=["undone_at", "undone_by", "undone_why"])
