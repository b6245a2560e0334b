"""Scenes of booked calls, by the real verbs."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from moderation.callbacks.models import Callback
from moderation.escalation.models import Conversation
from moderation.queue.models import Calendar
from tests.cast import Cast

MONDAY = datetime(2026, 11, 23, 10, 15, tzinfo=ZoneInfo("Europe/Berlin"))
PHONE = "+49 30 901820"
AT_ELEVEN = MONDAY + timedelta(minutes=45)


def office_hours() -> None:
    Calendar.objects.create(zone="Europe/Berlin")


def writes(cast: Cast, person=None) -> Conversation:
    asked = {"title": "An exchange", "text": "The left side is silent.", "product": cast.beam2}
    return Conversation.objects.ask(by=person or cast.ana, channels=["page"], **asked)


def ana_books(cast: Cast, slot: datetime = AT_ELEVEN) -> Callback:
    """Ana wants to be called today in 45 minutes."""
    return Callback.objects.book(writes(cast), slot, phone=PHONE, by=cast.ana)
