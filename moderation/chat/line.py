"""What somebody of the team sees of all chats: their own, those that wait, and those that have lost their agent."""

from typing import Any

from django.conf import settings

from community.people.models import Person
from moderation.chat.models import Chat, Duty
from moderation.chat.models.duty import MOST_CHATS, is_open

MOST_SHOWN = 12


def strip_for(person: Person) -> dict[str, Any]:
    """The strip above the queue."""
    duty = Duty.objects.filter(person=person).first()
    chats = Chat.objects.going_on().worked_by(person)
    chats = chats.select_related("agent", "conversation__item__product__brand", "conversation__customer")
    mine, waiting, alone = [], [], []
    for chat in chats.order_by("pk")[:100]:
        if chat.agent_id == person.pk:
            mine.append(chat)
        elif chat.agent_id is None:
            waiting.append(chat)
        elif not chat.is_agent_here:
            alone.append(chat)
    return {
        "duty": duty,
        "capacity": duty.capacity if duty else settings.CHATS_AT_A_TIME,
        "most": MOST_CHATS,
        "mine": mine,
        "waiting": waiting[:MOST_SHOWN],
        "alone": alone[:MOST_SHOWN],
        "person": person,
        "is_desk_open": is_open(None),
    }
