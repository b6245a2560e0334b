"""Embargoes: words that the team may not say in public before a moment. They end by themselves."""

from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.policy.matching import spans
from community.refusals import Refusal


class EmbargoQuerySet(models.QuerySet["Embargo"]):
    """Which embargoes, and how one is laid."""

    def in_force(self) -> Self:
        """Not over, and lifted by nobody."""
        return self.filter(until__gt=timezone.now(), lifted_at__isnull=True).order_by("until", "pk")

    def visible_to(self, person: Any) -> Self:
        """Moderators see all; the rest of the team those that are told to the team."""
        if not person.is_authenticated or not person.is_team:
            return self.none()
        return self.all() if person.can(Capability.MODERATE) else self.filter(audience=Embargo.Audience.TEAM)

    @transaction.atomic
    def lay(self, *, by: Any, words: str, until: datetime, zone: str, reason: str, audience: str) -> "Embargo":
        """Keep words back until a moment in a time zone."""
        refuse_unless_manager(by)
        if until <= timezone.now():
            raise Refusal(_("This moment has passed already."), code="past", status=422)
        row = self.create(words=words.strip(), until=until, zone=zone, reason=reason, audience=audience, by=by)
        record(Verb.EMBARGO_LAID, actor=by, subject=row, until=until.isoformat())
        return row


class Embargo(models.Model):
    """Some words, such as the name of a product to come, and the moment from which they may be said."""

    class Audience(models.TextChoices):
        MODERATORS = "moderators", gettext_lazy("Moderators only")
        TEAM = "team", gettext_lazy("The whole team")

    words = models.TextField(max_length=1000, help_text="one word or phrase a line")
    until = models.DateTimeField()
    zone = models.CharField(max_length=60, default="UTC", help_text="the time zone it was meant in")
    reason = models.CharField(max_length=300, help_text="for the colleague whose text is stopped")
    audience = models.CharField(
        max_length=12, choices=Audience.choices, default=Audience.MODERATORS, help_text="who may read the list"
    )
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_why = models.CharField(max_length=300, blank=True)

    objects = EmbargoQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words.splitlines()[0] if self.words else "?"

    @property
    def is_in_force(self) -> bool:
        return self.lifted_at is None and self.until > timezone.now()

    @property
    def local_until(self) -> str:
        """The moment in the time zone it was meant in."""
        return f"{date_format(self.until.astimezone(ZoneInfo(self.zone)), 'j M Y H:i')} ({self.zone})"

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where its words stand in a text."""
        return spans("words", self.words, True, text)

    @transaction.atomic
    def lift(self, *, by: Any, why: str) -> None:
        """Let it go before its time. Repeating it changes nothing."""
        refuse_unless_manager(by)
        row = Embargo.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not why.strip():
            raise Refusal(_("Say why it ends before its time."), code="reason_missing", status=422)
        if row.is_in_force:
            row.lifted_at, row.lifted_by, row.lifted_why = timezone.now(), by, why.strip()[:300]
            row.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
            record(Verb.EMBARGO_LIFTED, actor=by, subject=row, reason=row.lifted_why[:200])


def refuse_unless_manager(by: Any) -> None:
    """A command (`by` is None) may, and people who moderate."""
    if by is not None and not by.can(Capability.MODERATE):
        raise Refusal(_("Only moderators can do this."), code="not_allowed", status=403)
