"""Under which name somebody writes."""

from typing import Any

from community.people.roles import Capability


def persona_of(person: Any) -> str:
    """The name that goes with the team's mark; empty for those who may not use the mark."""
    persona = getattr(person, "persona", None) if person.can(Capability.ANSWER_AS_STAFF) else None
    return persona.alias if persona else ""
