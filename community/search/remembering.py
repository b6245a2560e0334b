"""What this process read a moment ago and uses again, until something that it hangs on is changed in any process."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from community.live.purging import when_purged

KEY = "search"
"""What every change of the index purges, in all processes."""
COUNTED = "search-counted"
"""What is purged when the words of the index were counted again."""
CHOSEN = "search-chosen"
"""What is purged when the team has chosen an answer to a need, or taken one back."""
KEPT_FOR = 30.0
"""Seconds, in case that this process was not told of a change."""


class Memory:
    """Values by their name, at most so many, forgotten when one of these keys is purged.

    Within a transaction nothing is taken from here and nothing is put in: it sees what nobody else can see yet.
    """

    def __init__(self, *keys: str, most: int = 500) -> None:
        self.keys = {*keys, "*"}
        self.most = most
        self.known: OrderedDict[Any, tuple[float, Any]] = OrderedDict()
        self.lock = threading.Lock()
        self.changes = 0
        when_purged(self.forget)

    def get(self, name: Any, find: Callable[[], Any]) -> Any:
        """What has this name, found now when it is not known."""
        return self.several([name], lambda _missing: {name: find()})[name]

    def several(self, names: Iterable[Any], find: Callable[[list[Any]], dict[Any, Any]]) -> dict[Any, Any]:
        """What has these names; those that are not known are found together."""
        if connection.in_atomic_block:
            return find(list(names))
        since = time.monotonic() - KEPT_FOR
        with self.lock:
            seen = self.changes
            here = {name: self.known.get(name, (0.0, None)) for name in names}
        found = {name: value for name, (at, value) in here.items() if at > since}
        if missing := [name for name in here if name not in found]:
            new = find(missing)
            self.keep(new, seen)
            found |= new
        return found

    def keep(self, new: dict[Any, Any], seen: int) -> None:
        """For those who ask next, unless something changed meanwhile."""
        now = time.monotonic()
        with self.lock:
            if seen == self.changes:
                self.known |= {name: (now, value) for name, value in new.items()}
                while len(self.known) > self.most:
                    self.known.popitem(last=False)

    def forget(self, keys: set[str]) -> None:
        """All of it, when one of its keys is among these."""
        if keys & self.keys:
            with self.lock:
                self.changes += 1
                self.known.clear()


remembered = Memory(KEY)
"""What was found for a query. Whoever shows it asks again who may read it."""
