"""How much somebody has at hand: a chat counts more than a mail or a thread, for it cannot wait."""

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Q, Value, When

from community.people.models import Person
from moderation.chat.models import Chat
from moderation.queue.models import Item


def load_of(person: Person) -> int:
    """What is theirs and open: at their hand, or given to them and at nobody's. And every chat that they are in."""
    chatting = Q(pk__in=Chat.objects.going_on().filter(agent=person).values("conversation__item"))
    given = Q(assignee=person, claim_row=None)
    theirs = Q(state=Item.State.OPEN) & (Q(claim_row__holder=person) | given)
    kind = Case(
        When(chatting, then=Value(settings.LOAD_OF_CHAT)),
        When(kind=Item.Kind.CONVERSATION, then=Value(settings.LOAD_OF_MAIL)),
        default=Value(settings.LOAD_OF_THREAD),
        output_field=IntegerField(),
    )
    counted = Item.objects.filter(theirs | chatting).values(weight=kind).annotate(number=Count("pk")).order_by()
    return sum(row["weight"] * row["number"] for row in counted)


def load_of_kind(kind: str) -> int:
    """What one more item of a kind takes, when nobody chats in it."""
    return settings.LOAD_OF_MAIL if kind == Item.Kind.CONVERSATION else settings.LOAD_OF_THREAD
