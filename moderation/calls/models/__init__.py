"""Calls in the browser: who rang, who answered, when both heard each other, and how it ended. Nothing is recorded."""

from moderation.calls.models.call import Call
from moderation.calls.models.card import Card

__all__ = ["Call", "Card"]
