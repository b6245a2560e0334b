"""What another system's documents call our values, in versions: each change is a row, and so is going back."""

from typing import Any, Self

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal, Stale


class MappingQuerySet(models.QuerySet["MappingVersion"]):
    """Which versions, and how one begins."""

    def of(self, feed: str) -> Self:
        return self.filter(feed=feed)

    def in_force(self, feed: str) -> "MappingVersion | None":
        """The newest version of a feed, if it has any."""
        return self.of(feed).order_by("-number").first()

    @transaction.atomic
    def keep(
        self,
        feed: str,
        records: str,
        paths: dict[str, str],
        *,
        by: Person,
        reason: str,
        based_on: int,
        back_to: int = 0,
        modes: dict[str, str] | None = None,
    ) -> "MappingVersion":
        """The next version, made from the one that its author had before them."""
        if not (by.can(Capability.ADMINISTER) or by.can(Capability.CONNECT_CRM)):
            raise Refusal(_("Administrators say what a feed's fields mean."), code="not_yours", status=403)
        list(self.of(feed).select_for_update().values_list("pk", flat=True))
        newest = self.of(feed).aggregate(last=Max("number"))["last"] or 0
        if newest != based_on:
            raise Stale(newest, _("Somebody saved another version meanwhile. Look at it, then decide."))
        told: dict[str, Any] = {"records": records, "paths": paths, "modes": modes or {}, "back_to": back_to}
        row = self.create(feed=feed, number=newest + 1, reason=reason.strip()[:200], by=by, **told)
        record(Verb.MAPPING_CHANGED, actor=by, subject=row, feed=feed, number=row.number, back_to=back_to)
        return row

    def go_back(self, feed: str, number: int, *, by: Person, based_on: int) -> "MappingVersion":
        """What an earlier version said, as the newest one."""
        old = self.of(feed).filter(number=number).first()
        if old is None or number == based_on:
            raise Refusal(_("There is no such earlier version."), code="no_version", status=422)
        why = _("Back to version %(number)s") % {"number": number}
        same = {"reason": why, "based_on": based_on, "back_to": number, "modes": old.modes}
        return self.keep(feed, old.records, old.paths, by=by, **same)


class MappingVersion(models.Model):
    """One version of what the documents of one feed mean."""

    feed = models.CharField(max_length=60, help_text="such as orders:shop")
    number = models.PositiveIntegerField()
    records = models.CharField(max_length=200, help_text="path of the elements that are one record each")
    paths = models.JSONField(default=dict, help_text="our name of a value: its path within a record")
    modes = models.JSONField(default=dict, help_text="our name of a value: what may be done where something stands")
    reason = models.CharField(max_length=200)
    back_to = models.PositiveIntegerField(default=0, help_text="the version whose words these are")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = MappingQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["feed", "number"], name="one_mapping_version_per_number")]

    def __str__(self) -> str:
        return f"{self.feed} {self.number}"
