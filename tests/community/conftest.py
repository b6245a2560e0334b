"""Fixtures for tests of the ground."""

import os

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.test import override_settings

from community.live import outlet as outlet_module
from tests.databases import drop_database
from tests.fronts import Fronts
from tests.live_fixtures import point_outlet
from tests.live_site import fresh_database

NO_HURRY = {"POSTS_A_MINUTE": 100_000, "NEW_MEMBER_POSTS_A_DAY": 1_000_000}


@pytest.fixture(scope="module")
def fronts(django_db_setup, django_db_blocker, tmp_path_factory):
    """Two processes, and this test process speaking on the same line as a third, as a worker does."""
    name = f"test_fronts_{os.getpid()}"
    with django_db_blocker.unblock():
        environment = {"DATABASE_URL": fresh_database(name), "DJANGO_SETTINGS_MODULE": "tests.settings",
                       "SECRET_KEY": settings.SECRET_KEY, **{k: str(v) for k, v in NO_HURRY.items()}}  # fmt: skip
        fronts = Fronts(tmp_path_factory.mktemp("fronts"), environment)
        own_name, own_outlet = connection.settings_dict["NAME"], outlet_module.outlet
        connections.close_all()
        connection.settings_dict["NAME"] = name
        ContentType.objects.clear_cache()  # each database has its own numbers
        try:
            fronts.start()
            point_outlet(outlet_module.Outlet(fronts.redis_url))
            with override_settings(**NO_HURRY):
                yield fronts
        finally:
            fronts.stop()
            point_outlet(own_outlet)
            connections.close_all()
            connection.settings_dict["NAME"] = own_name
            ContentType.objects.clear_cache()
            drop_database(name)
