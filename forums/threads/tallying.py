"""What a kind of thread keeps beside the trunk follows the trunk in the same transaction, so it is never wrong."""

from collections.abc import Callable
from typing import Any

Tally = Callable[[Any], None]
_tallies: dict[str, Tally] = {}


def tallies(kind: str) -> Callable[[Tally], Tally]:
    """Register what brings a kind's own numbers up to date after its thread came into sight, left it, or got a vote."""

    def register(keep: Tally) -> Tally:
        _tallies[kind] = keep
        return keep

    return register


def tally(thread: Any) -> None:
    """Bring the numbers of this thread's kind up to date. Repeating it changes nothing."""
    if keep := _tallies.get(thread.kind):
        keep(thread)
