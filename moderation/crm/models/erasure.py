"""Somebody asked to be taken out of every CRM that was told of them, and what each of its records came to."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.crm.models.connection import Connection
from moderation.crm.models.push import CasePush


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Which wishes."""

    def visible_to(self, person: Any) -> Self:
        """Everybody their own; those who set connections up and supervisors all."""
        if person is None or not person.is_authenticated:
            return self.none()
        if person.can(Capability.CONNECT_CRM) or person.can(Capability.SUPERVISE):
            return self
        return self.filter(person=person)

    def standing(self) -> Self:
        """Not taken back: nothing more is told of these people."""
        return self.filter(withdrawn_at=None)

    def hold_for(self, *person_ids: int | None) -> bool:
        """Whether nothing may be told of this person, by any of these accounts."""
        return self.standing().filter(person__in=person_ids).exists()


class Erasure(models.Model):
    """The wish. While it stands, nothing is told of this person to any CRM."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="crm_erasures")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, help_text="where the team has the wish from, when it asks")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(withdrawn_at=None), name="one_standing_erasure_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"erasure of {self.person}"

    @transaction.atomic
    def withdraw(self, *, by: Person) -> None:
        """From now on the team may keep records of this person again. What was erased stays erased."""
        if by.pk != self.person_id:
            raise Refusal(_("Only the person can take this back."), code="not_yours", status=403)
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])
        record(Verb.ERASURE_WITHDRAWN, actor=by, subject=self.person)


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Which receipts."""

    def outstanding(self) -> Self:
        """Records that the CRM still has, as far as we know."""
        return self.filter(answered_at=None)


class Receipt(models.Model):
    """One record that is to be erased over there, and what was answered."""

    class Answer(models.TextChoices):
        ERASED = "erased"
        GONE = "gone"
        BY_HAND = "by_hand"

    erasure = models.ForeignKey(Erasure, on_delete=models.CASCADE, related_name="receipts")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="receipts")
    push = models.OneToOneField(CasePush, on_delete=models.CASCADE, related_name="receipt")
    kind = models.CharField(max_length=10)
    remote_id = models.CharField(max_length=255)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.remote_id}"

    @transaction.atomic
    def answered(self, answer: str, *, by: Person | None = None) -> None:
        """It is gone over there. When it was the last one, the person is told."""
        self.answer, self.answered_at, self.by = answer, timezone.now(), by
        self.save(update_fields=["answer", "answered_at", "by"])
        if not self.erasure.receipts.outstanding().exists():
            record(Verb.ERASURE_DONE, actor=by, subject=self.erasure.person, erasure=self.erasure_id)

    @transaction.atomic
    def confirm(self, *, by: Person) -> None:
        """What the CRM would not let us erase was erased there by somebody."""
        if not (by.can(Capability.CONNECT_CRM) or by.can(Capability.SUPERVISE)):
            raise Refusal(_("Supervisors say that something was erased by hand."), code="not_yours", status=403)
        row = Receipt.objects.select_for_update().get(pk=self.pk)
        if row.answered_at or row.push.state != CasePush.State.DEAD:
            raise Refusal(_("Only what the CRM did not erase itself is said to be erased by hand."), code="not_dead")
        row.answered(self.Answer.BY_HAND, by=by)
