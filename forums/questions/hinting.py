"""Similar questions for somebody who is about to ask, and what came of showing them."""

import logging
from collections.abc import Mapping
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

from community.numbers import number_in
from forums.questions.models import Hinting
from forums.threads.models import Thread

log = logging.getLogger(__name__)
MOST = 5  # AC-ASK-1
SHORTEST = 8
FIELDS = ("asking_key", "asking_shown", "asking_opened")
"""What the form carries along: the page's key, how many were shown, how many opened."""
SEARCH = "community.search.similar"


def hints_for(title: str, text: str = "", *, product: Any = None, person: Any = None) -> list[Any]:
    """Up to five things that may answer it already, solved ones first. Asking never depends on them."""
    if len(title.strip()) < SHORTEST:
        return []
    try:
        found = import_module(SEARCH).similar(title[:200], text[:4000], product=product, limit=MOST, person=person)
    except Exception:  # whatever is wrong with the search, people can ask
        log.exception("no similar questions")
        return []
    return list(found)


def note(key: str, *, is_member: bool, shown: int = 0, opened: int = 0, **happened: Any) -> None:
    """Keep what came of it; numbers only grow. `happened`: product, answered_by, is_posted."""
    try:
        uuid = UUID(key)
    except ValueError:
        return
    counts = {"shown": min(shown, MOST), "opened": min(opened, MOST)}
    row, _is_new = Hinting.objects.get_or_create(key=uuid, defaults={"is_member": is_member})
    for name, count in counts.items():
        setattr(row, name, max(getattr(row, name), count))
    for name, value in happened.items():
        setattr(row, name, value or getattr(row, name))
    row.save()


def note_asked(data: Mapping[str, Any], *, is_member: bool, product: Any) -> None:
    """The question was asked all the same; without anything shown there is nothing to keep."""
    key, shown, opened = (str(data.get(name, "")) for name in FIELDS)
    if count := number_in(shown):
        note(key, is_member=is_member, shown=count, opened=number_in(opened) or 0, product=product, is_posted=True)


def note_told(data: Mapping[str, Any], *, is_member: bool, product: Any, answer: Thread | None) -> None:
    """One was opened, or was the answer."""
    key, shown, opened = (str(data.get(name, "")) for name in FIELDS)
    counts = {"shown": number_in(shown) or 0, "opened": number_in(opened) or 0}
    if answer:
        counts = {"shown": max(counts["shown"], 1), "opened": max(counts["opened"], 1)}
    note(key, is_member=is_member, product=product, answered_by=answer, **counts)


def carried(data: Mapping[str, Any], hints: list[Any] | None = None) -> dict[str, Any]:
    """What the form carries on; with `hints` when they are shown by the server, on a page without scripts."""
    key, shown, opened = (str(data.get(name, "")) for name in FIELDS)
    if hints:
        key, shown = key or str(uuid4()), str(max(number_in(shown) or 0, len(hints)))
    return {"asking": {"key": key, "shown": shown, "opened": opened}, "hints": hints or [], "looked": hints is not None}
