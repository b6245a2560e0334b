"""Badges that people have earned, each with its cause."""

from typing import Self

from django.db import models

from community.people.badges import BADGES, Badge, Key
from community.people.models import Person
from forums.threads.models import Post


class AwardQuerySet(models.QuerySet["Award"]):
    """Which awards."""

    def in_force(self) -> Self:
        """Those whose cause is there."""
        return self.filter(ended_at__isnull=True)

    def seen(self) -> Self:
        """Those whose cause everybody can read at this moment: what was hidden a second ago is named nowhere."""
        can_be_read = {"post__is_hidden": False, "post__removed_at__isnull": True, "post__thread__is_hidden": False}
        return self.in_force().filter(**can_be_read)


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
