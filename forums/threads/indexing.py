"""What of a thread can be found, as soon as it changes: at once when something goes out of sight, else by event."""

from typing import Any

from community.search.indexing import index
from community.search.sources import sources


def index_now(thread: Any) -> None:
    """In this transaction, so that what is hidden, taken back or reworded cannot be found from now on."""
    if thread.kind in sources:
        index(thread.kind, [pk for pk in (thread.pk, thread.merged_into_id) if pk])
