"""Each test has a folder for files of its own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def root(settings, tmp_path) -> Path:
    """Where files lie while a test runs."""
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return settings.PRIVATE_MEDIA_ROOT


@pytest.fixture
def chris(client, cast):
    """Chris, at his browser, no longer new here."""
    cast.chris.level = 1
    cast.chris.save()
    client.force_login(cast.chris)
    return client
