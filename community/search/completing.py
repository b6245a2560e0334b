"""Titles while somebody types: the last word may be half written, and any word mistyped."""

from bisect import bisect_left
from typing import Any

from django.db import connection

from community.search.indexing import lexeme
from community.search.ranking import Scale
from community.search.similar import Found, Similar, best, readable, shown
from community.search.sources import sources
from community.search.spelling import corrected, vocabulary
from community.search.words import is_telling, stem, words

ENDINGS, MOST = 12, 200
"""How many words a beginning may stand for, and how many titles are ranked."""
FIND = """
SELECT id, kind, object_id, is_solved, weight, asked_length, asked_counts FROM search_document
WHERE titled @@ %s::tsquery LIMIT {most}
"""


def titles(text: str, *, limit: int, person: Any = None) -> list[Similar]:
    """The titles that are probably being typed, then others that resemble the words."""
    *whole, last = list(words(text)) or [""]
    known = [stem(word) for word in words(corrected(" ".join(whole))) if is_telling(word)] if whole else []
    begun = ends_of(last) if last else []
    found = ranked(known, begun)
    if len(found) < limit:
        have = {one.pk for one in found}
        found += [one for one in best(corrected(text)) if one.pk not in have]
    return shown(readable(found, person, limit)[:limit])


def ends_of(begun: str) -> list[str]:
    """The stems of the commonest words that begin so."""
    known = vocabulary.now()
    start, end = bisect_left(known.words, begun), bisect_left(known.words, begun + "\U0010ffff")
    commonest = sorted(known.words[start:end], key=lambda word: -known.counts[word])[:ENDINGS]
    return list(dict.fromkeys([*(stem(word) for word in commonest), stem(begun)]))


def ranked(known: list[str], begun: list[str]) -> list[Found]:
    """Titles with all of these, one of those; the best first."""
    groups = [lexeme(one) for one in known] + ([f"({' | '.join(map(lexeme, begun))})"] if begun else [])
    kinds = [lexeme(f"kind:{source.kind}") for source in sources.values() if source.is_typed]
    if not groups or not kinds:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(most=MOST), [" & ".join([*groups, f"({' | '.join(kinds)})"])])
        rows = cursor.fetchall()
    scale = Scale.now(asked=True)
    terms = scale.terms(dict.fromkeys([*known, *begun], 1.0), asked=True)
    score = scale.scorer(terms)
    found = [
        Found(pk, kind, object_id, is_solved, score(bytes(counts), length)[0] * weight)
        for pk, kind, object_id, is_solved, weight, length, counts in rows
    ]
    return sorted(found, key=lambda one: (-one.score, -one.object_id))
