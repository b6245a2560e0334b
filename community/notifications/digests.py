"""The digest: one mail with what somebody has neither read nor been mailed, thread by thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.addresses import absolute
from community.notifications.kinds import DIGEST
from community.notifications.mailing import queue_mail
from community.notifications.models import EmailDelivery, Notification
from community.people.models import Person

THREADS, LINES = 15, 3
SUBJECT = _("What is new for you")
FULL = _("You get this because there was more than the number of mails a day that you chose.")


@dataclass(frozen=True)
class Section:
    """One thread of the digest: its latest lines, and how many there are besides."""

    title: str
    url: str
    reason: str
    lines: list[Notification]
    others: int


def write_digest(person: Person, told: Sequence[Notification], now: datetime) -> EmailDelivery | None:
    """The mail. It is never written without anything in it, and each line is in one mail only."""
    sections = sections_of(told)
    is_full = any(row.by_mail == Notification.ByMail.OVERFLOW for row in told)
    context: dict[str, Any] = {
        "sections": sections[:THREADS],
        "others": len(sections) - THREADS if len(sections) > THREADS else 0,
        "count": len(told),
        "url": absolute(reverse("community:notification-list")),
        "less_url": absolute(reverse("community:settings-notifications")),
    }
    key = f"digest-{person.pk}-{told[-1].pk}"
    reason = FULL if is_full else ""
    return queue_mail("digest", to=person, key=key, kind=DIGEST, reason=reason, subject=SUBJECT, context=context)


def sections_of(told: Sequence[Notification]) -> list[Section]:
    """Thread by thread, those with most news first."""
    threads: dict[str, list[Notification]] = {}
    for row in told:
        threads.setdefault(row.chain or f"alone-{row.pk}", []).append(row)
    ordered = sorted(threads.values(), key=len, reverse=True)
    return [
        Section(
            title=rows[-1].title or rows[-1].text,
            url=absolute(rows[0].url),
            reason=rows[-1].reason,
            lines=rows[-LINES:],
            others=max(0, len(rows) - LINES),
        )
        for rows in ordered
    ]
