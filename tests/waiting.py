"""Waiting for what other processes do."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import httpx

Seen = TypeVar("Seen")


def until(look: Callable[[], Seen], seconds: float = 60) -> Seen:
    """What `look` sees at last; fails when it sees nothing in time. A line that is refused is nothing yet."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(httpx.HTTPError, OSError):
            if seen := look():
                return seen
        time.sleep(0.05)
    raise AssertionError(f"nothing after {seconds} s")
