"""Hours of work: of a person, as they write them ("Mon–Fri 09:00–17:00, Sat 10:00–14:00"), and of a desk.

When somebody is here, when again, and how much working time lies between two moments. Hours are wall-clock hours of a
zone, so a day on which the clocks change is as long as its hours say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_LOOK = 800
"""Days after which hours that are all days off are given up on."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PART = re.compile(r"(?P<first>[a-z]{3})[a-z]*(?:\s*[-–]\s*(?P<last>[a-z]{3})[a-z]*)?\s+"
                  r"(?P<from>\d{1,2}:\d\d)\s*[-–]\s*(?P<to>\d{1,2}:\d\d)")  # fmt: skip
Span = tuple[time, time]


@dataclass(frozen=True)
class WorkingHours:
    """For each weekday (Monday first) the spans in which there is work, and the days on which there is none at all."""

    zone: str
    week: tuple[tuple[Span, ...], ...]
    days_off: frozenset[date] = field(default_factory=frozenset)

    @classmethod
    def always(cls) -> "WorkingHours":
        """Round the clock, when nobody has said otherwise."""
        return cls("UTC", (((time.min, time.max),),) * 7)

    @classmethod
    def written(cls, words: str, zone: str, days_off: frozenset[date] = frozenset()) -> "WorkingHours":
        """As somebody wrote them; none at all where they were written freely and nobody can tell."""
        try:
            return cls(zone, week_of(words), days_off)
        except ValidationError:
            return cls(zone, ((),) * 7, days_off)

    def spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans of work from a moment on, in UTC, the first one cut at that moment."""
        zone = ZoneInfo(self.zone)
        first = start.astimezone(zone).date()
        for number in range(LONGEST_LOOK if any(self.week) else 0):
            day = first + timedelta(days=number)
            if day in self.days_off:
                continue
            for opens, closes in self.week[day.weekday()]:
                begin = datetime.combine(day, opens, zone).astimezone(UTC)
                end = datetime.combine(day, closes, zone).astimezone(UTC)
                if closes == time.max:  # midnight belongs to the day
                    end += timedelta(microseconds=1)
                if end > start:
                    yield max(begin, start), end

    def next_at(self, moment: datetime) -> datetime | None:
        """When work goes on: this moment when it is going on; None when nobody can tell."""
        return next((begin for begin, _end in self.spans_from(moment)), None)

    def after(self, start: datetime, working: timedelta) -> datetime:
        """The moment at which so much working time has passed since `start`.

        Raises ValueError when there is never any.
        """
        left = working
        for begin, end in self.spans_from(start):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise ValueError("There are no hours of work.")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; negative when `end` is the earlier one."""
        if end < start:
            return -self.between(end, start)
        passed = timedelta()
        for begin, close in self.spans_from(start):
            if begin >= end:
                break
            passed += min(close, end) - begin
        return passed


def week_of(words: str) -> tuple[tuple[Span, ...], ...]:
    """The hours that are written there, day by day. Raises a ValidationError when they cannot be read."""
    week: list[list[Span]] = [[] for _day in DAYS]
    for part in filter(None, (part.strip().casefold() for part in words.split(","))):
        days, span = _read(part)
        for day in days:
            week[day].append(span)
    return tuple(tuple(sorted(day)) for day in week)


def _read(part: str) -> tuple[list[int], Span]:
    """The days and the span of one part."""
    found = PART.fullmatch(part)
    if found is None or not {found["first"], found["last"] or found["first"]} <= set(DAYS):
        raise ValidationError(_("Write hours like this: Mon–Fri 09:00–17:00, Sat 10:00–14:00"), code="hours")
    first, last = DAYS.index(found["first"]), DAYS.index(found["last"] or found["first"])
    try:
        begin, end = (time.fromisoformat(found[side].zfill(5)) for side in ("from", "to"))
    except ValueError as error:
        raise ValidationError(_("There is no such time of day."), code="hours") from error
    if begin >= end:
        raise ValidationError(_("The end comes after the beginning, on the same day."), code="hours")
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)], (begin, end)
