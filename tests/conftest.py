"""What every test may ask for."""

import gc

import pytest
from django.db import connection
from django.template import Template
from django.test import TransactionTestCase
from django.test.signals import template_rendered
from procrastinate.contrib.django import app  # noqa: F401

from community.live import broadcasting
from community.search.spelling import vocabulary
from tests.cast import Cast
from tests.emptying import empty_tables
from tests.grouping import pytest_collection_finish_with_groups  # noqa: F401 - a hook
from tests.jobs import work
from tests.live_fixtures import *  # noqa: F403 - fixtures of the running site, for all
from tests.template_database import template

# What a test has committed goes by `empty_tables`; Django's own way makes all tables and their contents' kinds anew.
TransactionTestCase._fixture_teardown = lambda self: empty_tables()


def pytest_collection_finish():
    """What is loaded by now stays to the end: nobody looks through it for garbage, again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _pages_tell_their_context_once(django_test_environment):
    """A response's `context` is that of its page. Django keeps one of each of the hundred pieces of a page as well."""

    def render(self, context):
        if context.template is self:
            template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    Template._render = render


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """The database of this process is a copy of tables that are made once."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture(autouse=True)
def _no_words_of_another_test():
    """A process remembers the words of the index for a minute; those of the test before are not there any more."""
    vocabulary.counts = {}


@pytest.fixture
def cast(db) -> Cast:
    """The people of the community, each made when first named."""
    return Cast()


@pytest.fixture
def frames_of(monkeypatch, django_capture_on_commit_callbacks):
    """`frames_of(deed)`: it is done, and its jobs; answers every frame that goes out to open pages, with its stream.

    To each stream some page listens, since what nobody listens to is not even rendered.
    """
    frames: list[tuple[str, dict]] = []
    monkeypatch.setattr(broadcasting, "outlet", None)
    monkeypatch.setattr(broadcasting.hub, "heard", set)
    monkeypatch.setattr(broadcasting.hub, "number_and_deliver", lambda stream, frame: frames.append((stream, frame)))

    def listen(deed):
        frames.clear()
        with django_capture_on_commit_callbacks(execute=True):
            deed()
            work()
        return list(frames)

    return listen
