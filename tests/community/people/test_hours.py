"""Hours of work, as they are written and as they are read."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from community.people.hours import WorkingHours, week_of

ZONE = "Europe/Berlin"


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"{words}+01:00")


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Mon–Fri 09:00–17:00", [1, 1, 1, 1, 1, 0, 0]),
        ("mon-fri 9:00-17:00", [1, 1, 1, 1, 1, 0, 0]),
        ("Monday–Friday 09:00–17:00, Sat 10:00–14:00", [1, 1, 1, 1, 1, 1, 0]),
        ("Sat–Mon 14:00–15:00, Sun 10:00–11:00", [1, 0, 0, 0, 0, 1, 2]),
    ],
)
def test_hours_that_can_be_read(words, days):
    week = week_of(words)
    assert [len(day) for day in week] == days
    assert all(list(day) == sorted(day) for day in week)


@pytest.mark.parametrize("words", ["always", "Mon–Fri", "Xyz 09:00–17:00", "Mon 25:00–26:00", "Mon 17:00–09:00"])
def test_hours_that_cannot_are_refused_with_a_sentence(words):
    with pytest.raises(ValidationError):
        week_of(words)


@pytest.mark.parametrize(
    ("now", "back"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),  # here
        ("2026-11-24 08:00", "2026-11-24 09:00"),
        ("2026-11-24 17:00", "2026-11-25 09:00"),
        ("2026-11-27 18:00", "2026-12-01 09:00"),  # a weekend, and a Monday off
    ],
)
def test_when_work_goes_on(now, back):
    hours = WorkingHours.written("Mon–Fri 09:00–17:00", ZONE, frozenset({date(2026, 11, 30)}))
    assert hours.next_at(at(now)) == at(back)


def test_where_no_hours_are_known_nobody_can_tell():
    assert WorkingHours.written("when I feel like it", ZONE).next_at(at("2026-11-24 10:00")) is None
