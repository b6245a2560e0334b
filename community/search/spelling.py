"""Typing mistakes: a word that the index does not know is taken for the nearest one that it does."""

import time

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from community.prepared import Prepared
from community.search.models import Word
from community.search.ranking import counts_of
from community.search.words import is_telling, stem, words

SHORTEST, KEPT_FOR = 4, 60
"""Letters of the shortest word that is corrected, and for how many seconds this process remembers the known words."""


class Vocabulary:
    """The words of the index and how common they are, read anew now and then."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.counts: dict[str, int] = {}
        self.read_at = 0.0

    def now(self) -> "Vocabulary":
        if time.monotonic() - self.read_at > KEPT_FOR or not self.counts:
            self.counts = dict(Word.objects.values_list("word", "count"))
            self.words, self.read_at = sorted(self.counts), time.monotonic()
        return self


vocabulary = Vocabulary()
spelled = Prepared(lambda stems: Word.objects.filter(stem__among=stems).values_list("stem"), stems=list)


def corrected(text: str) -> str:
    """The text with its unknown words replaced; the same text when nothing is unknown, or nothing is near."""
    asked = [word for word in words(text) if is_telling(word) and word.isalpha() and len(word) >= SHORTEST]
    new = {word: stem(word) for word in asked}
    common = counts_of(new.values())
    new = {word: stemmed for word, stemmed in new.items() if not common[stemmed][0]}  # not counted yet, or unknown
    known = {known for (known,) in spelled.rows(stems=list(new.values()))} if new else set()
    near = {word: nearest(word) for word, stemmed in new.items() if stemmed not in known}
    if not any(near.values()):
        return text
    return " ".join(near.get(word) or word for word in words(text))


def nearest(word: str) -> str | None:
    """The commonest of the nearest known words: one mistake, or two in a long word."""
    known = vocabulary.now()
    mistakes = 1 if len(word) < 8 else 2
    found = process.extract(word, known.words, scorer=DamerauLevenshtein.distance, score_cutoff=mistakes, limit=8)
    near = [(distance, -known.counts[candidate], candidate) for candidate, distance, _place in found]
    return min(near)[2] if near else None
