"""What a member wrote passed the gate: a mark of the words, and of new ones how long the form was open, for a month."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from community.people.models import Person
from community.prepared import planned_once

KEPT_FOR = timedelta(days=30)
DAY = timedelta(days=1)
NOTE = """
    WITH noted AS (
        INSERT INTO policy_passage (person_id, "where", words, seconds, created_at)
        VALUES (%s, %s, %s, %s, %s)
    )
    SELECT count(*) FROM policy_passage WHERE person_id = %s AND created_at > %s AND words = %s
"""
"""The count is of what was there before."""


class PassageQuerySet(models.QuerySet["Passage"]):
    """Which ones."""

    def note(self, person: Person, where: str, words: str, seconds: float | None) -> int:
        """Write down a text, and answer how often they have posted these words within a day before it."""
        now = timezone.now()
        with planned_once() as cursor:  # at every post, so not put together by the ORM
            cursor.execute(NOTE, [person.pk, where, words, seconds, now, person.pk, now - DAY, words])
            return int(cursor.fetchone()[0])

    def forget(self) -> int:
        """What no check looks at any more. Answers how many rows."""
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]


class Passage(models.Model):
    """One text of a member. Of its words only a hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    where = models.CharField(max_length=20)
    words = models.CharField(max_length=32, blank=True, help_text="hash of the words; empty for a text of a few")
    seconds = models.FloatField(null=True, help_text="from the form to the text; empty when it came by no form")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PassageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="passage_by_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.where}"
