"""Wordings that read as if they asked for another review: refused, unless a supervisor has approved them."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.policy.checks.review_requests import KIND
from community.refusals import Refusal, refuse_too_long
from forums.threads.models import Thread


class WordingQuerySet(models.QuerySet["Wording"]):
    """Which wordings."""

    def waiting(self) -> Self:
        """Nobody has decided on them."""
        return self.filter(decided_at__isnull=True)

    def approved(self) -> Self:
        return self.filter(is_approved=True)

    def put_forward(self, text: str, *, by: Person, thread: Thread | None) -> "Wording":
        """The gate has refused it; it waits for a supervisor. Once for each wording and thread."""
        row, _is_new = self.get_or_create(text=text.strip(), thread=thread, defaults={"by": by})
        return row


class Wording(models.Model):
    """What an agent wanted to say, and what a supervisor said to that."""

    text = models.TextField()
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    is_approved = models.BooleanField(default=False)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True)
                | (models.Q(decided_by__isnull=False) & ~models.Q(reason="")),
                name="a_decided_wording_has_a_person_and_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"wording {self.pk}"

    @transaction.atomic
    def decide(self, *, by: Person, is_approved: bool, reason: str) -> None:
        """Approve it for this thread, or say no. Either needs a reason, and nobody decides on their own words."""
        if not by.can(Capability.SUPERVISE):
            raise Refusal(_("Only supervisors decide on wordings."), code="not_allowed", status=403)
        if by.pk == self.by_id:
            raise Refusal(_("Somebody else decides on what you wrote."), code="own", status=403)
        if not reason.strip():
            raise Refusal(_("Say why: it is kept with the decision."), code="reason_missing", status=422)
        refuse_too_long(reason)
        self.is_approved, self.reason = is_approved, reason.strip()
        self.decided_by, self.decided_at = by, timezone.now()
        self.save()
        verb = Verb.WORDING_APPROVED if is_approved else Verb.WORDING_REFUSED
        record(verb, actor=by, subject=self, reason=reason[:200])


def approved_in(text: str, thread_id: int | None) -> tuple[str, ...]:
    """What the gate may let pass in this text, for a supervisor has approved these very words here."""
    rows: Any = Wording.objects.approved()
    return (KIND,) if rows.filter(text=text.strip(), thread=thread_id).exists() else ()
