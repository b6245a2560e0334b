"""Text somebody is still writing, kept on the server so that no reload, sign-out or second device loses it."""

from typing import Self

from django.db import models

from community.people.models import Person


class DraftQuerySet(models.QuerySet["Draft"]):
    """Which drafts."""

    def visible_to(self, person: Person) -> Self:
        """Nobody reads somebody else's draft."""
        return self.filter(person=person)


class Draft(models.Model):
    """The unfinished text of one person in one place, such as `ask`, `thread:42` or `post:7`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=80)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="one_draft_per_person_and_place")]
