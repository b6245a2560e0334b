"""What the team did to the shape of a thread: merged, split, closed as a duplicate, moved. Rows that can be undone."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from community.catalogue.models import Product, ProductVersion
from community.people.models import Person
from community.refusals import Refusal

UNDO_WITHIN = timedelta(days=30)


class ReshapingQuerySet(models.QuerySet[Any]):
    """Which reshapings."""

    def standing(self) -> Self:
        """Done, and not undone."""
        return self.filter(undone_at__isnull=True)


class Reshaping(models.Model):
    """Who did it, when and why; who undid it."""

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ReshapingQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def undo_until(self) -> Any:
        """Until when it can be undone."""
        return self.created_at + UNDO_WITHIN

    @property
    def is_undoable(self) -> bool:
        """Done within the last thirty days, and still standing."""
        return self.undone_at is None and timezone.now() < self.undo_until

    def mark_undone(self, *, by: Person) -> None:
        """Lock the row and end it. Refused when somebody was faster, or when it is too long ago."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))
        if self.undone_at is not None:
            raise Refusal(_("Somebody has undone this already."), code="undone")
        if not self.is_undoable:
            raise Refusal(_("This was done more than thirty days ago, and people have built on it."), code="too_late")
        self.undone_at, self.undone_by = timezone.now(), by
        self.save(update_fields=["undone_at", "undone_by"])


class MergeQuerySet(ReshapingQuerySet):
    """Which merges."""

    def decided(self) -> Self:
        """Those that somebody chose. Undoing a split leaves one behind as well, which says nothing of its own."""
        split_undone = models.F("thread__split_row__undone_at")
        return self.exclude(thread__split_row__undone_at__isnull=False, created_at__gte=split_undone)


class Merge(Reshaping):
    """A thread is read on the page of another one. A pointer: no post, vote, follow or address is rewritten."""

    kind = "merge"
    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(undone_at__isnull=True), name="a_thread_is_merged_into_one_other"
            )
        ]
        indexes = [models.Index(fields=["into"], name="merge_by_target")]


class Duplicate(Reshaping):
    """A thread asks what another one has asked before: it is closed, and leads there."""

    kind = "duplicate"
    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="duplications")
    of = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(undone_at__isnull=True), name="a_thread_duplicates_one_other"
            )
        ]


class Split(Reshaping):
    """An answer or comment became the opening of a thread of its own, which belongs to its author."""

    kind = "split"
    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="splits")
    into = models.OneToOneField("threads.Thread", on_delete=models.CASCADE, related_name="split_row")
    post = models.ForeignKey("threads.Post", on_delete=models.CASCADE, related_name="splits")
    was_kind = models.CharField(max_length=10)
    was_parent = models.ForeignKey("threads.Post", on_delete=models.SET_NULL, null=True, related_name="+")


class Move(Reshaping):
    """A thread is about another product than its author said. What was said before is kept here."""

    kind = "move"
    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="moves")
    from_product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    from_version = models.ForeignKey(ProductVersion, on_delete=models.SET_NULL, null=True, related_name="+")
    to_product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    to_version = models.ForeignKey(ProductVersion, on_delete=models.SET_NULL, null=True, related_name="+")


class Conversion(Reshaping):
    """A comment became an answer, or an answer a comment. The post stays what it was: votes, address, replies."""

    kind = "conversion"
    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="conversions")
    post = models.ForeignKey("threads.Post", on_delete=models.CASCADE, related_name="conversions")
    was_kind = models.CharField(max_length=10)
    was_parent = models.ForeignKey("threads.Post", on_delete=models.SET_NULL, null=True, related_name="+")
