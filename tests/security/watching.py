"""Seeing what a request writes, by looking at the statements that reach the database."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import connection

WRITE = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"(?P<table>\w+)"', re.IGNORECASE)
WIDER = re.compile(r'\b(INSERT INTO|UPDATE|DELETE FROM|SELECT procrastinate_defer)[\s"]*(?P<table>\w*)', re.IGNORECASE)
BOOKKEEPING = {"django_session", "usersessions_usersession"}  # that somebody was here, not what they did


@contextmanager
def writes(written: re.Pattern[str] = WRITE) -> Iterator[list[str]]:
    """The tables written to meanwhile, bookkeeping of the session left out."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = written.search(str(sql))
        if found and found["table"] not in BOOKKEEPING:
            seen.append(found["table"])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def may_have_written() -> AbstractContextManager[list[str]]:
    """The same with a wider net: also what another statement writes, what only locks rows, and jobs.

    As long as it is empty everything is as it was, and need not be looked at.
    """
    return writes(WIDER)
