"""Locks that a dying process cannot leave behind: PostgreSQL drops them with its connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from django.db import connection


@contextmanager
def advisory_lock(name: str, number: int, *, wait: bool = False) -> Iterator[bool]:
    """Hold the lock of this name and number; yields whether it was free. With `wait` it always gets it."""
    keys = [crc32(name.encode()) - 2**31, number % 2**31]
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s, %s), true", keys)
        else:
            cursor.execute("SELECT null, pg_try_advisory_lock(%s, %s)", keys)
        is_mine = bool(cursor.fetchone()[1])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", keys)
