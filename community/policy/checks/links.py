"""Links of new members: spam lives on them, help seldom needs more than two."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import ngettext

from community.people.trust import Privilege, may
from community.policy.findings import Finding, Outcome

LINK = re.compile(r"https?://([^\s/)>\]]+)|\bwww\.([^\s/)>\]]+)")
PRIVATE_DOORS = {"note", "message", "mail_private", "import"}


def links(text: str, by: Any, where: str) -> Iterable[Finding]:
    """Who is new may post so many links to other places (`NEW_MEMBER_LINKS`, two unless set)."""
    if by is None or where in PRIVATE_DOORS or may(by, Privilege.LINKS):
        return
    own = settings.SITE_URL.partition("://")[2]
    others = [match for match in LINK.finditer(text) if (match[1] or match[2]) != own]
    most = settings.NEW_MEMBER_LINKS
    if len(others) > most:
        sentence = ngettext(
            "New members can post %(most)s link; please take some out. This limit ends with your first good answers.",
            "New members can post %(most)s links; please take some out. This limit ends with your first good answers.",
            most,
        )
        yield Finding("links", Outcome.REFUSE, sentence % {"most": most}, others[most].start(), others[most].end())
