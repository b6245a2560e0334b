"""An action: one thing that a decision did, as a row that can be undone."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from community.people.models import Person
from forums.threads.models import Post
from moderation.decisions.models.decision import Decision

STRIKES = ("warn", "silence", "suspend", "ban")
STRIKES_COUNT_FOR = timedelta(days=365)


class ActionQuerySet(models.QuerySet["Action"]):
    """Which actions."""

    def standing(self) -> Self:
        """Done, and not undone."""
        return self.filter(undone_at__isnull=True)

    def strikes_of(self, person: Person) -> Self:
        """What counts for the next step of the ladder: the sanctions of a year that were not taken back."""
        since = timezone.now() - STRIKES_COUNT_FOR
        return self.standing().filter(person=person, kind__in=STRIKES, created_at__gt=since)


class Action(models.Model):
    """Hid a post, suspended a person … `details` keep what is needed to take it back."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="actions")
    kind = models.SlugField(max_length=20, help_text="a name of `deeds`")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="actions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="actions_on")
    until = models.DateTimeField(null=True, blank=True)
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ActionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at"], name="action_by_person"),
            models.Index(fields=["post"], name="action_by_post"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def mark_undone(self, *, by: Any) -> None:
        """It was taken back."""
        self.undone_at, self.undone_by = timezone.now(), by
        self.save(update_fields=["undone_at", "undone_by"])
