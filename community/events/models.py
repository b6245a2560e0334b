"""What happened, once and for all: one append-only table that everything else reads."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from community.events.audiences import PUBLIC
from community.prepared import PreparedRow, planned_once

WRITE = """
    INSERT INTO events_event (verb, actor_id, subject_type_id, subject_id, details, request_id, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id
"""


WRITE_AND_DEFER = """
    WITH written AS (
        INSERT INTO events_event (verb, actor_id, subject_type_id, subject_id, details, request_id, created_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id
    )
    SELECT id, procrastinate_defer_jobs_v1(ARRAY[ROW(
        %s::varchar, %s::varchar, 0, NULL, NULL, jsonb_build_object('event_id', id), NULL
    )::procrastinate_job_to_defer_v1]) FROM written
"""
"""With the job that delivers it, as the queue takes jobs in: one statement for what is written at every deed."""


class Event(models.Model):
    """Somebody did something to something. Never changed; details hold ids and small facts only.

    What is for staff eyes is deleted after years, by `cut_audit`; a reason can be covered, see `covering.py`.
    """

    verb = models.CharField(max_length=60, help_text="a value of Verb")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="deeds")
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_by_subject"),
            models.Index(fields=["verb", "id"], name="event_by_verb"),
            models.Index(fields=["actor", "id"], name="event_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"

    def write(self, job: tuple[str, str] | None = None) -> None:
        """Insert the row: one of many a second, so the statement is not put together by the ORM.

        With a `job`, its queue and its name, it is put in line in the same statement.
        """
        row = (
            self.verb, self.actor_id, self.subject_type_id, self.subject_id, json.dumps(self.details), self.request_id,
            self.created_at,
        )  # fmt: skip
        with planned_once() as cursor:
            cursor.execute(*((WRITE_AND_DEFER, (*row, *job)) if job else (WRITE, row)))
            self.pk = cursor.fetchone()[0]
        self._state.adding, self._state.db = False, connection.alias

    @property
    def is_public(self) -> bool:
        return self.verb in PUBLIC

    def read_subject(self) -> None:
        """Read the subject once for all subscribers, with what they ask of it (`for_events()`, if it has that)."""
        model: Any = ContentType.objects.get_for_id(self.subject_type_id).model_class()
        if model is not None and hasattr(model._default_manager, "for_events"):
            self.subject = subject_of(model).get(pk=self.subject_id)


@cache
def subject_of(model: Any) -> PreparedRow[Any]:
    """The subject of an event with what its subscribers ask of it."""
    return PreparedRow(lambda pk: model._default_manager.for_events().filter(pk=pk), pk=int)


class Delivery(models.Model):
    """One subscriber's copy of one event: waiting, done, or given up after the last try."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        DEAD = "dead"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="one_delivery_per_event_and_subscriber")
        ]
        indexes = [models.Index(fields=["state", "updated_at"], name="delivery_by_state")]
