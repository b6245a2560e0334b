"""What a new member may do today and how much of it is left, said before they write rather than afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.events.models import Event
from community.people.trust import Privilege, may
from community.policy.checks.first_days import BEGINNING, DAY, is_first_day, texts_waiting, threads_of
from community.policy.checks.pace import POSTING
from community.policy.models import State
from community.policy.ruling import number, rule_of, rules_read


@dataclass(frozen=True)
class Allowance:
    """Lines to read before one writes; `is_used_up` when nothing can be sent now, and until when if that is known."""

    lines: list[str]
    is_used_up: bool = False
    opens_at: datetime | None = None


def allowance_for(person: Any, where: str) -> Allowance | None:
    """For somebody new who is about to write `where`; None for all for whom there is nothing to say."""
    if not person.is_authenticated or may(person, Privilege.POSTS):
        return None
    with rules_read():
        lines: list[str] = []
        opens_at = today(person, where, lines)
        is_full = is_in_force("waiting") and texts_waiting(person) >= number("waiting", "most")
        if is_full:
            lines.append(_("A text of yours waits for a look; the next one can follow as soon as somebody has looked."))
        lines += in_a_text()
    return Allowance(lines, is_full or opens_at is not None, opens_at)


def today(person: Any, where: str, lines: list[str]) -> datetime | None:
    """How much of the day is used; the moment from which it goes on when all of it is."""
    opens_at = None
    if where in BEGINNING and is_first_day(person) and is_in_force("first_day"):
        used, most = threads_of(person), number("first_day", "most")
        lines.append(_("Questions and reviews: %(used)s of %(most)s today.") % {"used": min(used, most), "most": most})
        opens_at = person.created_at + DAY if used >= most else None
    if is_in_force("pace"):
        most, since = number("pace", "day"), timezone.now() - timedelta(days=1)
        posted = Event.objects.filter(actor=person.pk, verb__in=POSTING, created_at__gt=since).order_by("-created_at")
        times = list(posted.values_list("created_at", flat=True)[:most])
        lines.append(_("Texts of all kinds: %(used)s of %(most)s today.") % {"used": len(times), "most": most})
        if len(times) >= most:
            opens_at = max(filter(None, (opens_at, times[-1] + DAY)))
    return opens_at


def in_a_text() -> list[str]:
    """What one text may hold."""
    said = []
    if is_in_force("links"):
        most = number("links", "most")
        said.append(ngettext("%(n)s link in a text.", "Up to %(n)s links in a text.", most) % {"n": most})
    if is_in_force("files"):
        most, others = number("files", "pictures"), number("files", "attachments")
        said.append(ngettext("%(n)s picture in a post.", "Up to %(n)s pictures in a post.", most) % {"n": most})
        if not others:
            said.append(_("Other files later."))
    return said


def is_in_force(key: str) -> bool:
    """Whether the check does more than count."""
    return bool(rule_of(key).state == State.ON)
