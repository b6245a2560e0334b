"""Rows that the tests of a module share: made once, seen by each, and taken back when the last of them has run.

What a test changes of them is undone after that test, as everything else it writes; what it holds in its hands are
copies of its own.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction


def shared_rows(blocker: Any, make: Callable[[], Any]) -> Iterator[Any]:
    """The body of a fixture of a module: what `make` answers, in a transaction around those of the tests."""
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
        try:
            made = make()
        except BaseException:
            undo(around)
            raise
    yield made
    with blocker.unblock():
        undo(around)


def undo(around: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    around.__exit__(None, None, None)
