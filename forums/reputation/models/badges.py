"""Badges that people have earned, each with its cause."""

from typing import Any, Self

from django.db import models

from community.people.badges import BADGES, Badge, Key
from community.people.models import Person
from forums.threads.models import Post


class AwardQuerySet(models.QuerySet["Award"]):
    """Which awards."""

    def in_force(self) -> Self:
        """Those whose cause is there."""
        return self.filter(ended_at__isnull=True)


class Award(models.Model):
    """Somebody has a badge, for this post. It ends when its cause goes, and is back when that is."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="awards")
    badge = models.CharField(max_length=16, choices=Key.choices)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="awards")
    created_at = models.DateTimeField(help_text="when what earned it happened")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "badge"], name="each_badge_once")]
        indexes = [
            models.Index(
                fields=["badge", "-created_at", "-id"],
                condition=models.Q(ended_at__isnull=True),
                name="award_by_badge",
            )
        ]

    def __str__(self) -> str:
        return f"{self.badge} of {self.person_id}"

    @property
    def rule(self) -> Badge:
        """The badge, with its words."""
        return BADGES[Key(self.badge)]


def awards_of(people: Any) -> dict[int, list[Award]]:
    """The badges of some people, in the order of the page of badges: one query for a page of names."""
    found: dict[int, list[Award]] = {}
    order = list(BADGES)
    for award in Award.objects.in_force().filter(person__in=people):
        found.setdefault(award.person_id, []).append(award)
    return {pk: sorted(awards, key=lambda award: order.index(Key(award.badge))) for pk, awards in found.items()}
