"""Who the customer is, for the team: what they own, what happened before, and contact data behind a mask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from community.catalogue.models import Ownership
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import Prepared, PreparedRow
from community.refusals import Refusal
from forums.threads.models import Post, Thread
from forums.threads.models.thread import brands_overseen_by
from moderation.desk.timeline import Said
from moderation.escalation.models import Channel
from moderation.identities.unity import accounts_of
from moderation.queue.models import Item


@dataclass(frozen=True)
class Happening:
    """One line of a customer's history."""

    at: datetime
    sentence: str
    title: str
    url: str
    is_private: bool = False
    by: Person | None = None
    """By which account of the person, when they have several."""


def customer_for(viewer: Person, customer_id: int) -> Person:
    """A person of whom this viewer has, or had, an item; for others there is no such page."""
    customer = Person.objects.filter(pk=customer_id).first()
    if customer is None or not is_known_to(viewer, customer):
        raise Http404
    return customer


def askers_of(item: Item, timeline: list[Said]) -> list[Person]:
    """Everybody whose question is read on this page: whose card it is, and those whose threads were merged into it."""
    askers = {item.customer_id: item.customer}
    for said in timeline:
        if said.post and said.post.kind == Post.Kind.OPENING:
            askers.setdefault(said.post.author_id, said.post.author)
    return list(askers.values())


def is_known_to(viewer: Person, customer: Person) -> bool:
    """Who works for all brands may look at every customer, others at those of their own items."""
    if viewer.brands_for(Capability.WORK_THE_QUEUE) is None:
        return True
    return Item.objects.visible_to(viewer).filter(customer=customer).exists()


def about_customer(customer: Person, viewer: Person, limit: int = 8) -> dict[str, Any]:
    """What the customer's panel shows to this viewer."""
    accounts = accounts_seen_by(viewer, customer)
    return {
        "customer": customer,
        "accounts": accounts,
        "owned": owned_by(accounts, viewer),
        "history": history_of(accounts, viewer, limit),
        "contact": customer.contact_for(None),
        "may_see_contact": viewer.can(Capability.SEE_CONTACT_DATA),
    }


def accounts_seen_by(viewer: Person, customer: Person) -> list[Person]:
    """The accounts of the person behind this one, as far as this viewer may know them."""
    accounts = accounts_of(customer)
    return [each for each in accounts if each == customer or is_known_to(viewer, each)]


def contact_seen_by(customer: Person, viewer: Person, reason: str) -> dict[str, Any]:
    """Contact data in the open; `contact_for` writes the look down with its reason. Without one nothing is shown."""
    if not reason.strip():
        return {"contact_error": _("Say what you need it for."), "status": 422}
    try:
        return {"contact": customer.contact_for(viewer, purpose=reason.strip())}
    except Refusal as refusal:
        return {"contact_error": str(refusal), "status": refusal.status}


def owned_by(accounts: list[Person], viewer: Person) -> list[Ownership]:
    """What they own, of the viewer's brands."""
    brands = viewer.brands_for(Capability.WORK_THE_QUEUE)
    rows = ownerships_of.all(accounts=[each.pk for each in accounts])
    return [row for row in rows if brands is None or row.product.brand.slug in brands]


def _ownerships_of(accounts: list[int]) -> QuerySet[Ownership]:
    rows = Ownership.objects.filter(person__among=accounts)
    return rows.select_related("product__brand", "version").order_by("product__name")


ownerships_of = PreparedRow(_ownerships_of, accounts=list)


def history_of(accounts: list[Person], viewer: Person, limit: int) -> list[Happening]:
    """The newest of what they asked in public and in private, by any account, as far as the viewer may see it."""
    happenings = [*_asked(accounts, viewer, limit), *_in_private(accounts, viewer, limit)]
    return sorted(happenings, key=lambda happening: happening.at, reverse=True)[:limit]


def _asked(accounts: list[Person], viewer: Person, limit: int) -> Iterator[Happening]:
    brands = brands_overseen_by(viewer)
    asked = threads_of(None if brands is None else tuple(sorted(brands)), limit)
    for thread in asked.all(viewer=viewer.pk, accounts=[each.pk for each in accounts]):
        question = getattr(thread, "question", None)
        sentence = _("asked in public, solved") if question and question.is_solved else _("asked in public")
        sentence = _("wrote a review") if thread.kind == Thread.Kind.REVIEW else sentence
        yield Happening(thread.created_at, sentence, thread.title, thread.get_absolute_url(), by=thread.author)


def _in_private(accounts: list[Person], viewer: Person, limit: int) -> Iterator[Happening]:
    known = [pk for (pk,) in conversations_of.rows(accounts=[each.pk for each in accounts])]
    if not known:  # as with most
        return
    items = Item.objects.visible_to(viewer).filter(pk__in=known)
    rows = items.select_related("customer").prefetch_related("conversation__legs").order_by("-created_at", "-pk")
    for item in rows[:limit]:
        sentence = _("private conversation, closed") if item.state == Item.State.CLOSED else _("private conversation")
        conversation = getattr(item, "conversation", None)  # a card of a time before conversations has none
        legs = conversation.legs.all() if conversation else []
        ways = ", ".join(str(Channel(leg.channel).label) for leg in legs)
        sentence = f"{sentence} ({ways})" if ways else sentence
        yield Happening(
            item.created_at, sentence, item.title, item.get_absolute_url(), is_private=True, by=item.customer
        )


def _conversations_of(accounts: list[int]) -> QuerySet[Item, tuple[int]]:
    return Item.objects.filter(customer__among=accounts, kind=Item.Kind.CONVERSATION).values_list("pk")


conversations_of = Prepared(_conversations_of, accounts=list)


@lru_cache(maxsize=200)
def threads_of(brands: tuple[str, ...] | None, limit: int) -> PreparedRow[Thread]:
    """The newest threads by these accounts, for a viewer who moderates these brands (None: all)."""

    def threads(viewer: int, accounts: list[int]) -> QuerySet[Thread]:
        found = Thread.objects.seen_by(viewer, brands).filter(author__among=accounts)
        return found.select_related("question", "author").order_by("-created_at", "-pk")[:limit]

    return PreparedRow(threads, viewer=int, accounts=list)
