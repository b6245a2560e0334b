"""What is known of a customer that an ordering may count, between nothing and one."""

from typing import Any

from django.db import models
from django.utils import timezone

from community.people.models import Person

FULL_INFLUENCE = 50_000
"""So many followers elsewhere count as influence 1. Only the number is kept, never who they are."""


def influence_of(followers: int) -> float:
    """How far somebody is heard, between 0 and 1."""
    return min(1.0, followers / FULL_INFLUENCE)


class CustomerFactsQuerySet(models.QuerySet[Any]):
    """What is known of whom."""

    def note(self, person: Person, *, source: str, **facts: Any) -> Any:
        """Keep what a source says of a customer (`loyalty`, `followers`), and give their open items their place."""
        row, _ = self.update_or_create(person=person, defaults={**facts, "source": source, "noted_at": timezone.now()})
        for item in person.items.exclude(state="closed"):  # type: ignore[attr-defined]
            item.notice()
        return row


class CustomerFacts(models.Model):
    """One customer's loyalty, as the CRM says it, and how many follow them elsewhere. Off by default."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="customer_facts")
    loyalty = models.FloatField(default=0)
    followers = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=100)
    noted_at = models.DateTimeField()

    objects = CustomerFactsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(loyalty__range=(0, 1)), name="loyalty_is_between_nothing_and_one")
        ]

    def __str__(self) -> str:
        return f"what is known of {self.person}"

    @property
    def influence(self) -> float:
        """Between 0 and 1."""
        return influence_of(self.followers)
