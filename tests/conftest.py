"""What every test may ask for."""

import pytest
from procrastinate.contrib.django import app  # noqa: F401

from tests.cast import Cast
from tests.live_fixtures import *  # noqa: F403 - fixtures of the running site, for all


@pytest.fixture
def cast(db) -> Cast:
    """The people of the community, each made when first named."""
    return Cast()
