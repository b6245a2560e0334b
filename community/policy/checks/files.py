"""Files in a text: few enough to look at, and one picture for a start (robustness H5)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.people.trust import Privilege, may
from community.policy.findings import Finding, Outcome
from community.text.pictures import file_keys, picture_count

FREE_DOORS = {"note", "message", "mail_private", "import"}


def files(text: str, by: Any, where: str) -> Iterable[Finding]:
    """Files in one post for everybody (`FILES_A_POST`), pictures for new members (`NEW_MEMBER_PICTURES`)."""
    if by is None or where in FREE_DOORS:
        return
    if len(file_keys(text)) > settings.FILES_A_POST:
        sentence = _("A post can have up to %(most)s files. Put some into an answer of their own, or into one ZIP.")
        yield Finding("files", Outcome.REFUSE, sentence % {"most": settings.FILES_A_POST})
    most = settings.NEW_MEMBER_PICTURES
    if picture_count(text) > most and not may(by, Privilege.PICTURES):
        sentence = ngettext(
            "New members can show %(most)s picture in a post; please take the others out. "
            "This limit ends with your first good answers.",
            "New members can show %(most)s pictures in a post; please take the others out. "
            "This limit ends with your first good answers.",
            most,
        )
        yield Finding("files", Outcome.REFUSE, sentence % {"most": most})
