"""A connection is kept only in the state that Django believes it is in, and asked whether it works only when the server
has said something."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import DataError, connections

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


@pytest.mark.django_db
def test_a_connection_that_could_not_be_set_to_its_time_zone_is_not_gone_on_with(line, monkeypatch):
    line.close()
    with monkeypatch.context() as lost:
        lost.setattr(line, "timezone_name", "Europe/Lost")  # the server has no such zone, as when its files are gone
        with pytest.raises(DataError, match="TimeZone"):
            line.ensure_connection()
    with line.cursor() as cursor:  # a new one, which reads times as they are
        cursor.execute("SELECT current_setting('TimeZone'), '2026-11-26 12:00+00'::timestamptz")
        assert cursor.fetchone() == ("UTC", datetime(2026, 11, 26, 12, tzinfo=UTC))


class Silent:
    """A connection that would fail if it were asked anything."""

    def __init__(self, real):
        self.closed, self.fileno, self.close = real.closed, real.fileno, real.close

    def cursor(self, *args, **fields):
        raise AssertionError("it was asked")
