"""Searching: what answers a query best, of which kinds it is, and how it can be narrowed."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.template.loader import render_to_string

from community.catalogue.models import Product
from community.live.fragments import kept_here
from community.people.models import Person
from community.prepared import Prepared, in_bytes
from community.search.asking import STATES, Query
from community.search.candidates import any_of, having_all
from community.search.excerpting import Excerpt, Piece, Wanted, excerpt_of
from community.search.indexing import lexeme
from community.search.models import Document
from community.search.ranking import Scale, Term
from community.search.remembering import remembered
from community.search.sources import sources
from community.search.words import folded, stem

A_PAGE, PAGES = 10, 20
SHOWN = A_PAGE * PAGES
"""Nobody looks at more than so many results, so a page that has more says "more than" instead of a number."""
MOST, MOST_TITLES = 300, 200
"""Documents that are ranked at most; and when there are more, so many with the words in their title besides."""
COMMON = 4_000
"""Words that so many documents have together are looked for in titles first, then in titles and openings. Which three
hundred of thousands PostgreSQL comes upon is chance; what is titled so, or begins so, is about it."""
ENOUGH = 60
"""When fewer documents have all the words, those with some of them are looked at too: a gist has other words."""
ALL_WORDS = 1.1
COLUMNS = (
    "id, kind, object_id, product_id, is_solved, weight, word_length, word_counts, asked_length, asked_counts,"
    " extract(epoch FROM created_at)::float8"
)
FIND = "SELECT {columns} FROM search_document WHERE {vector} @@ %s::tsquery{more} LIMIT {most}"
NOTHING = "nothing:here"
Dates = tuple[tuple[str, datetime], ...]


class Hit(NamedTuple):
    """A document that fits, with what facets count of it."""

    pk: int
    kind: str
    object_id: int
    product_id: int | None
    is_solved: bool
    score: float
    has_all: bool
    at: float


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
    told: dict[str, Any]
    """What its kind says of it."""

    @property
    def facts(self) -> str:
        """What its row says beside the words and the day: the same of many, so it is rendered once for all of them."""
        told = [self.told.get(name) for name in ("stars", "product", "answers")]
        return kept_here(self._facts, "found", self.kind, self.is_solved, *told)

    def _facts(self) -> str:
        names = {"label": self.label, "is_solved": self.is_solved, "told": self.told}
        return render_to_string("community/search/_facts.html", names)


@dataclass(frozen=True)
class Results:
    """One page of what was found, how much there is, and how it spreads over kinds and products."""

    rows: list[Result]
    page: int
    total: int
    is_more: bool
    kinds: dict[str, int]
    products: dict[int, int]
    solved: int


def search(query: Query, *, person: Any = None, page: int = 1) -> Results:
    """The best answers that the person may read now; nothing else is counted. Beyond the last page lies the last."""
    found = hits(query, person)
    kinds = Counter(one.kind for one in found)
    if kind := query.filters.get("type"):
        found = [one for one in found if one.kind == kind.casefold()]
    products = Counter(one.product_id for one in found if one.product_id)
    page = max(1, min(page, -(-len(found) // A_PAGE)))
    start = (page - 1) * A_PAGE
    here = found[start : start + A_PAGE]
    return Results(
        page=page,
        rows=shown(readable(here, None) if is_visitor(person) else here, query),
        total=len(found),
        is_more=len(found) > start + A_PAGE and page < PAGES,
        kinds=dict(kinds.most_common()),
        products=dict(products.most_common(6)),  # type: ignore[arg-type]
        solved=sum(one.is_solved for one in found),
    )


def hits(query: Query, person: Any = None) -> list[Hit]:
    """Everything that fits and may be read by the person, the best first, whatever its kind.

    In the index is what everybody may read, and what is hidden leaves it in the same transaction: visitors are asked
    for by `readable` only for what they are shown.
    """
    found = remembered.get(query.without("type").text, lambda: ranked(query.without("type")))
    return found if is_visitor(person) else readable(found, person)


def is_visitor(person: Any) -> bool:
    """Whether nobody is signed in."""
    return person is None or not person.is_authenticated


def readable(found: list[Hit], person: Any) -> list[Hit]:
    """Those that the person may read now: their kinds are asked, whatever the index says."""
    ids: dict[str, list[int]] = {}
    for one in found:
        ids.setdefault(one.kind, []).append(one.object_id)
    allowed = {kind: sources[kind].readable(person, numbers) for kind, numbers in ids.items()}
    return [one for one in found if one.object_id in allowed[one.kind]]


def ranked(query: Query) -> list[Hit]:
    """Everything that fits, the best first."""
    scale, opening = Scale.both()
    terms = scale.terms(Counter(stem(word) for word in query.wanted), asked=False)
    marks, dates = filters_of(query)
    if not terms and not marks and not dates:
        return []
    rows = candidates(query, terms, scale, marks, dates)
    found = scored([row for row in rows.values() if row[1] in sources], terms, scale, opening)
    if query.phrases:
        kept = with_phrases(found, query.phrases)
        found = [one for one in found if one.pk in kept]
    return sorted(found, key=lambda one: (-one.score, -one.at, -one.object_id))


def candidates(
    query: Query, terms: list[Term], scale: Scale, marks: list[str], dates: Dates
) -> dict[int, tuple[Any, ...]]:
    """Documents with all the words; when they are few, those with some of them; when too many, those so titled too."""
    filters = [lexeme(mark) for mark in marks]
    everything = " & ".join([*(lexeme(term.stem) for term in terms), *filters])
    about: dict[int, tuple[Any, ...]] = {}
    if having_all(terms, scale) > COMMON and not query.phrases:
        for vector in ("titled", "asked"):
            about |= asked(everything, dates, vector=vector)
            if len(about) >= SHOWN:
                return about
    rows = asked(everything, dates)
    if len(rows) >= MOST and terms:
        rows |= about or asked(everything, dates, vector="titled", most=MOST_TITLES)
    if len(rows) < ENOUGH and len(terms) > 1 and not query.phrases:
        some, _is_sure = any_of(terms, scale, most=MOST)
        rows = asked(" & ".join([f"({some})", *filters]), dates) | rows
    return rows


def asked(condition: str, dates: Dates, *, vector: str = "words", most: int = MOST) -> dict[int, tuple[Any, ...]]:
    if not condition:
        condition = " | ".join(lexeme(f"kind:{kind}") for kind in sources)
    more = "".join(f" AND created_at {sign} %s" for sign, _moment in dates)
    statement = FIND.format(columns=COLUMNS, vector=vector, more=more, most=most)
    with in_bytes() as cursor:
        cursor.execute(statement, [condition, *(moment for _sign, moment in dates)])
        return {row[0]: row for row in cursor.fetchall()}


def filters_of(query: Query) -> tuple[list[str], Dates]:
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


def scored(rows: Iterable[tuple[Any, ...]], terms: list[Term], scale: Scale, opening: Scale) -> list[Hit]:
    """With their scores: by everything they say, and once more by title and opening, which say what they are about."""
    by_all, by_opening, every = scale.scorer(terms), opening.scorer(terms), len(terms)
    hits = []
    for pk, kind, object_id, product, is_solved, weight, length, counts, asked_length, asked_counts, at in rows:
        score, has = by_all(counts, length)
        score += by_opening(asked_counts, asked_length)[0]
        score = score * weight * (ALL_WORDS if has == every > 1 else 1) if terms else weight
        hits.append(Hit(pk, kind, object_id, product, is_solved, score, has == every, at))
    return hits


def with_phrases(found: list[Hit], phrases: tuple[str, ...]) -> set[int]:
    """Those of the best in which each phrase stands word for word."""
    first = [one.pk for one in sorted(found, key=lambda one: -one.score)[:SHOWN]]
    rows = Document.objects.filter(pk__in=first).values_list("pk", "title", "passages")
    wanted = [" ".join(folded(phrase).split()) for phrase in phrases]
    texts = {pk: " ".join([title, *(text for _pk, _by, text in passages)]) for pk, title, passages in rows}
    return {pk for pk, text in texts.items() if all(phrase in " ".join(folded(text).split()) for phrase in wanted)}


def _texts_of(ids: list[int]) -> QuerySet[Document, tuple[Any, ...]]:
    columns = ("pk", "title", "url", "created_at", "details", "passages")
    return Document.objects.filter(pk__among=ids).values_list(*columns)


texts_of = Prepared(_texts_of, ids=list)


def shown(found: list[Hit], query: Query) -> list[Result]:
    """With what a reader needs to choose."""
    rows = {pk: rest for pk, *rest in texts_of.rows(ids=[one.pk for one in found])}
    wanted = Wanted({stem(word) for word in query.wanted})
    results = []
    for one in found:
        if one.pk in rows:
            title, url, at, details, passages = rows[one.pk]
            excerpt, told = excerpt_of(json.loads(passages), wanted), json.loads(details)
            at_post = f"{url}?post={excerpt.post}#post-{excerpt.post}" if excerpt.post else url
            label = sources[one.kind].one or sources[one.kind].label
            results.append(Result(one.kind, label, at_post, wanted.marked(title), excerpt, one.is_solved, at, told))
    return results
