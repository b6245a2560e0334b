"""Silencing somebody: they may read and write to the team, and publish nothing for a while."""

from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import PreparedRow
from community.refusals import Refusal


class SilenceQuerySet(models.QuerySet["Silence"]):
    """Which silences."""

    def in_force(self, at: datetime | None = None) -> Self:
        """Not lifted, and not over at this moment, or now."""
        return self.filter(until__gt=at or timezone.now(), lifted_at__isnull=True)

    def longest_of(self, person: Person) -> "Silence | None":
        """The one in force that ends last. Asked for every text."""
        return longest.get(person=person.pk, now_at=timezone.now())


class Silence(models.Model):
    """A person may not publish until then: by whom and why. It ends by itself."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="silences")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SilenceQuerySet.as_manager()

    class Meta:
        app_label = "people"
        indexes = [models.Index(fields=["person", "-until"], name="silence_by_person")]

    @property
    def sentence(self) -> str:
        """What the person is told when they try."""
        until = formats.date_format(timezone.localtime(self.until), "DATETIME_FORMAT")
        words = _("You cannot publish anything until %(until)s: %(reason)s You can read, and write to the team.")
        return words % {"until": until, "reason": self.reason}


longest = PreparedRow(
    lambda person, now_at: Silence.objects.in_force(now_at).filter(person=person).order_by("-until")[:1],
    person=int,
    now_at=datetime,
)


@transaction.atomic
def silence(person: Person, *, by: Any, reason: str, until: datetime) -> Silence:
    """Keep the person from publishing until then."""
    if by is not None and not by.can(Capability.MODERATE):
        raise Refusal(_("Only moderators can do this."), code="not_allowed", status=403)
    if person.can(Capability.MODERATE):
        raise Refusal(_("A moderator cannot be silenced. Talk to the supervisor."), code="moderator")
    if not reason.strip():
        raise Refusal(_("Say why, so that the person can be told."), code="reason_missing", status=422)
    row = Silence.objects.create(person=person, by=by, reason=reason.strip()[:500], until=until)
    record(Verb.PERSON_SILENCED, actor=by, subject=person, until=until.isoformat(), silence=row.pk)
    return row


@transaction.atomic
def lift_silence(row: Silence, *, by: Any, reason: str = "") -> None:
    """The person may publish again. Nothing happens when it is over."""
    if Silence.objects.in_force().filter(pk=row.pk).update(lifted_at=timezone.now()):
        record(Verb.PERSON_SILENCE_LIFTED, actor=by, subject=row.person, silence=row.pk, reason=reason)
