"""A world with one of everything."""

import logging
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from tests.cast import Cast
from tests.security.world import World, build, person_of
from tests.shared_rows import shared_rows

NO_HURRY = {
    "POSTS_A_MINUTE": 100_000, "NEW_MEMBER_POSTS_A_DAY": 1_000_000, "NEW_MEMBER_LINKS": 1000,
    "API_READS_A_MINUTE": 1_000_000, "API_WRITES_A_MINUTE": 1_000_000, "API_READS_A_MINUTE_WITHOUT_KEY": 1_000_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def files_of_world(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def made_of_world() -> Callable[[], World]:
    """What makes the world. A module whose world is another has this fixture of its own."""
    return lambda: build(Cast())


@pytest.fixture(scope="module")
def world_of_module(django_db_setup, django_db_blocker, files_of_world, made_of_world):
    """One of everything, made once for all tests of a module."""

    def make() -> World:
        with override_settings(PRIVATE_MEDIA_ROOT=files_of_world, **NO_HURRY):
            return made_of_world()

    yield from shared_rows(django_db_blocker, make)


@pytest.fixture
def world(world_of_module, db, settings, files_of_world) -> World:
    """One of everything, for people who are not held up by the pace of newcomers."""
    cache.clear()
    logging.disable(logging.WARNING)  # thousands of refusals
    for name, value in NO_HURRY.items():
        setattr(settings, name, value)
    settings.PRIVATE_MEDIA_ROOT = files_of_world
    made = world_of_module
    yield World(*deepcopy((made.cast, made.canaries, made.things)))
    logging.disable(logging.NOTSET)
    cache.clear()


@pytest.fixture
def cast(world) -> Cast:
    """The people of the world."""
    return world.cast


@pytest.fixture
def browser_of(world):
    """A browser for a role of the table, signed in where the role has an account."""

    def opened(role: str, **options) -> Client:
        client = Client(raise_request_exception=False, **options)
        person = person_of(world, role)
        if person is not None:
            client.force_login(person)
        return client

    return opened
