"""What somebody may take along of their own: each app names its part, and one file has all of them.

@takes_along("votes", _("What you voted for"))
def votes(person):
    return [{"post": vote.post_id, "at": vote.created_at} for vote in person.votes.all()]

A part holds what is the person's own or about them. The words of others are in it only where they were said to them.
"""

import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from community.people.picturing import FOLDER

Rows = Callable[[Any], Iterable[dict[str, Any]]]
IN_MEMORY = 5_000_000
"""Bytes; a larger archive is made in a file that nobody else can name."""


@dataclass(frozen=True)
class Part:
    """One file of the archive."""

    name: str
    label: Any
    rows: Rows


_parts: dict[str, Part] = {}


def takes_along(name: str, label: Any) -> Callable[[Rows], Rows]:
    """Register a part by the name of its file."""

    def register(rows: Rows) -> Rows:
        _parts[name] = Part(name, label, rows)
        return rows

    return register


FIRST = ["profile", "posts", "reviews", "votes", "private_requests", "mails"]


def parts() -> list[Part]:
    """All of them: what one looks for first, then the rest by name."""
    order = [name for name in FIRST if name in _parts] + sorted(_parts.keys() - set(FIRST))
    return [_parts[name] for name in order]


def archive_of(person: Any) -> IO[bytes]:
    """A ZIP with a JSON file for each part, one's picture, and a page that says what is what."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        told = []
        for part in parts():
            rows = list(part.rows(person))
            text = json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            archive.writestr(f"{part.name}.json", text)
            told.append(f"{part.name}.json: {part.label} ({len(rows)})")
        if person.picture and default_storage.exists(f"{FOLDER}/{person.picture}"):
            with default_storage.open(f"{FOLDER}/{person.picture}") as picture:
                archive.writestr("picture.jpg", picture.read())
            told.append("picture.jpg: " + _("Your picture"))
        archive.writestr("read-me.txt", read_me(person, told))
    file.seek(0)
    return file


def read_me(person: Any, told: list[str]) -> str:
    """What is in the archive, in words."""
    opening = _("What %(site)s holds of %(name)s, as of %(when)s.") % {
        "site": settings.SITE_NAME,
        "name": person.username,
        "when": timezone.localtime().strftime("%Y-%m-%d %H:%M %Z"),
    }
    return "\n".join([opening, "", *told, ""])
