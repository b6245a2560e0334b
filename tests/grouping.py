"""Tests of one `xdist_group` are for one worker: they share what is dear to make, as the running site or the demo.

pytest-xdist 3.8 tells its scheduler the group as an end of each test's id, written where pytest 9.2 does not look any
more (pytest-dev/pytest-xdist#1386). So the ids have that end here, while they are sent and no longer: reports and
`make again` know each test by its own.
"""

from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True, specname="pytest_collection_finish")
def pytest_collection_finish_with_groups(session: pytest.Session) -> Iterator[None]:
    """What a worker found goes to the scheduler."""
    own = {}
    if getattr(session.config.option, "loadgroup", False):
        own = {item: item._id for item in session.items}
    for item, known in own.items():
        if groups := {str(mark.args[0]) for mark in item.iter_markers("xdist_group")}:
            item._id = type(known).parse(f"{known}@{'_'.join(sorted(groups))}")
    try:
        return (yield)
    finally:
        for item, known in own.items():
            item._id = known
