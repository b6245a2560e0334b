"""Which documents PostgreSQL is asked for: those with the telling words, never so many that ranking them takes long.

A query of common words would match half of the index. A document with only one of several common words cannot be among
the best, so those are asked for in pairs; the rare ones each for itself.
"""

from itertools import combinations

from community.search.indexing import lexeme
from community.search.ranking import Scale, Term

MOST = 1_200
"""Documents that are ranked at most."""
TOGETHER = 4
"""Common words meet in one document so many times more often than chance says."""


def any_of(terms: list[Term], scale: Scale, *, most: int = MOST) -> tuple[str, bool]:
    """A text search query for documents that may be among the best; and whether it surely finds no more than `most`."""
    rare, common, room = parted(terms, most)
    clauses = [lexeme(term.stem) for term in rare]
    is_sure = True
    for one, other in sorted(combinations(common[:8], 2), key=lambda pair: -pair[0].value - pair[1].value):
        expected = TOGETHER * one.documents * other.documents // scale.documents
        if expected <= room:
            room -= expected
            clauses.append(both(one, other))
            is_sure = False
    if not clauses:
        is_sure = False
        clauses = [" & ".join(lexeme(term.stem) for term in common[:3])]
    return " | ".join(clauses), is_sure


def having_all(terms: list[Term], scale: Scale) -> int:
    """How many documents have all of the terms, at most: nobody counts them."""
    if not terms:
        return 0
    expected, *more = sorted(term.documents for term in terms)
    for documents in more:
        expected = min(expected, TOGETHER * expected * documents // scale.documents)
    return expected


def both(one: Term, other: Term) -> str:
    return f"({lexeme(one.stem)} & {lexeme(other.stem)})"


def parted(terms: list[Term], room: int) -> tuple[list[Term], list[Term], int]:
    """The rare terms, which may each be asked for alone, the common ones, and how much room is left."""
    rare, common = [], []
    for term in sorted(terms, key=lambda term: term.documents):
        if term.documents <= room:
            room -= term.documents
            rare.append(term)
        else:
            common.append(term)
    return rare, sorted(common, key=lambda term: -term.value), room
