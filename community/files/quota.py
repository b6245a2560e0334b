"""How much somebody may share: the size of one file, and files an hour."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from community.people.trust import Privilege, may
from community.refusals import Refusal

HOUR = timedelta(hours=1)


def refuse_too_big(name: str, size: int) -> None:
    """Raise a Refusal for a file over the limit, or without anything in it."""
    if size > settings.FILE_MAX_BYTES:
        sentence = _("“%(name)s” is too big. Files can have up to %(limit)s MB.")
        limit = settings.FILE_MAX_BYTES // (1024 * 1024)
        raise Refusal(sentence % {"name": name[:80], "limit": limit}, code="too_big", status=413)
    if not size:
        raise Refusal(_("“%(name)s” is empty.") % {"name": name[:80]}, code="empty", status=422)


def refuse_beyond_quota(by: Any, kept: Any) -> None:
    """Raise a Refusal when this person has shared enough for an hour (robustness D8). `kept` are their attachments."""
    if by.is_team:
        return
    most = settings.FILES_AN_HOUR if may(by, Privilege.FILES) else settings.NEW_MEMBER_FILES_AN_HOUR
    times = list(kept.filter(created_at__gt=timezone.now() - HOUR).order_by("-created_at").values_list("created_at"))
    if len(times) < most:
        return
    wait = max(1, int((times[most - 1][0] + HOUR - timezone.now()).total_seconds()))
    sentence = _("That was %(most)s files in an hour. Your text is kept; add this one in about %(wait)s minutes.")
    values = {"most": most, "wait": -(-wait // 60)}
    raise Refusal(sentence % values, code="too_many", status=429, retry_after=wait)
