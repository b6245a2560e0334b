"""Hours of work as people write them, "Mon–Fri 09:00–17:00, Sat 10:00–14:00": when somebody is here, and when again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PART = re.compile(r"(?P<first>[a-z]{3})[a-z]*(?:\s*[-–]\s*(?P<last>[a-z]{3})[a-z]*)?\s+"
                  r"(?P<from>\d{1,2}:\d\d)\s*[-–]\s*(?P<to>\d{1,2}:\d\d)")  # fmt: skip
LOOK_AHEAD = 60  # days


@dataclass(frozen=True)
class Span:
    """Hours on some days of the week."""

    days: frozenset[int]
    begin: time
    end: time


def spans_in(words: str) -> list[Span]:
    """The hours that are written there. Raises a ValidationError with a sentence when they cannot be read."""
    spans = []
    for part in filter(None, (part.strip().casefold() for part in words.split(","))):
        found = PART.fullmatch(part)
        if found is None or not {found["first"], found["last"] or found["first"]} <= set(DAYS):
            raise ValidationError(_("Write hours like this: Mon–Fri 09:00–17:00, Sat 10:00–14:00"), code="hours")
        first, last = DAYS.index(found["first"]), DAYS.index(found["last"] or found["first"])
        days = frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))
        try:
            begin, end = (time.fromisoformat(found[side].zfill(5)) for side in ("from", "to"))
        except ValueError as error:
            raise ValidationError(_("There is no such time of day."), code="hours") from error
        if begin >= end:
            raise ValidationError(_("The end comes after the beginning, on the same day."), code="hours")
        spans.append(Span(days, begin, end))
    return spans


class Hours:
    """The hours of somebody in their time zone, without the days off."""

    def __init__(self, words: str, zone: str, days_off: frozenset[date] = frozenset()) -> None:
        self.zone, self.days_off = ZoneInfo(zone), days_off
        try:
            self.spans = spans_in(words)
        except ValidationError:  # written freely, long ago: nobody can tell
            self.spans = []

    def windows(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Times of work from this moment on, in their order; the first may have begun already."""
        today = start.astimezone(self.zone).date()
        for day in (today + timedelta(days=n) for n in range(LOOK_AHEAD)):
            if day in self.days_off:
                continue
            for span in sorted((s for s in self.spans if day.weekday() in s.days), key=lambda s: s.begin):
                begin, end = (datetime.combine(day, at, self.zone) for at in (span.begin, span.end))
                if end > start:
                    yield max(begin, start), end

    def next_at(self, moment: datetime) -> datetime | None:
        """When work goes on: this moment when it is going on; None when nobody can tell."""
        window = next(self.windows(moment), None)
        return window[0] if window else None
