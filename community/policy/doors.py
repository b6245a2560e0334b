"""The doors: every way by which words come in. Whoever calls the gate names one, and a name that is not here fails.

What is held waits for a look: a new text out of sight, a change of one (`changing.py`) while the old words stay.

A new way in (chat, ideas, an interface for programs) gets a row here, and with it all checks and all rules of words.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Part(StrEnum):
    """Kinds of text that a rule can be limited to."""

    TITLES = "titles"
    TEXTS = "texts"
    REVIEWS = "reviews"
    PROFILES = "profiles"
    TAGS = "tags"
    TEMPLATES = "templates"
    PRIVATE = "private"


PART_NAMES: dict[Part, Any] = {
    Part.TITLES: _("Titles"),
    Part.TEXTS: _("Questions, answers, comments and help pages"),
    Part.REVIEWS: _("Reviews"),
    Part.PROFILES: _("Profiles and names"),
    Part.TAGS: _("Tags and their descriptions"),
    Part.TEMPLATES: _("Reply templates"),
    Part.PRIVATE: _("Private conversations, chat and mail included: you read what it holds and nothing else"),
}
EVERYWHERE = [part for part in Part if part is not Part.PRIVATE]
"""Where a rule looks unless somebody says otherwise: all that can be public."""


@dataclass(frozen=True)
class Door:
    """One way in. What a door cannot hold back, or cover, is refused there with the rule's reason."""

    name: str
    part: Part
    holds: bool = False
    covers: bool = False  # whether words can be blacked out here
    is_watched: bool = True  # whether the rules of words look here at all


DOORS: dict[str, Door] = {
    door.name: door
    for door in (
        Door("question", Part.TEXTS, holds=True, covers=True),
        Door("answer", Part.TEXTS, holds=True, covers=True),
        Door("comment", Part.TEXTS, holds=True, covers=True),
        Door("edit", Part.TEXTS, holds=True, covers=True),
        Door("suggestion", Part.TEXTS, holds=True, covers=True),
        Door("remark", Part.TEXTS, holds=True),  # a reason, a place, what a picture shows: short words beside a text
        Door("lock", Part.TEXTS),  # why a moderator closes a thread: whoever could look at it has written it
        Door("mail", Part.TEXTS, holds=True, covers=True),
        Door("import", Part.TEXTS, holds=True, covers=True),
        Door("crm", Part.TEXTS, holds=True, covers=True),
        Door("outcome", Part.TEXTS, holds=True),
        Door("review", Part.REVIEWS, holds=True, covers=True),
        Door("review_edit", Part.REVIEWS, holds=True, covers=True),
        Door("article", Part.TEXTS, holds=True, covers=True),
        Door("profile", Part.PROFILES, holds=True, covers=True),
        Door("name", Part.PROFILES),
        Door("tag", Part.TAGS, holds=True),
        Door("canned", Part.TEMPLATES, holds=True),
        Door("private", Part.PRIVATE),
        Door("message", Part.PRIVATE, holds=True, covers=True),  # of a chat, too
        Door("mail_private", Part.PRIVATE, holds=True, covers=True),
        Door("note", Part.PRIVATE, is_watched=False),  # the team among itself
        Door("appeal", Part.PRIVATE, is_watched=False),  # who was refused for a word must be able to name it
    )
}


def door_named(name: str) -> Door:
    """The door of this name. One that is not on the list is a programmer's mistake and fails loudly."""
    return DOORS[name]
