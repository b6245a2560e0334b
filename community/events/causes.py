"""What an automation causes says so, and so does whatever comes of it: no automation begins by another one's acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from community.events.models import Event

CAUSED_BY = "caused_by"
"""The name of the cause in an event's details."""
_cause = ContextVar("cause", default="")


def current_cause() -> str:
    """The automation on whose behalf something happens now; empty when a person or the clock began it."""
    return _cause.get()


@contextmanager
def caused_by(cause: str) -> Iterator[None]:
    """What is recorded within was caused by this."""
    before = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(before)


@contextmanager
def because_of(event: Event) -> Iterator[None]:
    """What its subscribers do has the cause that the event had."""
    with caused_by(event.details.get(CAUSED_BY, "")):
        yield
