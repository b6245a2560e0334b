"""Where shared files lie: a directory that no address leads into, for hidden posts take their files out of sight."""

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage

FOLDER = "files"


class FileStore(FileSystemStorage):
    """The directory of the settings, without an address of its own on purpose."""

    @property
    def base_location(self) -> str:
        return str(settings.PRIVATE_MEDIA_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)


def file_storage() -> FileStore:
    """The store of shared files: a view asks who wants to see them."""
    return FileStore(base_url=None)


def random_path(blob: Any, name: str) -> str:
    """A path that says nothing: the name the person gave is kept in the row."""
    key = uuid4().hex
    return str(Path(FOLDER) / key[:2] / key)
