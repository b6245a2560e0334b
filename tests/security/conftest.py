"""A world with one of everything."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client

from tests.security.world import World, build, person_of

NO_HURRY = {
    "POSTS_A_MINUTE": 100_000, "NEW_MEMBER_POSTS_A_DAY": 1_000_000, "NEW_MEMBER_LINKS": 1000,
    "API_READS_A_MINUTE": 1_000_000, "API_WRITES_A_MINUTE": 1_000_000, "API_READS_A_MINUTE_WITHOUT_KEY": 1_000_000,
}  # fmt: skip


@pytest.fixture
def world(cast, settings, tmp_path) -> World:
    """One of everything, for people who are not held up by the pace of newcomers."""
    cache.clear()
    logging.disable(logging.WARNING)  # thousands of refusals
    for name, value in NO_HURRY.items():
        setattr(settings, name, value)
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    yield build(cast)
    logging.disable(logging.NOTSET)
    cache.clear()


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
