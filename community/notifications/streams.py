"""Who may listen to a tray: its owner."""

from typing import Any

from community.live.streams import stream


@stream("tray")
def is_own_tray(person: Any, key: str) -> bool:
    """Only one's own."""
    return person.is_authenticated and str(person.pk) == key
