"""Kept fragments: a viewer-neutral piece of a page is rendered once and used for everybody.

The key holds the version of what is shown, so nothing has to be purged: a new version is a new key, and the old
fragment falls out of memory. Two shelves: a small one in this process, and the cache that all processes share.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache as shared
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from community.live.purging import purge, when_purged

DAY = 86_400
PREFIX = "fragment:"
ALL = "fragments"
"""The name under which every process is told to empty its shelf."""


class Shelf:
    """Texts by key, the least used thrown away first, never more than so many characters."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self.texts: OrderedDict[str, str] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: str) -> str | None:
        with self.lock:
            text = self.texts.get(key)
            if text is not None:
                self.texts.move_to_end(key)
            return text

    def put(self, key: str, text: str) -> None:
        with self.lock:
            self.used += len(text) - len(self.texts.pop(key, ""))
            self.texts[key] = text
            while self.used > self.room and self.texts:
                self.used -= len(self.texts.popitem(last=False)[1])

    def clear(self) -> None:
        with self.lock:
            self.texts.clear()
            self.used = 0


shelf = Shelf(room=settings.FRAGMENT_MEMORY_MB * 1_000_000)


@cache
def edition() -> str:
    """A name for templates and static files as they are now: a release never shows a fragment of the one before."""
    digest = hashlib.blake2b(getattr(staticfiles_storage, "manifest_hash", "").encode(), digest_size=6)
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for file in sorted(Path(str(folder)).rglob("*.html")):
            digest.update(f"{file}{file.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def kept(render: Callable[[], str], *parts: Any) -> SafeString:
    """The fragment that these parts name (what it shows, its id, its version), rendered when nobody has yet."""
    key = key_of(parts)
    if (text := shelf.get(key)) is None:
        if (text := shared.get(key)) is None:
            text = str(render())
            shared.set(key, text, DAY)
        shelf.put(key, text)
    return mark_safe(text)  # noqa: S308 - what a template has rendered


def kept_here(render: Callable[[], str], *parts: Any) -> SafeString:
    """The same for a small piece, which costs less to render than to ask the shared shelf for."""
    key = key_of(parts)
    if (text := shelf.get(key)) is None:
        text = str(render())
        shelf.put(key, text)
    return mark_safe(text)  # noqa: S308 - what a template has rendered


def kept_each(
    render: Callable[[list[Hashable]], Mapping[Hashable, str]], names: Mapping[Any, tuple[Any, ...]]
) -> dict[Any, SafeString]:
    """Many fragments, by whatever each is of. What nobody has rendered yet is rendered together."""
    keys = {one: key_of(parts) for one, parts in names.items()}
    texts = {one: text for one, key in keys.items() if (text := shelf.get(key)) is not None}
    if absent := [one for one in keys if one not in texts]:
        found = shared.get_many([keys[one] for one in absent])
        unknown = [one for one in absent if keys[one] not in found]
        if fresh := {keys[one]: str(text) for one, text in render(unknown).items()} if unknown else {}:
            shared.set_many(fresh, DAY)
        for one in absent:
            if text := fresh.get(keys[one]) or found.get(keys[one]):
                texts[one] = text
                shelf.put(keys[one], text)
    return {one: mark_safe(text) for one, text in texts.items()}  # noqa: S308 - what a template has rendered


def key_of(parts: tuple[Any, ...]) -> str:
    """The name of a fragment on the shelves."""
    name = "|".join([(settings.DEBUG and "fresh") or edition(), get_language() or "", *map(str, parts)])
    return PREFIX + hashlib.blake2b(name.encode(), digest_size=16).hexdigest()


def forget_fragments() -> None:
    """Empty the shelves of all processes and the shared one: old versions too hold what must be gone for good."""
    if hasattr(shared, "forget"):
        shared.forget(PREFIX)
    else:
        shared.clear()
    purge(ALL)


def empty_shelf(keys: set[str]) -> None:
    """In this process, when it is told so."""
    if keys & {ALL, "*"}:
        shelf.clear()


when_purged(empty_shelf)
