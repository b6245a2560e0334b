"""Here the people live in the running site; `tests/live_fixtures.py` says what a test may ask for."""

import pytest


@pytest.fixture
def cast(live_cast):
    """The people of the community, in the running site's database."""
    return live_cast
