"""Calls that customers asked for: booked, moved, made, and what came of each try."""

from moderation.callbacks.models.attempt import Attempt
from moderation.callbacks.models.callback import Callback
from moderation.callbacks.models.identity import IdentityCheck

__all__ = ["Attempt", "Callback", "IdentityCheck"]
