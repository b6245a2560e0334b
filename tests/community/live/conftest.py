"""Sockets read through threads of their own, so where they read the database these tests need real commits."""

import pytest
from django.db import connections

from community.live import streams, visitors
from community.live.hub import hub
from tests.cast import Cast
from tests.loops import run_loop


@pytest.fixture
def cast(transactional_db):
    return Cast()


@pytest.fixture(autouse=True)
def _threads_let_go_of_the_database(django_db_setup, django_db_blocker):
    """A broadcast asks its connection about transactions, and writes nothing. The threads keep no connection after."""
    with django_db_blocker.unblock():
        yield
    for _ in range(4):
        visitors.threads.submit(connections.close_all).result()
    hub.sockets.clear()
    hub.listening.clear()


@pytest.fixture
def open_streams(monkeypatch):
    """Streams of kind `open` are for all, `mine` for the person whose id is the key, `broken` fail."""
    monkeypatch.setattr(streams, "_questions", dict(streams._questions))
    streams.stream("open")(lambda person, key: True)
    streams.stream("mine")(lambda person, key: str(person.pk) == key)
    streams.stream("broken")(lambda person, key: bool({}[key]))


@pytest.fixture
def run():
    """Run a coroutine to its end in a loop of its own."""

    def runner(coroutine):
        return run_loop(coroutine)

    return runner
