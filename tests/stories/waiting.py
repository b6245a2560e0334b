"""Waiting for what other processes do."""

import time
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")


def until(look: Callable[[], Seen], seconds: float = 30) -> Seen:
    """What `look` sees at last; fails when it sees nothing in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if seen := look():
            return seen
        time.sleep(0.25)
    raise AssertionError(f"nothing after {seconds} s")
