"""The ledger and the standing that is kept from it."""

from typing import Self

from django.db import models
from django.utils import timezone

from community.people.models import Person
from forums.reputation.rules import RULES, Giver, Kind, Rule
from forums.threads.models import Post


class PointQuerySet(models.QuerySet["Point"]):
    """Ways to ask for lines of the ledger."""

    def in_force(self) -> Self:
        """Those that count: whose cause is there and can be seen."""
        return self.filter(ended_at__isnull=True)

    def of(self, person: Person) -> Self:
        """One person's lines, for reading."""
        return self.filter(person=person).select_related("post__thread")


class Point(models.Model):
    """One line of the ledger: who was thanked, for what, by which kind of person, when.

    There is one line for each cause (a vote, a solution …), however often it is taken back and given again: taking it
    back ends the line, giving it again revives it under its first date.
    """

    class Ended(models.TextChoices):
        TAKEN_BACK = "taken_back"
        UNSEEN = "unseen"
        VOIDED = "voided"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    amount = models.SmallIntegerField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="points")
    giver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="points_given")
    giver_class = models.CharField(max_length=10, choices=Giver.choices)
    created_at = models.DateTimeField(help_text="when the vote was cast, the answer accepted …")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=12, choices=Ended.choices, blank=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "kind", "giver", "person"], name="one_line_for_each_cause_and_person"
            )
        ]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="point_by_person"),
            models.Index(fields=["created_at"], condition=models.Q(ended_at__isnull=True), name="point_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.amount:+d} {self.kind}"

    @property
    def rule(self) -> Rule:
        """The rule that it follows, with its words."""
        return RULES[Kind(self.kind)]

    @property
    def worth(self) -> int:
        """What it counts now."""
        return 0 if self.ended_at else self.amount


class Standing(models.Model):
    """The sums of a person's ledger, kept so that pages need not add up. The windows roll: see `tasks.py`."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    points = models.IntegerField(default=0)
    solutions = models.PositiveIntegerField(default=0)
    verified = models.PositiveIntegerField(default=0)
    week_points = models.IntegerField(default=0, help_text="of the last seven days")
    week_solutions = models.PositiveIntegerField(default=0)
    season_points = models.IntegerField(default=0, help_text="of the last ninety days")
    season_solutions = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["-week_points"], condition=models.Q(week_points__gt=0), name="standing_by_week"),
            models.Index(fields=["-season_points"], condition=models.Q(season_points__gt=0), name="standing_by_season"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.points}"
