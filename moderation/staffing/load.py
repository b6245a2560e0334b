"""How much somebody has at hand: a chat counts more than a mail or a thread, for it cannot wait."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery

from community.people.models import Person
from community.prepared import Prepared
from moderation.chat.models import Chat
from moderation.queue.models import Claim, Item


def loads_of(people: Iterable[Person]) -> "Counter[int]":
    """What is theirs and open, by each one's key, in one query.

    That is what is at their hand, or given to them and at nobody's. And every chat that they are in.
    """
    loads: Counter[int] = Counter()
    for chatter, holder, assignee, kind in at_hand.rows(keys=[person.pk for person in people]):
        loads[chatter or holder or assignee] += settings.LOAD_OF_CHAT if chatter else load_of_kind(kind)
    return loads


def _at_hand(keys: list[int]) -> QuerySet[Item, tuple[Any, ...]]:
    """Who chats in it, who holds it, to whom it is given, and its kind. Found by who has them, whatever else waits."""
    chats = Chat.objects.going_on().filter(agent__among=keys)
    claimed, given = Claim.objects.filter(holder__among=keys), Item.objects.filter(assignee__among=keys)
    near = claimed.values("item").union(given.values("pk"), chats.values("conversation__item"), all=True)
    theirs = Q(claim_row__holder__among=keys) | Q(assignee__among=keys, claim_row=None)
    chatter = Subquery(chats.filter(conversation__item=OuterRef("pk")).values("agent")[:1])
    items = Item.objects.filter(pk__in=near).annotate(chatter=chatter)
    counted = items.filter(Q(chatter__isnull=False) | Q(state=Item.State.OPEN) & theirs)
    return counted.order_by().values_list("chatter", "claim_row__holder", "assignee", "kind")


at_hand = Prepared(_at_hand, keys=list)


def load_of(person: Person) -> int:
    """What one person has."""
    return loads_of([person])[person.pk]


def load_of_kind(kind: str) -> int:
    """What one more item of a kind takes, when nobody chats in it."""
    return settings.LOAD_OF_MAIL if kind == Item.Kind.CONVERSATION else settings.LOAD_OF_THREAD
