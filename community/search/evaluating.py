"""Measuring suggestions on data from elsewhere, beside the plain methods they must beat."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from community.search.counting import count_again
from community.search.indexing import BATCH, Taken, lexeme, put
from community.search.models import Document, Figures, Meaning, Stem, Word
from community.search.ranking import counts
from community.search.remembering import COUNTED
from community.search.similar import best
from community.search.sources import Entry, Source, register, sources
from community.search.understanding import understand
from community.search.words import stems, words

FIRST = 5
TABLES = (Document, Meaning, Stem, Word, Figures)
Method = Callable[[str, str], list[int]]


@dataclass
class Report:
    """What one method found."""

    hits: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    @property
    def success(self) -> float:
        """The share of queries with something right in the first five."""
        return sum(self.hits) / max(1, len(self.hits))

    @property
    def recall(self) -> float:
        """The share of what is right that is in the first five."""
        return sum(self.shares) / max(1, len(self.shares))

    @property
    def median(self) -> float:
        return sorted(self.took)[len(self.took) // 2]

    @property
    def p95(self) -> float:
        return sorted(self.took)[len(self.took) * 95 // 100]


def evaluate(
    documents: dict[str, dict[str, Any]], queries: list[dict[str, Any]], chosen: dict[str, Method]
) -> Iterator[tuple[str, Report]]:
    """Each method on the same index of these documents."""
    numbers = {name: number for number, name in enumerate(documents, 1)}
    names = {number: name for name, number in numbers.items()}
    with tables_of_its_own():
        fill(documents, numbers)
        for label, method in chosen.items():
            report = Report()
            for query in queries:
                ask(method, query, documents, names, report)
            yield label, report


def ask(
    method: Method, query: dict[str, Any], documents: dict[str, dict[str, Any]], names: dict[int, str], report: Report
) -> None:
    """One query; a document that asks is not its own answer."""
    own = str(query.get("id", ""))
    asking = query if title_of(query) else documents[own]
    is_itself = own in documents and title_of(asking) == title_of(documents[own])
    begun = time.perf_counter()
    found = method(title_of(asking), body_of(asking))
    report.took.append(1000 * (time.perf_counter() - begun))
    first = [names[number] for number in found if names[number] != own or not is_itself][:FIRST]
    relevant = {str(name) for name in query["relevant"]}
    right = len(relevant.intersection(first))
    report.hits.append(float(right > 0))
    report.shares.append(right / max(1, len(relevant)))


def title_of(told: dict[str, Any]) -> str:
    return str(told.get("title") or told.get("query") or told.get("text") or "")


def body_of(told: dict[str, Any]) -> str:
    return str(told.get("body") or "")


@contextmanager
def tables_of_its_own() -> Iterator[None]:
    """The tables of the index, empty, for this connection only: they hide those of the site, if there are any yet."""
    known = dict(sources)
    with connection.cursor() as cursor:
        cursor.execute("SET search_path TO pg_temp, public")
        with connection.schema_editor() as editor:
            for model in TABLES:
                editor.create_model(model)
        cursor.execute("SET search_path TO DEFAULT")
    sources.clear()
    counts.forget({COUNTED})
    try:
        register(Source("question", "", lambda ids: [], lambda after, limit: [], lambda _, ids: set(ids), None, True))
        yield
    finally:
        sources.clear()
        sources.update(known)
        counts.forget({COUNTED})
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE " + ", ".join(f"pg_temp.{model._meta.db_table}" for model in TABLES))


def fill(documents: dict[str, dict[str, Any]], numbers: dict[str, int]) -> None:
    """Take in the documents, and count their words."""
    now = timezone.now()
    taken = [
        Taken.of(Entry(numbers[name], title_of(told), "/", now, now, opening=body_of(told)), sources["question"])
        for name, told in documents.items()
    ]
    for start in range(0, len(taken), BATCH):
        put(taken[start : start + BATCH])
    count_again()
    understand()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE pg_temp.search_document")


def by_similar(title: str, body: str) -> list[int]:
    """What the site does with title and text."""
    return [found.object_id for found in best(title, body)[: FIRST + 1]]


def by_title(title: str, body: str) -> list[int]:
    """What the site does while only the title is there."""
    return by_similar(title, "")


def matching(operator: str, order: str) -> Method:
    """PostgreSQL alone, with the words of the title."""

    def found(title: str, body: str) -> list[int]:
        query = operator.join(lexeme(stem) for stem in stems(title)) or "''"
        statement = f"SELECT object_id FROM search_document WHERE asked @@ %s::tsquery ORDER BY {order} LIMIT 6"  # noqa: S608
        values = [query, query] if "%s" in order else [query]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [row[0] for row in cursor.fetchall()]

    return found


def trigrams(title: str) -> set[str]:
    padded = [f"  {word} " for word in words(title)]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}


def by_trigram(title: str, body: str) -> list[int]:
    """Titles that share most groups of three letters."""
    mine = trigrams(title)
    with connection.cursor() as cursor:
        cursor.execute("SELECT object_id, title FROM search_document")
        rows = [(pk, trigrams(other)) for pk, other in cursor.fetchall()]
    alike = [(len(mine & other) / max(1, len(mine | other)), pk) for pk, other in rows]
    return [pk for _, pk in sorted(alike, reverse=True)[: FIRST + 1]]


METHODS: dict[str, Method] = {
    "similar": by_similar,
    "similar, title only": by_title,
    "all words of the title": matching(" & ", "object_id"),
    "any word, ts_rank": matching(" | ", "ts_rank(asked, %s::tsquery) DESC"),
    "trigrams of the title": by_trigram,
}


def methods(*names: str) -> dict[str, Method]:
    return {name: method for name, method in METHODS.items() if name.startswith(names)}
