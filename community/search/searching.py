"""Searching: what answers a query best, and how it can be narrowed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from community.catalogue.models import Product
from community.people.models import Person
from community.search.asking import STATES, Query
from community.search.candidates import MOST, any_of
from community.search.excerpting import Excerpt, Piece, excerpt_of, marked
from community.search.indexing import lexeme
from community.search.models import Document
from community.search.ranking import Scale, Term
from community.search.similar import Found
from community.search.sources import sources
from community.search.words import folded, stem

A_PAGE, PAGES = 10, 20
ENOUGH = 10
"""When fewer documents have all the words, those with some of them are looked at too."""
ALL_WORDS = 1.3
COLUMNS = "id, kind, object_id, product_id, is_solved, weight, word_length, word_counts, created_at"
FIND = f"SELECT {COLUMNS} FROM search_document WHERE words @@ %s::tsquery{{more}} LIMIT {MOST}"  # noqa: S608
NOTHING = "nothing:here"


@dataclass(frozen=True)
class Result:
    """One thing that was found, as its row shows it."""

    kind: str
    label: Any
    url: str
    title: list[Piece]
    excerpt: Excerpt
    is_solved: bool
    created_at: datetime
    details: dict[str, Any]


@dataclass(frozen=True)
class Results:
    """One page of what was found, how much there is, and how it spreads over products."""

    rows: list[Result]
    total: int
    is_more: bool
    products: dict[int, int]
    solved: int


def search(query: Query, *, person: Any = None, page: int = 1) -> Results:
    """The best answers that the person may read now."""
    found, products = ranked(query)
    found = [one for one in found if one.object_id in allowed(found, person)[one.kind]]
    start = (page - 1) * A_PAGE
    rows = shown(found[start : start + A_PAGE], query)
    solved = sum(one.is_solved for one in found)
    return Results(rows, len(found), len(found) > start + A_PAGE and page < PAGES, products, solved)


def allowed(found: list[Found], person: Any) -> dict[str, set[int]]:
    """Of each kind, what may be read now: the index is asked again whether it is still right."""
    ids: dict[str, list[int]] = {}
    for one in found:
        ids.setdefault(one.kind, []).append(one.object_id)
    return {kind: sources[kind].readable(person, numbers) for kind, numbers in ids.items()}


def ranked(query: Query) -> tuple[list[Found], dict[int, int]]:
    """Everything that fits, the best first, and how often each product is in it."""
    scale = Scale.now(asked=False)
    terms = scale.terms(Counter(stem(word) for word in query.wanted), asked=False)
    marks, dates = filters_of(query)
    if not terms and not marks and not dates:
        return [], {}
    rows = candidates(query, terms, scale, marks, dates)
    scored = [(scored_row(row, terms, scale), row[8]) for row in rows.values()]
    if query.phrases:
        kept = with_phrases([one for one, _at in scored], query.phrases)
        scored = [(one, at) for one, at in scored if one.pk in kept]
    scored.sort(key=lambda pair: (-pair[0].score, -pair[1].timestamp(), -pair[0].object_id))
    products = Counter(row[3] for row in rows.values() if row[3])
    return [one for one, _at in scored], dict(products.most_common(6))


def candidates(
    query: Query, terms: list[Term], scale: Scale, marks: list[str], dates: tuple[tuple[str, datetime], ...]
) -> dict[int, tuple[Any, ...]]:
    """Documents with all the words; when they are few, those with some of them."""
    filters = [lexeme(mark) for mark in marks]
    rows = asked(" & ".join([*(lexeme(term.stem) for term in terms), *filters]), dates)
    if len(rows) < ENOUGH and len(terms) > 1 and not query.phrases:
        some, _is_sure = any_of(terms, scale)
        rows = asked(" & ".join([f"({some})", *filters]), dates) | rows
    return rows


def asked(condition: str, dates: tuple[tuple[str, datetime], ...]) -> dict[int, tuple[Any, ...]]:
    if not condition:
        condition = " | ".join(lexeme(f"kind:{kind}") for kind in sources)
    more = "".join(f" AND created_at {sign} %s" for sign, _moment in dates)
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(more=more), [condition, *(moment for _sign, moment in dates)])
        return {row[0]: row for row in cursor.fetchall()}


def filters_of(query: Query) -> tuple[list[str], tuple[tuple[str, datetime], ...]]:
    """The marks that documents must have, and the days they must lie between. What nobody knows finds nothing."""
    marks, given = [], query.filters
    if "is" in given:
        marks.append(STATES.get(given["is"].casefold(), NOTHING))
    if "tag" in given:
        marks.append(f"tag:{given['tag'].casefold()}")
    if "product" in given:
        product = Product.objects.visible_to(None).filter(slug=given["product"].casefold()).first()
        marks.append(f"product:{product.pk}" if product else NOTHING)
    if "by" in given:
        writer = Person.objects.active().called(given["by"]).first()
        marks.append(f"by:{writer.pk}" if writer else NOTHING)
    days = [(sign, query.moment(name)) for name, sign in (("after", ">="), ("before", "<"))]
    return marks, tuple((sign, moment) for sign, moment in days if moment)


def scored_row(row: tuple[Any, ...], terms: list[Term], scale: Scale) -> Found:
    pk, kind, object_id, _product, is_solved, weight, length, counts, _at = row
    packed = bytes(counts)
    score = scale.score(terms, packed, length) * weight if terms else weight
    if len(terms) > 1 and all(scale.score([term], packed, length) for term in terms):
        score *= ALL_WORDS
    return Found(pk, kind, object_id, is_solved, score)


def with_phrases(found: list[Found], phrases: tuple[str, ...]) -> set[int]:
    """Those of the best in which each phrase stands word for word."""
    first = [one.pk for one in sorted(found, key=lambda one: -one.score)[: A_PAGE * PAGES]]
    rows = Document.objects.filter(pk__in=first).values_list("pk", "title", "passages")
    wanted = [" ".join(folded(phrase).split()) for phrase in phrases]
    texts = {pk: " ".join([title, *(text for _pk, _by, text in passages)]) for pk, title, passages in rows}
    return {pk for pk, text in texts.items() if all(phrase in " ".join(folded(text).split()) for phrase in wanted)}


def shown(found: list[Found], query: Query) -> list[Result]:
    """With what a reader needs to choose."""
    columns = ("pk", "title", "url", "created_at", "details", "passages")
    rows = {pk: rest for pk, *rest in Document.objects.filter(pk__in=[one.pk for one in found]).values_list(*columns)}
    wanted = {stem(word) for word in query.wanted}
    results = []
    for one in found:
        if one.pk in rows:
            title, url, at, details, passages = rows[one.pk]
            excerpt = excerpt_of(passages, wanted)
            at_post = f"{url}?post={excerpt.post}#post-{excerpt.post}" if excerpt.post else url
            label = sources[one.kind].label
            results.append(Result(one.kind, label, at_post, marked(title, wanted), excerpt, one.is_solved, at, details))
    return results
