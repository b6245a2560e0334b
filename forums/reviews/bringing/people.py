"""Who wrote reviews that come from elsewhere: people who cannot sign in, under the name that they had there."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from community.people.models import Person, name_key
from community.people.names import clean_name
from forums.reviews.bringing.rows import Told
from forums.reviews.models import Brought

ODD = re.compile(r"[^\w.-]+")


def author_key(source: str, told: Told) -> str:
    """Who wrote it, among all whom the source numbers; empty when it numbers nobody."""
    return f"{source[:38]}:{told.author_id}" if told.author_id else ""


def people_of(rows: Sequence[Any], source: str) -> None:
    """Give each row its author: the one whom an earlier file had made, or somebody new."""
    keys = {key for row in rows if (key := author_key(source, row.told))}
    here = Brought.objects.filter(author_key__in=keys).select_related("review__author")
    known = {brought.author_key: brought.review.author for brought in here}
    wanted = {id(row): name_of(row.told, source) for row in rows}
    taken = set(
        Person.objects.filter(username_key__in=map(name_key, wanted.values())).values_list("username_key", flat=True)
    )
    new = []
    for row in rows:
        key = author_key(source, row.told)
        if key not in known:
            known[key] = person(row.told, wanted[id(row)], taken, source)
            new.append(known[key])
        row.author = known[key] if key else known.pop(key)
    Person.objects.bulk_create(new)


def person(told: Told, name: str, taken: set[str], source: str) -> Person:
    """Somebody new, not saved yet. A person here of the same name stays somebody else."""
    if name_key(name) in taken:
        name = names_of(told, source)[1]
    taken.add(name_key(name))
    return Person(
        username=name,
        username_key=name_key(name),
        password=make_password(None),
        hue=int(mark_of(told, source)[:4], 16) % 360,
        created_at=told.written_at or timezone.now(),
    )


def names_of(told: Told, source: str) -> tuple[str, str]:
    """What they are called here, and what when that is somebody else's name."""
    name = name_of(told, source)
    return name, f"{name[:28]}-{mark_of(told, source)[:8]}"


def name_of(told: Told, source: str) -> str:
    """The name they had there, as far as it may be one here."""
    try:
        return clean_name(ODD.sub("-", told.author).strip("-._")[:32])
    except ValidationError:
        return f"reviewer-{mark_of(told, source)[:8]}"


def mark_of(told: Told, source: str) -> str:
    """The same letters for the same person of a source."""
    return hashlib.sha256(f"{source}\x1f{told.author_id or told.native_id}".encode()).hexdigest()
