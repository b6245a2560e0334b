"""An item of the queue: what waits, since when, and who has it."""

from functools import cached_property
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from community.catalogue.models import Brand, Product
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import planned_once
from community.refusals import Stale
from forums.threads.models import Thread
from moderation.queue.models.answering import AnswerableItem
from moderation.queue.models.claim import ClaimableItem
from moderation.queue.models.clock import DueItem
from moderation.queue.models.moving import MovableItem
from moderation.queue.models.opening import ItemQuerySet
from moderation.queue.models.ordering import Ordering
from moderation.queue.models.preferring import PreferredItem
from moderation.queue.models.presence import AttendedItem
from moderation.queue.priority import Term, explain, ranks_at
from moderation.queue.ways import Way, way_of

MOVED = "UPDATE queue_item SET version = version + 1, moved_at = %s WHERE id = %s RETURNING version"
FOLLOWED = "UPDATE queue_item SET last_event = %s WHERE id = %s"


class Item(ClaimableItem, MovableItem, AnswerableItem, AttendedItem, PreferredItem, DueItem):
    """An index card: it points at a thread, or a private conversation points at it. It owns neither."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        REVIEW = "review"
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
    assignee = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="assigned_items"
    )
    signals = models.JSONField(default=list, help_text="what triage saw in the text, as short codes; never the text")
    waiting_since = models.DateTimeField(default=timezone.now, help_text="when the customer last spoke, unanswered")
    ranks_at = models.DateTimeField(default=timezone.now, help_text="kept: the order of the queue, see priority.py")
    peers_until = models.DateTimeField(null=True, blank=True, help_text="other owners have the first word until then")
    snoozed_until = models.DateTimeField(null=True, blank=True)
    stranded_at = models.DateTimeField(null=True, blank=True, help_text="since when nobody can do what it asks for")
    closed_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(default=timezone.now, help_text="last change of any kind")
    last_event = models.BigIntegerField(default=0, help_text="newest event that triage has followed")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "ranks_at", "id"], name="item_by_rank"),
            models.Index(fields=["state", "-moved_at", "-id"], name="item_by_movement"),
            models.Index(fields=["assignee", "state"], name="item_by_assignee"),
            models.Index(fields=["customer", "-created_at"], name="item_by_customer"),
            models.Index(fields=["snoozed_until"], condition=models.Q(state="snoozed"), name="item_to_wake"),
            models.Index(fields=["warn_at"], condition=models.Q(state="open"), name="item_to_warn_of"),
            models.Index(
                fields=["alarm_at"], condition=models.Q(state="open", alarmed_at=None), name="item_to_alarm_of"
            ),
        ]

    def __str__(self) -> str:
        return f"private conversation {self.pk}" if self.is_private else self.title  # named in the audit log

    def get_absolute_url(self) -> str:
        return reverse("moderation:item-detail", args=[self.pk])

    @property
    def brand(self) -> Brand | None:
        """Whose team works on it; without a product it is every brand's."""
        return self.product.brand if self.product else None

    @property
    def brand_slug(self) -> str:
        """The same as roles are given for it: empty when it is every brand's."""
        return self.brand.slug if self.brand else ""

    def is_seen_by(self, person: Any) -> bool:
        """What `visible_to` says of all, of one that has been read: it is of a brand this person works for."""
        if not person.can(Capability.WORK_THE_QUEUE):
            return False
        brands = person.brands_for(Capability.WORK_THE_QUEUE)
        return brands is None or self.brand_slug in brands

    @property
    def is_private(self) -> bool:
        """A conversation that only the customer and the team read."""
        return self.kind == self.Kind.CONVERSATION

    @property
    def way(self) -> Way:
        """What it is, in a word and a picture."""
        return way_of(self)

    @property
    def same_problem_count(self) -> int:
        """How many others said that they have the same problem."""
        question = getattr(self.thread, "question", None) if self.thread_id else None
        return question.same_problem_count if question else 0

    @cached_property
    def terms(self) -> list[Term]:
        """Why it is where it is."""
        return explain(self, weights=Ordering.objects.in_force().weights)

    @property
    def reasons(self) -> list[str]:
        """The terms that count, in words."""
        return [term.reason for term in self.terms if term.points]

    @property
    def score(self) -> float:
        return sum(term.points for term in self.terms)

    @property
    def streams(self) -> list[str]:
        """Where agents listen for it: the whole queue, and their brand's."""
        brand = [f"queue:{self.product.brand.slug}"] if self.product else []
        return ["queue:all", *brand]

    def rank(self, ordering: Ordering | None = None) -> None:
        """Keep the place in the queue after something that counts has changed. The caller saves."""
        self.ranks_at = ranks_at(self, (ordering or Ordering.objects.in_force()).weights)

    def touch(self) -> None:
        """Move the version on after a change, so that a stale page notices."""
        self.moved_at = timezone.now()
        with planned_once() as cursor:
            cursor.execute(MOVED, [self.moved_at, self.pk])
            [self.version] = cursor.fetchone()

    def hold(self, version: int | None = None) -> None:
        """Lock the row until the transaction ends and read it anew.

        Raises Stale when the page that asks was made before the last change.
        """
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))
        if version is not None and version != self.version:
            raise Stale(self, f"“{self}” changed while you had it open.")

    def follow_event(self, event: Any) -> bool:
        """Whether this event is news. Triage follows each event once, and none older than the last it followed."""
        if event.pk <= self.last_event:
            return False
        with planned_once() as cursor:  # at each post, so not put together by the ORM
            cursor.execute(FOLLOWED, [event.pk, self.pk])
        self.last_event = event.pk
        return True
