"""How an item comes to be: once for each matter, however often it is asked for."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from community.catalogue.models import Product
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from forums.threads.models import Thread
from moderation.queue.models.presence import Presence
from moderation.queue.models.pull import PullingQuerySet


class ItemQuerySet(PullingQuerySet):
    """Which items. Every view, count, list and search starts at `visible_to`."""

    def visible_to(self, person: Any) -> Self:
        """Items of the brands this person works for; nothing for everybody else."""
        if person is None or not person.is_authenticated or not person.can(Capability.WORK_THE_QUEUE):
            return self.none()
        return self.of_brands(person.brands_for(Capability.WORK_THE_QUEUE))

    def of_brands(self, brands: Collection[str] | None) -> Self:
        """Items of these brands; `None` stands for all."""
        return self if brands is None else self.filter(product__brand__slug__in=brands)

    def with_people(self) -> Self:
        """With all that a row of the list shows, so that a page of rows costs two queries."""
        here = models.Prefetch("presences", queryset=Presence.objects.fresh(), to_attr="here")
        return self.select_related(
            "customer__customer_facts",
            "product__brand",
            "assignee",
            "claim_row__holder",
            "preference__agent",
            "thread__question",
            "thread__product_version",
        ).prefetch_related(here)

    @transaction.atomic
    def open(
        self,
        *,
        kind: str,
        title: str,
        customer: Person,
        by: Person | None,
        product: Product | None = None,
        thread: Thread | None = None,
        waiting_since: datetime | None = None,
        signals: list[str] | None = None,
        peers_until: datetime | None = None,
    ) -> Any:
        """Open a card for a matter that waits. A thread has one card: asking again answers with it.

        With `peers_until` other owners have the first word, and the team sees it as snoozed until then.
        """
        if thread is not None and (known := self.select_for_update(of=("self",)).filter(thread=thread).first()):
            return known
        is_later = peers_until is not None and peers_until > timezone.now()
        item = self.model(
            kind=kind,
            title=title[:200],
            customer=customer,
            product=product,
            thread=thread,
            waiting_since=waiting_since or timezone.now(),
            signals=signals or [],
            state=self.model.State.SNOOZED if is_later else self.model.State.OPEN,
            snoozed_until=peers_until if is_later else None,
            peers_until=peers_until if is_later else None,
        )
        item.rank()
        item.start_clock(item.peers_until or item.waiting_since)
        if other := self.keep_or_find(item):
            return other
        record(Verb.ITEM_OPENED, actor=by, subject=item, kind=kind, thread=thread.pk if thread else None)
        return item

    def keep_or_find(self, item: Any) -> Any | None:
        """Keep a new card; the one of somebody who opened it in the same moment, when there is such a one."""
        try:
            with transaction.atomic():
                item.save()
        except IntegrityError:
            if item.thread_id is None:
                raise
            return self.select_for_update(of=("self",)).get(thread=item.thread_id)
        return None

    def open_for_conversation(
        self, *, title: str, customer: Person, by: Person | None, product: Product | None = None
    ) -> Any:
        """Open the card of a private conversation, which keeps it as `Conversation.item`."""
        return self.open(kind=self.model.Kind.CONVERSATION, title=title, customer=customer, product=product, by=by)
