"""A kept connection is asked whether it works only when the server has said something."""

from contextlib import suppress

import pytest
from django.db import connections

from tests.databases import maintenance


@pytest.fixture
def line():
    """A second connection of this process, as another thread would have it."""
    other = connections.create_connection("default")
    other.ensure_connection()
    yield other
    with suppress(Exception):
        other.close()


@pytest.mark.django_db
def test_a_quiet_connection_is_not_asked(line, monkeypatch):
    monkeypatch.setattr(line, "connection", Silent(line.connection))
    assert line.is_usable()


@pytest.mark.django_db
def test_a_connection_that_the_server_has_ended_is_not_used(line):
    with line.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with maintenance() as administrator:
        administrator.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
    assert not line.is_usable()


@pytest.mark.django_db
def test_what_we_have_closed_is_not_used(line):
    line.connection.close()
    assert not line.is_usable()


class Silent:
    """A connection that would fail if it were asked anything."""

    def __init__(self, real):
        self.closed, self.fileno, self.close = real.closed, real.fileno, real.close

    def cursor(self, *args, **fields):
        raise AssertionError("it was asked")
