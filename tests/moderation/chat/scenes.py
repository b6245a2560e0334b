"""Scenes of live chats, by the real verbs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from community.people.models import Person
from moderation.chat.models import Chat, Duty, Seat
from moderation.escalation.models import Conversation
from moderation.queue.models import Calendar
from tests.cast import Cast

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def sits_down(person: Person, capacity: int = 3, **fields) -> Duty:
    """Somebody of the team takes chats, with the desk open in a browser."""
    duty = Duty.objects.begin(by=person, capacity=capacity, **fields)
    Seat.objects.take(person, "here", socket=f"desk-{person.pk}")
    return duty


def loses_the_connection(person: Person) -> None:
    """Their browser is gone, and does not come back."""
    Seat.objects.filter(person=person).delete()


def ana_writes(cast: Cast, **fields) -> Conversation:
    """Ana has written to the team in private."""
    fields = {"title": "No sound on the left", "text": "Since fw 3.2 the left side is silent.", **fields}
    return Conversation.objects.ask(by=cast.ana, channels=["page"], product=cast.beam2, **fields)


def ana_chats(cast: Cast) -> Chat:
    """Ana waits in a live chat; Dora is there for it."""
    sits_down(cast.dora)
    return Chat.objects.request(ana_writes(cast), by=cast.ana)


def ana_and_dora_chat(cast: Cast) -> Chat:
    """Dora has joined."""
    chat = ana_chats(cast)
    chat.join(by=cast.dora)
    return Chat.objects.get(pk=chat.pk)


def office_hours(cast: Cast) -> None:
    """Monday to Friday, nine to five, in Berlin."""
    Calendar.objects.create(zone="Europe/Berlin")


def said_in(conversation: Conversation) -> list[tuple[int, str]]:
    """All of it, numbers and words or steps."""
    return [(message.number, message.step or message.source) for message in conversation.messages.all()]
