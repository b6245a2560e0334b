"""Purging: pages kept ready by the front are dropped, on all processes, when what they show has changed."""

from collections.abc import Callable
from uuid import uuid4

from django.db import connection, transaction

from community.live.outlet import outlet

_here: list[Callable[[set[str]], None]] = []


def when_purged(drop: Callable[[set[str]], None]) -> None:
    """Register what drops the kept pages of this process."""
    _here.append(drop)


def drop_here(keys: set[str]) -> None:
    """Drop the pages of this process; `*` means all of them."""
    for drop in _here:
        drop(keys)


class Purge:
    """The keys that one transaction purges, in one message when it is committed."""

    def __init__(self, keys: set[str], savepoints: tuple[str, ...]) -> None:
        self.keys = keys
        self.savepoints = savepoints

    def __call__(self) -> None:
        """Returns when no process serves a page with these keys any more: the write may now be acknowledged."""
        drop_here(self.keys)
        if outlet is None:
            return
        order_id = uuid4().hex
        heard = outlet.tell({"purge": sorted(self.keys), "id": order_id})
        if heard < 0:
            outlet.wait_out_the_lease()
        else:
            outlet.wait_for_answers(order_id, heard)


def purge(*keys: str) -> None:
    """Drop the kept pages that name one of these surrogate keys, once the transaction is committed.

    It holds the answer back until every process has dropped them, so that whoever is told "saved" finds it everywhere.
    """
    savepoints = tuple(sid for sid in connection.savepoint_ids if sid)
    for _, waiting, _ in connection.run_on_commit:  # type: ignore[misc]  # the stubs have not heard of "robust"
        if isinstance(waiting, Purge) and waiting.savepoints == savepoints:
            waiting.keys.update(keys)
            return
    transaction.on_commit(Purge(set(keys), savepoints))
