"""An item of the queue: what waits, since when, and who has it."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone

from community.catalogue.models import Product
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.policy.gate import check
from community.refusals import Refusal, Stale
from community.text.markdown import to_html
from forums.threads.models import Thread
from moderation.queue.models.claim import Claim, ClaimableItem, refuse_without_queue
from moderation.queue.models.note import Note


class ItemQuerySet(models.QuerySet["Item"]):
    """Which items. Every view, count, list and search starts at `visible_to`."""

    def visible_to(self, person: Any) -> Self:
        """Items of the brands this person works for; nothing for everybody else."""
        if person is None or not person.is_authenticated or not person.can(Capability.WORK_THE_QUEUE):
            return self.none()
        brands = person.brands_for(Capability.WORK_THE_QUEUE)
        return self if brands is None else self.filter(product__brand__slug__in=brands)

    def open(self) -> Self:
        return self.filter(state=Item.State.OPEN)


class Item(ClaimableItem, models.Model):
    """An index card: it points at a thread, or a private conversation points at it. It owns neither."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        CONVERSATION = "conversation"

    class State(models.TextChoices):
        OPEN = "open"
        WATCHING = "watching"  # answered, until the customer says more
        SNOOZED = "snoozed"
        CLOSED = "closed"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    customer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, null=True, blank=True, related_name="item")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    assignee = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="assigned_items")
    waiting_since = models.DateTimeField(default=timezone.now, help_text="when the customer last spoke, unanswered")
    snoozed_until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "waiting_since", "id"], name="item_by_waiting"),
            models.Index(fields=["assignee", "state"], name="item_by_assignee"),
        ]

    def __str__(self) -> str:
        return self.title

    def touch(self) -> None:
        """Move the version on after a change, so that a stale page notices."""
        type(self).objects.filter(pk=self.pk).update(version=models.F("version") + 1)
        self.refresh_from_db(fields=["version"])

    def refuse_stale(self, version: int | None) -> None:
        """Raise Stale when the page that asks was made before the last change."""
        if version is not None and version != self.version:
            raise Stale(self)

    @transaction.atomic
    def assign(self, assignee: Person | None, *, by: Person, version: int | None = None) -> None:
        """Give it to somebody of the team, or to nobody."""
        refuse_without_queue(by)
        self.refuse_stale(version)
        if assignee and not type(self).objects.visible_to(assignee).filter(pk=self.pk).exists():
            raise Refusal(f"{assignee} does not work on this brand.", code="wrong_brand", status=422)
        before = self.assignee_id
        self.assignee = assignee
        self._move(Verb.ITEM_ASSIGNED, by, before=before, after=assignee.pk if assignee else None)

    @transaction.atomic
    def snooze(self, until: Any, *, by: Person, version: int | None = None) -> None:
        """Out of the way until a moment in the future; a new word of the customer wakes it earlier."""
        refuse_without_queue(by)
        self.refuse_stale(version)
        if until <= timezone.now():
            raise Refusal("Choose a time in the future.", code="past", status=422)
        self.state, self.snoozed_until = self.State.SNOOZED, until
        Claim.objects.filter(item=self).delete()
        self._move(Verb.ITEM_SNOOZED, by, until=until.isoformat())

    @transaction.atomic
    def wake(self, *, by: Person | None = None) -> None:
        """The snooze is over."""
        if self.state == self.State.SNOOZED:
            self.state, self.snoozed_until = self.State.OPEN, None
            self._move(Verb.ITEM_WOKEN, by)

    @transaction.atomic
    def close(self, *, by: Person, reason: str = "", version: int | None = None) -> None:
        """Nothing waits here any more."""
        refuse_without_queue(by)
        self.refuse_stale(version)
        if self.state != self.State.CLOSED:
            self.state, self.closed_at = self.State.CLOSED, timezone.now()
            Claim.objects.filter(item=self).delete()
            self._move(Verb.ITEM_CLOSED, by, reason=reason)

    @transaction.atomic
    def reopen(self, *, by: Person | None, reason: str = "") -> None:
        """Something waits again: the customer spoke, or an agent saw more to do."""
        if self.state != self.State.OPEN:
            self.state, self.closed_at, self.snoozed_until = self.State.OPEN, None, None
            self.waiting_since = timezone.now()
            self._move(Verb.ITEM_REOPENED, by, reason=reason)

    @transaction.atomic
    def watch(self, *, by: Person) -> None:
        """Answered: kept in sight until the customer says more."""
        if self.state == self.State.OPEN:
            self.state = self.State.WATCHING
            Claim.objects.filter(item=self).delete()
            self._move(Verb.ITEM_CLOSED, by, reason="answered")

    @transaction.atomic
    def note(self, source: str, *, by: Person) -> Note:
        """Tell the team something; no customer ever sees it."""
        refuse_without_queue(by)
        check(source, by=by, where="note").enforce()
        note = Note.objects.create(item=self, author=by, source=source, html=to_html(source))
        self.touch()
        record(Verb.NOTE_WRITTEN, actor=by, subject=self, note=note.pk)
        return note

    def _move(self, verb: Verb, by: Person | None, **details: Any) -> None:
        self.save()
        self.touch()
        record(verb, actor=by, subject=self, **details)
