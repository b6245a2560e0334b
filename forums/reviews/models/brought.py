"""Reviews from elsewhere: what came along with each, and the files they came in."""

import gzip
from datetime import timedelta
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.catalogue.models import Brand, Product
from community.people.models import Person
from community.refusals import Refusal
from forums.reviews.models.review import Review


class Brought(models.Model):
    """What a review brought along that it would not have here: it stays with it, and goes out with it again.

    Where it comes from and its number there are the thread's `Attribution`.
    """

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="brought")
    author_key = models.CharField(max_length=120, blank=True, help_text="who wrote it, as the source numbers people")
    locale = models.CharField(max_length=12, blank=True)
    incentive = models.CharField(max_length=60, blank=True, help_text="what its writer got for it, as the source says")
    was_verified = models.BooleanField(default=False, help_text="the source says that its writer is an owner")
    unhelpful_count = models.PositiveIntegerField(default=0, help_text="readers there whom it did not help")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["author_key"], condition=~models.Q(author_key=""), name="brought_by_author")]

    def __str__(self) -> str:
        return f"brought {self.pk}"


class ReviewFileQuerySet(models.QuerySet["ReviewFile"]):
    """Which files."""

    def keep(self, name: str, data: bytes, *, by: Person | None, **origin: Any) -> "ReviewFile":
        """Keep a file. A job looks at what would come of it, then a person decides."""
        return self.create(name=name[:120], packed=gzip.compress(data, 6), by=by, **origin)

    def left_waiting(self) -> Self:
        """Files whose job is lost: they are at work, and nothing has moved for a while."""
        quiet = timezone.now() - ReviewFile.QUIET
        return self.filter(state__in=ReviewFile.AT_WORK, moved_at__lt=quiet)

    def undecided(self) -> Self:
        """Files that may still be dropped: nothing of them is here."""
        return self.filter(state__in=(ReviewFile.State.LOOKING, ReviewFile.State.SEEN))


class ReviewFile(models.Model):
    """A file of reviews from another place: looked at first, then taken in row by row, once each.

    Both are done by jobs that say how far they are; while one is at work the numbers grow.
    """

    class State(models.TextChoices):
        LOOKING = "looking", gettext_lazy("Being looked at")
        SEEN = "seen", gettext_lazy("Waits for your word")
        RUNNING = "running", gettext_lazy("Being taken in")
        DONE = "done", gettext_lazy("Taken in")

    QUIET = timedelta(minutes=5)
    AT_WORK = (State.LOOKING, State.RUNNING)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=80, help_text="whom readers see named")
    licence = models.CharField(max_length=80, blank=True)
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="what all rows are about"
    )
    brand = models.ForeignKey(
        Brand, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="of products that are made"
    )
    columns = models.JSONField(default=dict, help_text="what the file calls our fields")
    names = models.JSONField(default=list, db_default=models.Value([], models.JSONField()), help_text="all its columns")
    first = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        help_text="the first reviews, as they would be read",
    )
    packed = models.BinaryField(help_text="the file; wiped once it is taken in")
    state = models.CharField(max_length=10, choices=State.choices, default=State.LOOKING)
    total = models.PositiveIntegerField(default=0, help_text="its rows; the numbers say what comes of them")
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    fault_count = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, help_text="the first of them: [line, reason]")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(default=timezone.now)

    objects = ReviewFileQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def data(self) -> bytes:
        return gzip.decompress(bytes(self.packed)) if self.packed else b""

    @property
    def done_count(self) -> int:
        """Rows that were looked at, whatever became of them."""
        return self.added + self.known + self.fault_count

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @transaction.atomic
    def look_again(self, columns: dict[str, str]) -> None:
        """Read it by these columns, from its beginning."""
        row = type(self).objects.select_for_update().get(pk=self.pk)
        if row.state not in (self.State.SEEN, self.State.LOOKING):
            raise Refusal(_("This file is being taken in already, or has been."), code="started")
        self.columns, self.state = columns, self.State.LOOKING
        self._begin_counting("columns")

    def _begin_counting(self, *names: str) -> None:
        """Nothing has been read yet."""
        zero = ("added", "known", "held", "fault_count")
        for name in zero:
            setattr(self, name, 0)
        self.faults, self.moved_at = [], timezone.now()
        self.save(update_fields=["state", "faults", "moved_at", *zero, *names])

    @transaction.atomic
    def start(self, *, by: Person) -> None:
        """Take it in. A second click changes nothing."""
        row = type(self).objects.select_for_update().get(pk=self.pk)
        if row.state == self.State.LOOKING:
            raise Refusal(_("Wait a moment: this file is still being looked at."), code="looking")
        if row.state != self.State.SEEN:
            raise Refusal(_("This file is being taken in already, or has been."), code="started")
        self.state, self.by = self.State.RUNNING, by
        self._begin_counting("by")
