"""Chats over sockets need real commits."""

import pytest
from django.db import connections

from community.live import visitors
from community.live.hub import hub
from tests.loops import run_loop


@pytest.fixture
def run(django_db_setup, django_db_blocker):
    """Run a coroutine to its end in a loop of its own; the threads keep no connection after."""
    yield run_loop
    with django_db_blocker.unblock():
        for _ in range(4):
            visitors.threads.submit(connections.close_all).result()
    hub.sockets.clear()
    hub.listening.clear()
