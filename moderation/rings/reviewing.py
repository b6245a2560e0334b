"""A member of a ring before a moderator."""

from typing import Any

from django.utils.translation import gettext_lazy

from community.people.models import Person
from moderation.flags.subjects import Subject, reviewed
from moderation.rings.models import RingMember


@reviewed("ring", RingMember)
class ReviewedMember(Subject):
    """Who votes mostly for people who vote for them. The page with the graph is the ring's."""

    label = gettext_lazy("Votes")
    icon = "users"
    deeds = ("void_votes", "warn")

    @property
    def concerns(self) -> Person | None:
        person: Person = self.row.person
        return person

    @property
    def text(self) -> str:
        return str(self.row.words)

    @property
    def url(self) -> str:
        """Told to the member too, who has no page for it."""
        return ""

    @property
    def vote_ids(self) -> list[int]:
        """What voiding takes out of the count."""
        return list(self.row.vote_ids)

    def is_seen_by(self, person: Any) -> bool:
        """Nobody flags it."""
        return False
