"""Time that counts: only hours in which the desk is open. Plain arithmetic; `Calendar` says when that is.

Hours are wall-clock hours of a zone, so a day on which the clocks change is as long as its hours say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_LOOK = 800
"""Days after which a calendar without an open hour is given up on."""

Span = tuple[time, time]


@dataclass(frozen=True)
class WorkingHours:
    """When the desk is open: for each weekday (Monday first) its spans, and the days on which it is not at all."""

    zone: str
    week: tuple[tuple[Span, ...], ...]
    holidays: frozenset[date] = field(default_factory=frozenset)

    @classmethod
    def always(cls) -> "WorkingHours":
        """Round the clock, when nobody has said otherwise."""
        return cls("UTC", (((time.min, time.max),),) * 7)

    def spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open spans from a moment on, in UTC, the first one cut at that moment."""
        zone = ZoneInfo(self.zone)
        first = start.astimezone(zone).date()
        for number in range(LONGEST_LOOK):
            day = first + timedelta(days=number)
            if day in self.holidays:
                continue
            for opens, closes in self.week[day.weekday()]:
                begin = datetime.combine(day, opens, zone).astimezone(UTC)
                end = datetime.combine(day, closes, zone).astimezone(UTC)
                if closes == time.max:  # midnight belongs to the day
                    end += timedelta(microseconds=1)
                if end > start:
                    yield max(begin, start), end

    def after(self, start: datetime, working: timedelta) -> datetime:
        """The moment at which so much working time has passed since `start`.

        Raises ValueError when the desk never opens.
        """
        left = working
        for begin, end in self.spans_from(start):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise ValueError("This desk never opens.")

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
