"""Django's PostgreSQL backend, which asks whether a kept connection still works only where there is reason to."""

import select
from typing import Any

from django.db.backends.postgresql import base, operations

PLANS = 500
ONLY_WHEN_ASKED = 1_000_000_000
"""How often a statement comes until psycopg plans it by itself. None, which Django gives, would be never at all."""


class DatabaseOperations(operations.DatabaseOperations):
    """What this backend says in its own way."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """What is written down of a statement: psycopg keeps no text of one that is planned, so as it was sent."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Django asks `SELECT 1` at the beginning of each request, which is as long as any other question.

    A server that has ended a connection has said so, and a quiet connection has nothing to say: only one with something
    to read is asked.
    """

    ops_class = DatabaseOperations
    connection: Any

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection with room for all statements that are planned once: beyond a hundred, psycopg forgets some."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max, connection.prepare_threshold = PLANS, ONLY_WHEN_ASKED
        return connection

    def init_connection_state(self) -> None:
        """A connection that could not be set up is not kept. Django would go on with it, in another time zone than it
        believes, and every time that it reads would be an hour off.
        """
        try:
            super().init_connection_state()
        except BaseException:
            self.connection.close()
            self.connection = None
            raise

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        return not has_spoken(self.connection.fileno()) or super().is_usable()


def has_spoken(file: int) -> bool:
    """Whether there is something to read: an end, a goodbye, a notice."""
    poll = select.poll()
    poll.register(file, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(poll.poll(0))
