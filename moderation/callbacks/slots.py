"""When we can call: slots within open hours, not too soon, and only those that still have room."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from community.catalogue.models import Brand
from moderation.queue.models import Calendar

MOST = 60
"""Slots that are shown at once."""


def length() -> timedelta:
    """How long a slot is."""
    return timedelta(minutes=settings.CALLBACK_MINUTES)


def earliest(now: datetime) -> datetime:
    """Before this nobody can prepare: today in 45 minutes at the earliest."""
    return now + timedelta(minutes=settings.CALLBACK_LEAD_MINUTES)


def all_slots(brand: Brand | None, now: datetime) -> list[datetime]:
    """Every slot of the next days, full or not; each begins on the quarter of an hour and ends within open hours."""
    first, last = earliest(now), now + timedelta(days=settings.CALLBACK_DAYS)
    found: list[datetime] = []
    for begin, end in Calendar.objects.hours_for(brand).spans_from(now):
        slot = begin.replace(minute=0, second=0, microsecond=0)
        while slot + length() <= min(end, last):
            if slot >= max(begin, first):
                found.append(slot)
            slot += length()
        if begin > last or len(found) >= 4 * MOST:
            break
    return found


def free_slots(brand: Brand | None, booked: "Counter[datetime]", now: datetime | None = None) -> list[datetime]:
    """The slots with room, earliest first."""
    found = all_slots(brand, now or timezone.now())
    return [slot for slot in found if booked[slot] < settings.CALLBACKS_AT_A_TIME][:MOST]


def by_day(slots: list[datetime], zone: str) -> list[tuple[Any, list[datetime]]]:
    """For the form: each day of the customer's own zone with its times."""
    local = [slot.astimezone(ZoneInfo(zone)) for slot in slots]
    return [(day, list(times)) for day, times in groupby(local, key=lambda slot: slot.date())]
