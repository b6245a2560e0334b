"""The calendar file of a booked call (RFC 5545): one event with one name, so that each change replaces the last."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.callbacks.slots import length

LONGEST_LINE = 73


def calendar_file(callback: Any, url: str) -> str:
    """As a calendar reads it. It says nothing of what the call is about: calendars are shared."""
    is_off = callback.state == callback.State.CANCELLED
    begins = callback.slot_at
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Porchlight//Callbacks//EN",
        f"METHOD:{'CANCEL' if is_off else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:callback-{callback.pk}@{settings.SITE_URL.partition('//')[2].partition(':')[0]}",
        f"SEQUENCE:{callback.sequence}",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
        f"DTSTAMP:{stamp(timezone.now())}",
        f"DTSTART:{stamp(begins)}",
        f"DTEND:{stamp(begins + length())}",
        f"SUMMARY:{escaped(_('%(name)s calls you') % {'name': settings.SITE_NAME})}",
        f"DESCRIPTION:{escaped(_('Move it or call it off: %(url)s') % {'url': url})}",
        f"URL:{url}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(folded(line) for line in lines) + "\r\n"


def stamp(moment: datetime) -> str:
    """A moment in UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(words: str) -> str:
    """Text in which commas and line ends are no marks."""
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """Lines end after 75 octets and go on after a blank."""
    parts, rest = [], line
    while len(rest.encode()) > LONGEST_LINE:
        cut = LONGEST_LINE
        while len(rest[:cut].encode()) > LONGEST_LINE:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return "\r\n ".join([*parts, rest])
