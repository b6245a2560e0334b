"""Trust levels: what each asks for (dated plans), who moved when and why, and who has time to make up for it."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils import timezone

from community.people.models import Person
from community.people.trust import HIGHEST
from forums.reputation.bars import USUAL, USUAL_GRACE, Asked


class LevelPlanQuerySet(models.QuerySet["LevelPlan"]):
    """Which plans."""

    def standing(self) -> Self:
        """Those that nobody has called off."""
        return self.filter(withdrawn_at__isnull=True)

    def to_come(self, at: datetime | None = None) -> Self:
        """Plans that wait for their day."""
        return self.standing().filter(applies_from__gt=at or timezone.now())

    def in_force(self, at: datetime | None = None) -> "LevelPlan | None":
        """The plan that holds now; None while nobody has changed the usual one."""
        begun = self.standing().filter(applies_from__lte=at or timezone.now())
        return begun.order_by("-applies_from", "-pk").first()


class LevelPlan(models.Model):
    """What the levels ask for from a day on: who decided it, why, and what the simulation said."""

    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    grace_days = models.PositiveSmallIntegerField(default=USUAL_GRACE)
    applies_from = models.DateTimeField()
    up = models.PositiveIntegerField(help_text="people who would go up, when it was simulated")
    down = models.PositiveIntegerField(help_text="people who would go down, when it was simulated")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = LevelPlanQuerySet.as_manager()

    def __str__(self) -> str:
        return f"levels from {self.applies_from:%Y-%m-%d}"

    @property
    def asked(self) -> list[Asked]:
        """What it asks for, from level 1 to the highest."""
        return [bar.asked for bar in self.bars.order_by("level")]

    @property
    def is_to_come(self) -> bool:
        return self.withdrawn_at is None and self.applies_from > timezone.now()


class Bar(models.Model):
    """What one level asks for in one plan."""

    plan = models.ForeignKey(LevelPlan, on_delete=models.CASCADE, related_name="bars")
    level = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField(help_text="with an account for so long")
    points = models.PositiveIntegerField()
    helped = models.PositiveSmallIntegerField(help_text="answers that solved it or were verified")
    people = models.PositiveSmallIntegerField(help_text="different people who gave thanks")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "level"], name="one_bar_for_each_level_of_a_plan"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=HIGHEST), name="a_bar_is_of_level_1_to_4"
            ),
        ]

    @property
    def asked(self) -> Asked:
        return Asked(self.days, self.points, self.helped, self.people)


class LevelChange(models.Model):
    """Somebody moved to another level: when, and what they had then."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="level_changes")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    points = models.IntegerField()
    helped = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    plan = models.ForeignKey(LevelPlan, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="level_change_by_person")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

    @property
    def is_up(self) -> bool:
        return self.after > self.before


class Grace(models.Model):
    """Somebody no longer meets what their level asks for, was told, and keeps it until then. Closed when it is over."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="graces")
    level = models.PositiveSmallIntegerField(help_text="the level they may lose")
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(closed_at__isnull=True), name="one_open_grace_per_person"
            )
        ]

    def close(self, at: datetime) -> None:
        """They made up for it, or went down."""
        self.closed_at = at
        self.save(update_fields=["closed_at"])


def asked_now(at: datetime | None = None) -> tuple[LevelPlan | None, list[Any], int]:
    """The plan in force, what it asks for, and for how many days somebody keeps a level they no longer meet."""
    plan = LevelPlan.objects.in_force(at)
    return (plan, plan.asked, plan.grace_days) if plan else (None, list(USUAL), USUAL_GRACE)
