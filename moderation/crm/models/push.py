"""The outbox: what is to be said to the CRM, in order, and every attempt to say it."""

from datetime import timedelta
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.crm.models.case import Case
from moderation.crm.waking import wake

BUDGET = timedelta(hours=24)


class PushQuerySet(models.QuerySet["CasePush"]):
    """Which entries."""

    def visible_to(self, person: Any) -> Self:
        """The outbox is seen by those who connect CRMs and by supervisors, as far as their brands reach."""
        if person is None or not person.is_authenticated:
            return self.none()
        if not (person.can(Capability.CONNECT_CRM) or person.can(Capability.SUPERVISE)):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(person))

    def unsettled(self) -> Self:
        """Not yet sent, superseded or given up."""
        return self.filter(state__in=CasePush.UNSETTLED)

    def due(self) -> Self:
        return self.unsettled().filter(next_at__lte=timezone.now())

    def replay(self, *, by: Person) -> int:
        """Try dead entries again, each with a fresh budget. Answers how many."""
        dead = list(self.filter(state=CasePush.State.DEAD).order_by("pk"))
        for push in dead:
            push.replay(by=by)
        return len(dead)


class CasePush(models.Model):
    """One thing to say about one case: entries of a case are said strictly in order."""

    class Kind(models.TextChoices):
        CONTACT = "contact"
        CASE = "case"
        NOTE = "note"
        TOMBSTONE = "tombstone"
        STATUS = "status"
        ERASE = "erase"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        AMBIGUOUS = "ambiguous"
        SENT = "sent"
        SUPERSEDED = "superseded"
        DEAD = "dead"

    UNSETTLED = (State.WAITING, State.SENDING, State.AMBIGUOUS)

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pushes")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    ref = models.CharField(max_length=200, help_text="our reference of the record")
    key = models.CharField(max_length=255, unique=True, help_text="said twice, done once")
    source = models.CharField(max_length=40, blank=True, help_text="what it shows, such as post:12")
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = PushQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="one_place_per_push")]
        indexes = [
            models.Index(fields=["state", "next_at"], name="push_by_due"),
            models.Index(fields=["source"], name="push_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def is_overdue(self) -> bool:
        """Its 24 hours are used up."""
        return self.first_tried_at is not None and timezone.now() - self.first_tried_at > BUDGET

    @transaction.atomic
    def give_up(self, error: str) -> None:
        """Into the dead letters, and a supervisor is told."""
        self.state, self.error = self.State.DEAD, error[:500]
        self.save(update_fields=["state", "error"])
        record(Verb.PUSH_DEAD, actor=None, subject=self, case=self.case_id, item=self.case.item_id, kind=self.kind)

    @transaction.atomic
    def replay(self, *, by: Person) -> None:
        """Try a dead entry again, with a fresh budget."""
        if not by.can(Capability.CONNECT_CRM):
            raise Refusal("Only administrators replay what was given up.", code="not_yours", status=403)
        if self.state != self.State.DEAD:
            raise Refusal("Only entries that were given up can be replayed.", code="not_dead")
        # A create may have arrived although its answer was lost, so the first thing is to look.
        self.state, self.first_tried_at, self.next_at = self.State.AMBIGUOUS, None, timezone.now()
        self.save(update_fields=["state", "first_tried_at", "next_at"])
        record(Verb.PUSH_REPLAYED, actor=by, subject=self, case=self.case_id)
        wake(self.case_id)


class Attempt(models.Model):
    """One try: written down before it is made, so that a try without an end was cut off."""

    push = models.ForeignKey(CasePush, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
