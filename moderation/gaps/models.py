"""Who is to close a gap, with which page, and which ones are left. The need itself belongs to the search."""

from typing import Self

from django.db import models, transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.search.models import Need
from forums.articles.models import Article


class GapOwnerQuerySet(models.QuerySet["GapOwner"]):
    """Who has which."""

    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)

    @transaction.atomic
    def assign(self, need: Need, to: Person | None, *, by: Person) -> "GapOwner | None":
        """Ask somebody to close it, or nobody any more. Repeating it changes nothing."""
        Need.objects.select_for_update().get(pk=need.pk)
        held = self.current().filter(need=need).first()
        if (held.owner if held else None) == to:
            return held
        self.current().filter(need=need).update(ended_at=timezone.now())
        row = self.create(need=need, owner=to, by=by) if to else None
        record(Verb.GAP_ASSIGNED, actor=by, subject=need, owner=to.pk if to else None)
        return row


class GapOwner(models.Model):
    """Somebody is to close a gap. Whoever had it before has an ended row."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="owners")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GapOwnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=models.Q(ended_at__isnull=True), name="a_gap_has_one_owner_at_a_time"
            )
        ]


class SettingAsideQuerySet(models.QuerySet["SettingAside"]):
    """What is left as it is."""

    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)

    @transaction.atomic
    def put(self, need: Need, *, by: Person, reason: str) -> "SettingAside":
        """Nothing needs to be written for it. Repeating it changes nothing."""
        row, is_new = self.get_or_create(need=need, ended_at=None, defaults={"by": by, "reason": reason})
        if is_new:
            record(Verb.GAP_SET_ASIDE, actor=by, subject=need, reason=reason)
        return row


class SettingAside(models.Model):
    """A need that is no gap of ours: another company's product, a typing game. Taking it up again ends the row."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="asides")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SettingAsideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=models.Q(ended_at__isnull=True), name="a_gap_is_set_aside_once"
            )
        ]

    @transaction.atomic
    def take_up(self, *, by: Person) -> None:
        """It is one after all."""
        if type(self).objects.current().filter(pk=self.pk).update(ended_at=timezone.now()):
            record(Verb.GAP_TAKEN_UP, actor=by, subject=self.need)


class GapPage(models.Model):
    """A help page that somebody writes in order to close a gap. When it is published, it is the answer."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="pages")
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="gap_page")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need"], name="one_page_is_written_for_a_gap")]

    def __str__(self) -> str:
        return str(self.article)
