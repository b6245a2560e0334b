"""What trust levels open: each level adds privileges, and the gate and the limits ask here."""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

HIGHEST = 4
NAMES = (_("New here"), _("Settled in"), _("Helping hand"), _("Trusted"), _("Pillar"))
"""The levels from 0 to 4 in words."""


class Privilege(StrEnum):
    """One thing that not every member may do. The team may do all of them."""

    LINKS = "links"  # as many links to other places as a text needs
    PICTURES = "pictures"  # several pictures in one post
    ATTACHMENTS = "attachments"  # files that are no pictures
    POSTS = "posts"  # no daily limit
    FILES = "files"  # as many files an hour as experienced members share
    REPLY_TEMPLATES = "reply_templates"  # words that are needed again and again, at hand while answering
    EDIT_TAGS = "edit_tags"  # put better tags on anybody's question
    REVIEW_EDITS = "review_edits"  # decide on suggested changes to what others wrote
    DESCRIBE_TAGS = "describe_tags"  # say what a tag is for


OPENS: dict[Privilege, tuple[int, Any]] = {
    Privilege.LINKS: (1, _("Post as many links as a text needs.")),
    Privilege.PICTURES: (1, _("Show several pictures in one post.")),
    Privilege.ATTACHMENTS: (1, _("Attach files that are no pictures.")),
    Privilege.POSTS: (1, _("Write as many posts a day as you like.")),
    Privilege.FILES: (1, _("Share more files an hour.")),
    Privilege.REPLY_TEMPLATES: (
        settings.CANNED_FROM_LEVEL,
        _("Keep templates for answers that are needed again and again."),
    ),
    Privilege.EDIT_TAGS: (2, _("Put better tags on anybody’s question, so that it is found.")),
    Privilege.REVIEW_EDITS: (
        settings.REVIEW_EDITS_FROM_LEVEL,
        _("Decide on changes that members suggest to what others wrote."),
    ),
    Privilege.DESCRIBE_TAGS: (4, _("Say what a tag is for.")),
}
"""From which level on each is open, and what it says on the page of levels."""


def may(person: Any, privilege: Privilege) -> bool:
    """Whether this person may do it by their level, or because they are on the team."""
    return person.level >= OPENS[privilege][0] or person.is_team


def opened_by(level: int) -> list[Any]:
    """What a level adds to the one before, in words."""
    return [words for opens_at, words in OPENS.values() if opens_at == level]
