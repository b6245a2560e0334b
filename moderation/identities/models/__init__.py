"""Who somebody is: names elsewhere, proved or only suggested, and accounts that are one person."""

from moderation.identities.models.handle import Handle
from moderation.identities.models.merge import Merge

__all__ = ["Handle", "Merge"]
