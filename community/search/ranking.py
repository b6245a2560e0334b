"""BM25: how well a document answers a query, by how often the words occur in it and how rare they are elsewhere."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from community.prepared import Prepared, PreparedRow
from community.search.models import Figures, Stem
from community.search.packing import SIZE, key_of
from community.search.remembering import COUNTED, Memory

K1, K1_ASKED, B = 1.5, 2.0, 0.75
"""How soon repeating a word adds nothing more, in all that is said and in openings alone; and how much a long text is
held against it."""
SATURATED = 8.0
"""The same as K1 for a word that the query itself repeats."""
FEWEST = 100
"""A smaller index is taken for one of this size, so that the first few documents tell rare words from common ones."""


the_figures = PreparedRow(lambda: Figures.objects.filter(pk=1))
counts = Memory(COUNTED, most=20_000)
"""How many documents have a stem, anywhere and in their openings, by the stem; and under no name the figures."""
counted = Prepared(lambda stems: Stem.objects.filter(pk__among=stems).values_list("stem", "words", "asked"), stems=list)


def counts_of(stems: Iterable[str]) -> dict[str, tuple[int, int]]:
    """In how many documents each of these is, anywhere and in openings."""

    def find(unknown: list[str]) -> dict[str, tuple[int, int]]:
        rows = {stem: (whole, opening) for stem, whole, opening in counted.rows(stems=unknown)}
        return {stem: rows.get(stem, (0, 0)) for stem in unknown}

    return counts.several(stems, find)


class Term(NamedTuple):
    """A stem of the query: in how many documents it is, and what finding it is worth."""

    stem: str
    documents: int
    value: float
    key: bytes


@dataclass(frozen=True)
class Scale:
    """What a length and a rarity are measured against."""

    documents: int
    average: float
    k1: float = K1

    @classmethod
    def now(cls, *, asked: bool) -> "Scale":
        return cls.both()[int(asked)]

    @classmethod
    def both(cls) -> "tuple[Scale, Scale]":
        """For everything that is said, and for titles and openings."""
        figures = counts.get("", lambda: the_figures.get() or Figures())
        return (
            cls(max(FEWEST, figures.documents), max(1.0, figures.word_length)),
            cls(max(FEWEST, figures.suggested), max(1.0, figures.asked_length), K1_ASKED),
        )

    def terms(self, wanted: Mapping[str, float], *, asked: bool) -> list[Term]:
        """The stems with their worth, the most telling first."""
        known = counts_of(wanted)
        found = [
            Term(stem, known[stem][asked], self.value(known[stem][asked], times), key_of(stem))
            for stem, times in wanted.items()
        ]
        return sorted(found, key=lambda term: (-term.value, term.stem))

    def value(self, documents: int, times: float) -> float:
        """What a word in so many documents is worth, that the query has so many times."""
        documents = min(max(1, documents), self.documents)
        rarity = math.log(1 + (self.documents - documents + 0.5) / (documents + 0.5))
        return rarity * times * (1 + SATURATED) / (times + SATURATED)

    def scorer(self, terms: list[Term]) -> Callable[[bytes, int], tuple[float, int]]:
        """What tells of one document its BM25, and how many of the terms it has: by its packed words and its length."""
        worths = [(term.value * (self.k1 + 1), term.key) for term in terms]
        least, slope = self.k1 * (1 - B), self.k1 * B / self.average

        def score(packed: bytes, length: int) -> tuple[float, int]:  # called a thousand times a query
            norm, find = least + slope * length, packed.find
            total, found = 0.0, 0
            for worth, key in worths:
                place = find(key)
                while place >= 0 and place % SIZE:  # these four bytes also occur across two records
                    place = find(key, place + 1)
                if place >= 0:
                    count = packed[place + 4]
                    total += worth * count / (count + norm)
                    found += 1
            return total, found

        return score
