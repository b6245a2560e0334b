"""Each test searches an index of its own."""

import pytest

from community.search.remembering import remembered


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    """What was found for a query in another test is forgotten: its transaction was taken back, which purges nothing."""
    remembered.forget({"*"})
