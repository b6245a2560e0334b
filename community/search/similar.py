"""similar(): what somebody who is about to ask should read first."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from community.prepared import Prepared, in_bytes
from community.search.candidates import MOST, any_of
from community.search.indexing import lexeme
from community.search.models import Document
from community.search.ranking import Scale, Term
from community.search.sources import sources, suggested_kinds
from community.search.understanding import closer
from community.search.words import stems

TITLE, TERMS = 4, 24
"""How many times a word of the typed title counts, and how many of the most telling words are looked for."""
LONGEST = 4_000
SAME_PRODUCT = 1.15
GOOD = 0.6
"""What reaches this part of the best score is good: of those, the solved ones come first."""
FIND = """
SELECT id, kind, object_id, product_id, is_solved, weight, asked_length, asked_counts
FROM search_document WHERE asked @@ %s::tsquery{order} LIMIT {most}
"""
BY_TITLE = " ORDER BY (SELECT sum(value) FROM unnest(%s::tsquery[], %s::float[]) AS t(stem, value)"
BY_TITLE += " WHERE titled @@ t.stem) DESC NULLS LAST, id DESC"


@dataclass(frozen=True)
class Similar:
    """Something that may answer the question already."""

    kind: str
    object_id: int
    title: str
    url: str
    is_solved: bool
    score: float
    excerpt: str

    @property
    def thread_id(self) -> int:
        """The same number, for kinds that are threads."""
        return self.object_id


class Found(NamedTuple):
    """A document with its score."""

    pk: int
    kind: str
    object_id: int
    is_solved: bool
    score: float


def similar(
    title: str, body: str = "", *, product: Any = None, limit: int = 5, person: Any = None, without: int | None = None
) -> list[Similar]:
    """What resembles this title and text most and may be read by the person, solved ones first among the good ones.

    `product` is preferred, not demanded; `without` is the id of a thread that is not to be named.
    """
    found = best(title, body, product_id=getattr(product, "pk", product))
    found = readable(found, person, limit + (without is not None))
    return shown([one for one in found if one.object_id != without][:limit])


def best(title: str, body: str = "", *, product_id: int | None = None) -> list[Found]:
    """The candidates, the best first: by their words, and by what they mean where that is known."""
    wanted = Counter({stem: TITLE * count for stem, count in stems(title).items()})
    wanted.update(stems(body[:LONGEST]))
    if not wanted:
        return []
    scale = Scale.now(asked=True)
    terms = scale.terms(wanted, asked=True)[:TERMS]
    found = scored(candidates(terms, scale), terms, scale, product_id)
    by_words = sorted((one for one in found if one.score > 0), key=lambda one: (-one.score, -one.object_id))
    return closer(by_words, title, body)


def candidates(terms: list[Term], scale: Scale) -> list[tuple[Any, ...]]:
    """Documents with the telling words; when there may be too many of them, those with the words in the title."""
    clauses, is_sure = any_of(terms, scale)
    kinds = " | ".join(lexeme(f"kind:{kind}") for kind in suggested_kinds())
    values: list[Any] = [f"({clauses}) & ({kinds})"]
    if not is_sure:
        values += [[lexeme(term.stem) for term in terms], [term.value for term in terms]]
    with in_bytes() as cursor:
        cursor.execute(FIND.format(order="" if is_sure else BY_TITLE, most=MOST), values)
        return cursor.fetchall()


def scored(rows: list[tuple[Any, ...]], terms: list[Term], scale: Scale, product_id: int | None) -> list[Found]:
    """With their scores; what is about the same product is nearer."""
    score, found = scale.scorer(terms), []
    for pk, kind, object_id, product, is_solved, weight, length, counts in rows:
        nearer = SAME_PRODUCT if product_id is not None and product == product_id else 1.0
        found.append(Found(pk, kind, object_id, is_solved, score(counts, length)[0] * weight * nearer))
    return found


def readable(found: list[Found], person: Any, limit: int) -> list[Found]:
    """The first of them that the person may read now: the index is asked again whether it is still right."""
    first = found[: limit * 2]
    seen = {
        kind: sources[kind].readable(person, [one.object_id for one in first if one.kind == kind])
        for kind in {one.kind for one in first}
    }
    return solved_first([one for one in first if one.object_id in seen[one.kind]][:limit])


def solved_first(found: list[Found]) -> list[Found]:
    """In the order of a reader's interest: of those that are good, the solved ones first."""
    top = max((one.score for one in found), default=0.0)
    return sorted(found, key=lambda one: (-(one.score >= GOOD * top and one.is_solved), -one.score))


def shown(found: list[Found]) -> list[Similar]:
    """With what a reader needs to choose."""
    rows = {pk: rest for pk, *rest in titles_of.rows(ids=[one.pk for one in found])}
    return [
        Similar(one.kind, one.object_id, title, url, one.is_solved, round(one.score, 3), excerpt or "")
        for one in found
        if one.pk in rows
        for title, url, excerpt in [rows[one.pk]]
    ]


def _titles_of(ids: list[int]) -> QuerySet[Document, tuple[Any, ...]]:
    columns = ("pk", "title", "url", KeyTextTransform("excerpt", "details"))
    return Document.objects.filter(pk__among=ids).values_list(*columns)


titles_of = Prepared(_titles_of, ids=list)
