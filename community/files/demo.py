"""The demo's pictures: drawn while the database is made, so that their uploads find them there."""

import hashlib
from collections.abc import Iterable

from community.files.blobs import Blob
from community.files.kinds import kind_of
from community.staging import Stage

_drawn: list[Blob] = []


def draw(files: Iterable[tuple[str, bytes]]) -> None:
    """Draw anew what of these is a picture, as its upload would."""
    for name, data in files:
        kind = kind_of(data)
        if kind and kind.is_picture:
            _drawn.append(Blob.drawn(data, hashlib.sha256(data).hexdigest(), name))


def build(stage: Stage) -> None:
    """Whoever uploads one of them finds it stored."""
    Blob.objects.bulk_create(_drawn)
    _drawn.clear()


def remove() -> None:
    """Pictures go with the texts that show them."""
