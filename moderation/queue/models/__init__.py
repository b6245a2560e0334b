"""The one queue: an item is an index card for a matter that waits for the team."""

from moderation.queue.models.claim import Claim
from moderation.queue.models.item import Item
from moderation.queue.models.note import Note
from moderation.queue.models.presence import Presence

__all__ = ["Claim", "Item", "Note", "Presence"]
