"""What was found for a query a moment ago, in this process, until anything in the index changes."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from community.live.purging import when_purged

KEY = "search"
"""What every change of the index purges, in all processes."""
KEPT_FOR, MOST = 30.0, 500
"""Seconds, in case that this process was not told of a change; and how many queries."""

_found: OrderedDict[str, tuple[float, Any]] = OrderedDict()
_lock = threading.Lock()
_changes = 0


def remembered(query: str, find: Callable[[], Any]) -> Any:
    """What was found for this query, or what is found now. Whoever shows it asks again who may read it."""
    with _lock:
        at, found = _found.get(query, (0.0, None))
        seen = _changes
    if time.monotonic() - at < KEPT_FOR and found is not None:
        return found
    found = find()
    with _lock:
        if seen == _changes:  # nothing changed meanwhile
            _found[query] = (time.monotonic(), found)
            while len(_found) > MOST:
                _found.popitem(last=False)
    return found


def drop(keys: set[str]) -> None:
    """Forget all of it when the index has changed."""
    global _changes
    if KEY in keys or "*" in keys:
        with _lock:
            _changes += 1
            _found.clear()


when_purged(drop)
