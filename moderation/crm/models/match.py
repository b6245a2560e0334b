"""Who a customer is in the CRM, when it had somebody of that address before us."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal, Stale
from moderation.crm.models.connection import Connection
from moderation.crm.models.remote import RemoteRef, reference
from moderation.crm.waking import wake
from moderation.identities.unity import accounts_of

NEW = "new"
"""Instead of a contact's id: none of them, the customer gets a contact of their own."""


class MatchQuerySet(models.QuerySet["Match"]):
    """Which matches."""

    def visible_to(self, person: Any) -> Self:
        """Those who set connections up, and supervisors: the candidates' names and addresses are contact data."""
        if person is None or not person.is_authenticated:
            return self.none()
        return self if person.can(Capability.CONNECT_CRM) or person.can(Capability.SUPERVISE) else self.none()

    def waiting(self) -> Self:
        """Nobody has decided yet; nothing is said about this customer until then."""
        return self.filter(chosen="")


class Match(models.Model):
    """One customer and one connection: the contacts that may be them, and which one is.

    `candidates` is a list of {"id", "name", "email", "url"} as the CRM told them. `never` remembers the ids that a
    person said are somebody else: they are not offered again.
    """

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="matches")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="crm_matches")
    candidates = models.JSONField(default=list)
    never = models.JSONField(default=list, blank=True)
    chosen = models.CharField(max_length=255, blank=True, help_text="a contact's id, or “new”; empty while it waits")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "matches"
        constraints = [models.UniqueConstraint(fields=["connection", "person"], name="one_match_per_customer")]

    def __str__(self) -> str:
        return f"{self.person} in {self.connection}"

    @property
    def linked(self) -> str:
        """The contact that the CRM had before us, when the customer is one of them."""
        return "" if self.chosen == NEW else self.chosen

    @property
    def is_undecided(self) -> bool:
        return not self.chosen

    @transaction.atomic
    def decide(self, chosen: str, *, by: Person, version: int) -> None:
        """The customer is this contact, or none of them. The others are remembered as somebody else."""
        row = self._mine(by, version)
        known = {str(candidate["id"]) for candidate in row.candidates}
        if chosen not in known | {NEW}:
            raise Refusal(_("Choose one of the contacts, or a new one."), code="no_contact", status=422)
        taken = RemoteRef.objects.filter(connection=row.connection, kind="contact", remote_id=chosen)
        if taken.exists():
            raise Refusal(_("This contact is another customer of ours already."), code="taken", status=409)
        row.never = sorted({*row.never, *(known - {chosen})})
        row.chosen, row.by, row.decided_at, row.version = chosen, by, timezone.now(), row.version + 1
        row.save()
        record(Verb.CONTACT_MATCHED, actor=by, subject=row, contact=chosen)
        row.wake_cases()

    @transaction.atomic
    def take_back(self, *, by: Person, version: int) -> None:
        """Decide again: what we knew of the contact is forgotten here, nothing is changed there."""
        row = self._mine(by, version)
        if row.is_undecided:
            raise Refusal(_("This waits for a decision already."), code="undecided")
        own = reference("contact", row.person_id)
        RemoteRef.objects.filter(connection=row.connection, kind="contact", ref=own).delete()
        row.never = [each for each in row.never if each not in {str(one["id"]) for one in row.candidates}]
        row.chosen, row.by, row.decided_at, row.version = "", None, None, row.version + 1
        row.save()
        record(Verb.CONTACT_UNMATCHED, actor=by, subject=row)

    def _mine(self, by: Person, version: int) -> "Match":
        if not (by.can(Capability.CONNECT_CRM) or by.can(Capability.SUPERVISE)):
            raise Refusal(_("Supervisors decide who is who in the CRM."), code="not_yours", status=403)
        row = Match.objects.select_for_update().select_related("connection", "person").get(pk=self.pk)
        if row.version != version:
            raise Stale(_("Somebody decided this meanwhile. Look again."))
        return row

    def wake_cases(self) -> None:
        """Go on with what waited for the decision."""
        for case_id in self.cases.values_list("pk", flat=True):
            wake(case_id)

    @property
    def cases(self) -> Any:
        """What this connection has of the customer, by any of their accounts."""
        return self.connection.cases.filter(customer__in=accounts_of(self.person))
