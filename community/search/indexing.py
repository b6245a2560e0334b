"""Writing the index: a thing is taken in as it is now, or it is gone."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from community.live.purging import purge
from community.search.models import Document, Word
from community.search.packing import pack
from community.search.remembering import KEY
from community.search.sources import Entry, Source, sources
from community.search.words import is_telling, stem, stems, words

TITLE = 3
"""How many times a word in a title counts."""
MOST_TEXT = 60_000
"""Characters of one thing that are read: the rest of an endless thread says the same again."""
BATCH = 200
COLUMNS = (
    "kind, object_id, title, url, product_id, author_id, is_solved, weight, created_at, active_at, details, passages,"
    " titled, asked, words, asked_counts, word_counts, asked_length, word_length, indexed_at"
)
PLACES = "%s, " * 12 + "%s::tsvector, %s::tsvector, %s::tsvector, %s, %s, %s, %s, now()"
UPSERT = (
    f"INSERT INTO search_document ({COLUMNS}) VALUES ({PLACES}) ON CONFLICT (kind, object_id) DO UPDATE SET "  # noqa: S608
    + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS.split(", ")[2:])
    + ", related_at = CASE WHEN (search_document.asked_counts, coalesce(search_document.product_id, 0))"
    " = (excluded.asked_counts, coalesce(excluded.product_id, 0)) THEN search_document.related_at END"
)
"""Relatives are found anew when title, opening or product are not what they were; votes and answers change nothing."""


_gathered: ContextVar[dict[str, set[int]] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """What is to be taken in within this is taken in at its end, each thing once, in the same transaction."""
    things: dict[str, set[int]] = defaultdict(set)
    before = _gathered.set(things)
    try:
        yield
    finally:
        _gathered.reset(before)
    for kind, ids in sorted(things.items()):
        index(kind, ids)


@contextmanager
def left_out() -> Iterator[None]:
    """Whoever says this makes the whole index again (`reindex`) before anybody can look."""
    before = _gathered.set(Nothing())
    try:
        yield
    finally:
        _gathered.reset(before)


class Nothing(defaultdict[str, set[int]]):
    """Where things are gathered that nobody will take in."""

    def __missing__(self, kind: str) -> set[int]:
        return set()


def index(kind: str, ids: Iterable[int]) -> None:
    """Take in these things as they are now; those that nobody may read any more are gone when this is committed."""
    if (things := _gathered.get()) is not None:
        things[kind].update(ids)
        return
    source, wanted = sources[kind], sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        write(source, wanted[start : start + BATCH])


@transaction.atomic
def write(source: Source, ids: list[int]) -> None:
    """One batch in one transaction. Whoever writes the same thing waits, and then reads it newer, never older."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), (id %% 2147483647)::int) FROM unnest(%s::bigint[]) AS id",
            [source.kind, ids],
        )
    found = [Taken.of(entry, source) for entry in source.entries(ids)]
    gone = set(ids) - {taken.entry.object_id for taken in found}
    if gone:
        Document.objects.filter(kind=source.kind, object_id__in=gone).delete()
    put(found)
    purge(KEY)


def put(found: "list[Taken]") -> None:
    """Write the rows, and the words that nobody had written before."""
    if not found:
        return
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT, [taken.row() for taken in found])
    new = {word for taken in found for word in taken.spelled}
    Word.objects.bulk_create(
        [Word(word=word, stem=stem(word)) for word in sorted(new)], ignore_conflicts=True, batch_size=5000
    )


def forget(kind: str, ids: Iterable[int]) -> None:
    """These can no longer be found, from this transaction on."""
    Document.objects.filter(kind=kind, object_id__in=list(ids)).delete()
    purge(KEY)


@dataclass
class Taken:
    """An entry with its words counted."""

    entry: Entry
    source: Source
    titled: Counter[str]
    asked: Counter[str]
    all: Counter[str]
    spelled: set[str]

    @classmethod
    def of(cls, entry: Entry, source: Source) -> "Taken":
        opening, rest = entry.opening[:MOST_TEXT], below(entry)
        titled = stems(entry.title)
        asked = stems(opening)
        for name, count in titled.items():
            asked[name] += TITLE * count
        whole = f"{entry.title} {opening} {rest} {entry.about}"
        spelled = {word for word in words(whole) if is_telling(word) and word.isalpha() and 3 <= len(word) <= 30}
        return cls(entry, source, titled, asked, asked + stems(rest) + stems(entry.about), spelled)

    def row(self) -> tuple[Any, ...]:
        """The values of the document's columns."""
        entry, marks = self.entry, list(self.marks())
        asked, is_suggested = self.asked, self.source.is_suggested
        return (
            self.source.kind, entry.object_id, entry.title[:200], entry.url[:300], entry.product_id, entry.author_id,
            entry.is_solved, entry.weight, entry.created_at, entry.active_at, json.dumps(entry.details),
            json.dumps(shown(entry)), vector([*self.titled, *marks]), vector([*asked, *marks]) if is_suggested else "",
            vector([*self.all, *marks]), pack(asked), pack(self.all), asked.total(), self.all.total(),
        )  # fmt: skip

    def marks(self) -> Iterator[str]:
        """What filters look for, beside the words and never taken for one."""
        entry = self.entry
        yield f"kind:{self.source.kind}"
        yield "solved:" if entry.is_solved else "unsolved:"
        if not entry.is_answered:
            yield "unanswered:"
        if entry.product_id:
            yield f"product:{entry.product_id}"
        yield from (f"tag:{tag}" for tag in entry.tags)
        yield from (f"by:{person}" for person in entry.writers)


def below(entry: Entry) -> str:
    """What was written below the opening."""
    return "\n".join(passage.text for passage in entry.passages)[:MOST_TEXT]


def shown(entry: Entry) -> list[list[Any]]:
    """The texts that excerpts are taken from: the opening first."""
    kept: list[list[Any]] = [[0, "", entry.opening[:MOST_TEXT]]]
    room = MOST_TEXT
    for passage in entry.passages:
        if (room := room - len(passage.text)) < 0:
            break
        kept.append([passage.pk, passage.by, passage.text])
    return kept


def lexeme(text: str) -> str:
    """A word or mark as PostgreSQL reads it, whatever is in it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(lexemes: Iterable[str]) -> str:
    """A text search vector of these."""
    return " ".join(lexeme(text) for text in lexemes)
