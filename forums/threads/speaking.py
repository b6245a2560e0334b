"""Under which name somebody writes."""

from typing import Any

from django.conf import settings

from community.people.roles import Capability
from community.people.trust import Privilege, may


def persona_of(person: Any) -> str:
    """The name that goes with the team's mark; empty for those who may not use the mark."""
    return (person.shown_as or settings.TEAM_NAME) if person.can(Capability.ANSWER_AS_STAFF) else ""


def is_experienced(person: Any) -> bool:
    """The team, champions, and members from a level on: they have reply templates."""
    return bool(person.is_authenticated and (may(person, Privilege.REPLY_TEMPLATES) or person.is_champion))
