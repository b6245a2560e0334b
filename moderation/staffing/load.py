"""How much somebody has at hand: a chat counts more than a mail or a thread, for it cannot wait."""

from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.db.models import BigIntegerField, Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from community.people.models import Person
from moderation.chat.models import Chat
from moderation.queue.models import Item


def loads_of(people: Iterable[Person]) -> "Counter[int]":
    """What is theirs and open, by each one's key, in one query.

    That is what is at their hand, or given to them and at nobody's. And every chat that they are in.
    """
    keys = [person.pk for person in people]
    chats = Chat.objects.going_on().filter(agent__in=keys)
    given = Q(assignee__in=keys, claim_row=None)
    theirs = Q(state=Item.State.OPEN) & (Q(claim_row__holder__in=keys) | given)
    weight = Case(
        When(chatter__isnull=False, then=Value(settings.LOAD_OF_CHAT)),
        When(kind=Item.Kind.CONVERSATION, then=Value(settings.LOAD_OF_MAIL)),
        default=Value(settings.LOAD_OF_THREAD),
        output_field=IntegerField(),
    )
    who = Coalesce(F("chatter"), F("claim_row__holder"), F("assignee"), output_field=BigIntegerField())
    counted = (
        Item.objects.filter(theirs | Q(pk__in=chats.values("conversation__item")))
        .annotate(chatter=Subquery(chats.filter(conversation__item=OuterRef("pk")).values("agent")[:1]))
        .values(who=who, weight=weight)
        .annotate(number=Count("pk"))
        .order_by()
    )
    loads: Counter[int] = Counter()
    for row in counted:
        loads[row["who"]] += row["weight"] * row["number"]
    return loads


def load_of(person: Person) -> int:
    """What one person has."""
    return loads_of([person])[person.pk]


def load_of_kind(kind: str) -> int:
    """What one more item of a kind takes, when nobody chats in it."""
    return settings.LOAD_OF_MAIL if kind == Item.Kind.CONVERSATION else settings.LOAD_OF_THREAD
