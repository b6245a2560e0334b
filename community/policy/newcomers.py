"""Somebody without an account: the gate asks of their texts what it asks of a new member's."""

from typing import Any


class Newcomer:
    """A new member to be. How often they come is counted where they come in, for they have no past here."""

    pk = None
    level = 0
    is_team = False

    def can(self, *_asked: Any) -> bool:
        """Nothing that not everybody may do."""
        return False


NEWCOMER = Newcomer()
