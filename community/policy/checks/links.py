"""Links of new members: spam lives on them, help seldom needs more than two."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.people.trust import Privilege, may
from community.policy.findings import Finding, Outcome
from community.policy.ruling import Number, Ruled, number, ruled

LINK = re.compile(r"https?://([^\s/)>\]]+)|\bwww\.([^\s/)>\]]+)")
LINKS = ruled(
    Ruled(
        "links", _("Links of new members"), _("More links to other places than this in one text."),
        numbers=(Number("most", _("Links in a text"), "NEW_MEMBER_LINKS", most=50),),
    )
)  # fmt: skip
PRIVATE_DOORS = {"note", "message", "mail_private", "import"}


def links(text: str, by: Any, where: str) -> Iterable[Finding]:
    """Who is new may post so many links to other places (two unless set)."""
    if by is None or where in PRIVATE_DOORS or may(by, Privilege.LINKS):
        return
    own = settings.SITE_URL.partition("://")[2]
    others = [match for match in LINK.finditer(text) if (match[1] or match[2]) != own]
    most = number("links", "most")
    if len(others) > most:
        sentence = ngettext(
            "New members can post %(most)s link; please take some out. This limit ends with your first good answers.",
            "New members can post %(most)s links; please take some out. This limit ends with your first good answers.",
            most,
        )
        yield Finding("links", Outcome.REFUSE, sentence % {"most": most}, others[most].start(), others[most].end())
