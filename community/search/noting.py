"""Counting what people look for: in this process first, written every few seconds, so that no page waits for it.

Nothing personal is kept: not who searched, and of what was typed only words. Addresses, numbers and the like go.
"""

import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from community.policy.blackout import BLACK, black_out
from community.search.models import Need
from community.search.words import is_telling, stem, words

MOST_NEEDS, MOST_OF_ONE = 2_000, 40
"""Different needs that wait to be written, and how many may come from one network in that time."""
NUMBER = re.compile(r"\d{5,}")
"""A serial number, an account, a postal code: nothing to learn from, and it may point to somebody."""
LONGEST = 120
COUNT = """
INSERT INTO search_needday (need_id, day, searches, empty, opened) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (need_id, day) DO UPDATE SET searches = search_needday.searches + excluded.searches,
    empty = search_needday.empty + excluded.empty, opened = search_needday.opened + excluded.opened
"""


@dataclass
class Counted:
    """What was counted of one need since it was last written."""

    words: str
    searches: int = 0
    empty: int = 0
    opened: int = 0


@dataclass
class Tally:
    """What this process has counted and not yet written."""

    counted: dict[tuple[str, date], Counted] = field(default_factory=dict)
    networks: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    timer: threading.Timer | None = None

    def note(self, text: str, network: str, *, searches: int = 0, empty: int = 0, opened: int = 0) -> None:
        """Count; what one network sends in masses, or what nobody could read, is left out."""
        shown = impersonal(text)
        key = key_of(shown)
        place = (key, timezone.localdate())
        with self.lock:
            self.networks[network] += 1
            is_full = place not in self.counted and len(self.counted) >= MOST_NEEDS
            if not key or is_full or self.networks[network] > MOST_OF_ONE:
                return
            row = self.counted.setdefault(place, Counted(shown))
            row.searches, row.empty, row.opened = row.searches + searches, row.empty + empty, row.opened + opened
            if self.timer is None:
                self.timer = threading.Timer(settings.SEARCHES_WRITTEN_AFTER, write_and_leave)
                self.timer.daemon = True
                self.timer.start()

    def taken(self) -> dict[tuple[str, date], Counted]:
        """Everything counted so far; counting begins anew."""
        with self.lock:
            counted, self.counted, self.timer = self.counted, {}, None
            self.networks.clear()
        return counted


tally = Tally()


def impersonal(text: str) -> str:
    """The words of a query without what may point to a person."""
    return " ".join(word for word in words(black_out(text).replace(BLACK, " ")) if not NUMBER.search(word))[:LONGEST]


def key_of(text: str) -> str:
    """What wordings of the same need have in common."""
    return " ".join(sorted({stem(word) for word in words(text) if is_telling(word)}))[:LONGEST]


def note_search(text: str, network: str, *, found: int) -> None:
    """Somebody searched for this, and so much was found."""
    tally.note(text, network, searches=1, empty=int(found == 0))


def note_opened(text: str, network: str) -> None:
    """Somebody opened something that this search had found."""
    tally.note(text, network, opened=1)


@transaction.atomic
def write() -> None:
    """Write down what this process has counted."""
    counted = tally.taken()
    if not counted:
        return
    needs = needs_of({key: row.words for (key, _day), row in counted.items()})
    with connection.cursor() as cursor:
        rows = sorted((needs[key], day, row.searches, row.empty, row.opened) for (key, day), row in counted.items())
        cursor.executemany(COUNT, rows)


def needs_of(wanted: dict[str, str]) -> dict[str, int]:
    """The id of each need, which are made when nobody had them before."""
    new = [Need(key=key, words=shown) for key, shown in sorted(wanted.items())]
    Need.objects.bulk_create(new, ignore_conflicts=True)
    return dict(Need.objects.filter(key__in=wanted).values_list("key", "pk"))


def write_and_leave() -> None:
    """What the timer's thread does: it has a connection of its own, and gives it back."""
    try:
        write()
    finally:
        connection.close()
