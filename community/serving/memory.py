"""Ready pages in this process's memory: bounded, compressed once, dropped by what they show."""

import threading
import time
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field

from community.serving.answers import Answer, compressed

OLDEST = 300.0
"""Seconds after which a page is made anew even if nothing was purged."""
REMEMBERED = 20_000
"""Keys whose last purge is remembered, for pages that are being made while it happens."""

Key = tuple[bytes | str, ...]


@dataclass
class Page:
    """An answer that is the same for everybody, once for each encoding somebody asked for."""

    answer: Answer
    names: frozenset[str]
    kept_at: float = field(default_factory=time.monotonic)
    ready: dict[str, Answer] = field(default_factory=dict)

    def in_encoding(self, encoding: str) -> Answer:
        if encoding not in self.ready:
            self.ready[encoding] = compressed(self.answer, encoding)
        return self.ready[encoding]

    @property
    def size(self) -> int:
        """What it takes in memory, counted high: the page itself, and what its compressed copies may add."""
        return int(len(self.answer.body) * 1.5) + 2_000


class Memory:
    """The ready pages of this process. `moment` counts purges: a page begun before one is not kept after it."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self.moment = 0
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.by_name: defaultdict[str, set[Key]] = defaultdict(set)
        self.purged: OrderedDict[str, int] = OrderedDict()
        self.emptied = 0
        self.asked_once: OrderedDict[Key, None] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        page = self.pages.get(key)
        if page is None or time.monotonic() - page.kept_at > OLDEST:
            return None
        return page

    def keep(self, key: Key, page: Page, begun: int) -> bool:
        """Keep a page, unless something that it shows was purged since it was begun, or it would crowd out the rest."""
        if page.size > self.room // 20 or not self._is_wanted(key):
            return False
        with self.lock:
            if begun < self.emptied or any(self.purged.get(name, 0) > begun for name in page.names):
                return False
            self._drop(key)
            self.pages[key] = page
            self.used += page.size
            for name in page.names:
                self.by_name[name].add(key)
            while self.used > self.room:
                self._drop(next(iter(self.pages)))
        return True

    def purge(self, names: set[str]) -> None:
        """Drop what shows one of these; `*` means everything."""
        with self.lock:
            self.moment += 1
            if "*" in names:
                self._empty()
                return
            for name in names:
                self.purged[name] = self.moment
                self.purged.move_to_end(name)
                for key in list(self.by_name.get(name, ())):
                    self._drop(key)
            while len(self.purged) > REMEMBERED:
                _, forgotten = self.purged.popitem(last=False)
                self.emptied = max(self.emptied, forgotten)

    def _empty(self) -> None:
        self.emptied = self.moment
        self.pages.clear()
        self.by_name.clear()
        self.purged.clear()
        self.used = 0

    def _drop(self, key: Key) -> None:
        page = self.pages.pop(key, None)
        if page is None:
            return
        self.used -= page.size
        for name in page.names:
            self.by_name[name].discard(key)
            if not self.by_name[name]:
                del self.by_name[name]

    def _is_wanted(self, key: Key) -> bool:
        """A page with a query string is kept when it is asked for again, so that junk cannot crowd out real pages."""
        if not key[-1]:
            return True
        if key in self.asked_once:
            return True
        self.asked_once[key] = None
        if len(self.asked_once) > 5_000:
            self.asked_once.popitem(last=False)
        return False
