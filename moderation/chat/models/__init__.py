"""Talking live: who of the team is there for it, who waits, who talks with whom, and how it ends."""

from moderation.chat.models.chat import Chat
from moderation.chat.models.duty import Duty
from moderation.chat.models.seat import Seat

__all__ = ["Chat", "Duty", "Seat"]
