"""What counts for the order of the queue, from a day on. The newest row is in force, the older ones are its history."""

from dataclasses import asdict
from math import ceil
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import PreparedRow
from community.refusals import Refusal
from moderation.queue.priority import (
    WEIGHT_OF_INFLUENCE,
    WEIGHT_OF_LOYALTY,
    WEIGHT_OF_SAME_PROBLEM,
    WEIGHT_OF_SEVERITY,
    WEIGHT_OF_WAITING,
    Weights,
)

SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class OrderingQuerySet(models.QuerySet[Any]):
    """Which orderings there were."""

    def in_force(self) -> Any:
        """The one that counts now."""
        return newest.get() or self.model()

    @transaction.atomic
    def change(self, *, by: Person, reason: str, **weights: Any) -> Any:
        """Let other weights count from now on, and give every open item its new place. Only supervisors do.

        Raises a Refusal without a reason, or for a weight outside its bounds.
        """
        if not by.can(Capability.SUPERVISE):
            raise Refusal("Only supervisors change the order.", code="not_yours", status=403)
        if not reason.strip():
            raise Refusal("Say why. Customers read it on the page about the order.", code="reason_missing", status=422)
        before = self.in_force()
        after = self.model(by=by, reason=reason.strip(), **{**asdict(before.weights), **weights})
        after.clean_fields(exclude=["by"])
        after.save(force_insert=True)
        record(
            Verb.ORDERING_CHANGED, actor=by, subject=after, before=asdict(before.weights), after=asdict(after.weights)
        )
        return after


class Ordering(models.Model):
    """One version of the formula's weights (see `moderation/queue/priority.py`).

    Influence never weighs more than 1, which is 15 of the formula's points: nobody is served first only for being
    heard by many.
    """

    target_minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(1440)]
    )
    loyalty_weight = models.FloatField(default=0, validators=SHARE)
    influence_weight = models.FloatField(default=0, validators=SHARE)
    long_tail_percent = models.PositiveSmallIntegerField(default=20, validators=[MaxValueValidator(50)])
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrderingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(loyalty_weight__range=(0, 1)) & models.Q(influence_weight__range=(0, 1)),
                name="weights_stay_between_nothing_and_one",
            ),
            models.CheckConstraint(condition=models.Q(long_tail_percent__lte=50), name="long_tail_takes_half_at_most"),
        ]

    def __str__(self) -> str:
        return f"the order of the queue, version {self.pk}"

    @property
    def weights(self) -> Weights:
        """As what the formula reckons with."""
        return Weights(**{name: getattr(self, name) for name in asdict(Weights())})

    @property
    def bound_minutes(self) -> int:
        """Nothing that comes so much later gets ahead: all other points together, as time."""
        points = WEIGHT_OF_SEVERITY + WEIGHT_OF_SAME_PROBLEM
        points += WEIGHT_OF_LOYALTY * self.loyalty_weight + WEIGHT_OF_INFLUENCE * self.influence_weight
        return ceil(points / WEIGHT_OF_WAITING * self.target_minutes)

    def changes_from(self, older: Self | None) -> list[tuple[str, Any, Any]]:
        """What this version set anew: name, before, after."""
        before, after = asdict(older.weights if older else self.weights), asdict(self.weights)
        return [(name, before[name], value) for name, value in after.items() if before[name] != value]


newest = PreparedRow(lambda: Ordering.objects.order_by("-pk")[:1])
