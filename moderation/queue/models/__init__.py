"""The one queue: an item is an index card for a matter that waits for the team."""

from moderation.queue.models.batch import Batch, BatchStep
from moderation.queue.models.calendar import Calendar, Holiday, Promise
from moderation.queue.models.claim import Claim
from moderation.queue.models.customer_facts import CustomerFacts
from moderation.queue.models.item import Item
from moderation.queue.models.kept_view import KeptView
from moderation.queue.models.note import Note
from moderation.queue.models.ordering import Ordering
from moderation.queue.models.preferring import HandOver, Preference
from moderation.queue.models.presence import Presence
from moderation.queue.models.pull import Pull
from moderation.queue.models.skill import Ability, Need, Requirement, Skill
from moderation.queue.models.team import Member, Team

__all__ = [
    "Ability",
    "Batch",
    "BatchStep",
    "Calendar",
    "Claim",
    "CustomerFacts",
    "HandOver",
    "Holiday",
    "Item",
    "KeptView",
    "Member",
    "Need",
    "Note",
    "Ordering",
    "Preference",
    "Presence",
    "Promise",
    "Pull",
    "Requirement",
    "Skill",
    "Team",
]
