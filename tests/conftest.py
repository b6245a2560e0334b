"""What every test may ask for."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app  # noqa: F401

from tests.cast import Cast
from tests.live_fixtures import *  # noqa: F403 - fixtures of the running site, for all
from tests.template_database import template


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """The database of this process is a copy of tables that are made once."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture
def cast(db) -> Cast:
    """The people of the community, each made when first named."""
    return Cast()
