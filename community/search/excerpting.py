"""Excerpts: the place in a text where the words of the query stand, with those words marked."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from community.search.words import folded, stem, words

AROUND = 200


@dataclass(frozen=True)
class Piece:
    """A bit of an excerpt, and whether the query asked for it. Templates escape the text."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Excerpt:
    """Where something was found: the post, who wrote it when it is below the opening, and the words around."""

    post: int
    by: str
    pieces: list[Piece]


class Wanted:
    """The stems of a query, and where they stand in a text. Only words that begin like one of them are looked at."""

    def __init__(self, stems: Set[str]) -> None:
        self.stems = stems
        self.begun = sorted({one[:-1] if len(one) > 3 else one for one in stems})
        begun = "|".join(map(re.escape, self.begun))
        self.words = re.compile(rf"(?<![^\W_])(?:{begun})\w*") if stems else None
        self.met: dict[str, Set[str]] = {}

    def places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and stem of each word that was asked for."""
        plain = folded(text)
        plain = plain if len(plain) == len(text) else text.lower()
        for match in self.words.finditer(plain) if self.words else ():
            for stemmed in self.stems_in(match.group()):
                yield match.start(), match.end(), stemmed

    def stems_in(self, found: str) -> Set[str]:
        """Which of the stems a word has. A page of results has the same few words again and again."""
        if found not in self.met:
            self.met[found] = {stem(word) for word in words(found)} & self.stems
        return self.met[found]

    def count(self, text: str) -> int:
        """How many different words of the query stand in it."""
        plain = folded(text)
        if self.words is None or not any(begun in plain for begun in self.begun):  # as in most posts of a thread
            return 0
        return len(set().union(*map(self.stems_in, set(self.words.findall(plain)))))

    def marked(self, text: str) -> list[Piece]:
        """The text in pieces, what was asked for apart."""
        pieces, done = [], 0
        for start, end, _stem in self.places(text):
            if start >= done:
                pieces += [Piece(text[done:start], False)] if start > done else []
                pieces.append(Piece(text[start:end], True))
                done = end
        return pieces + ([Piece(text[done:], False)] if done < len(text) else [])

    def window(self, text: str) -> str:
        """As much of the text as a result has room for, from a little before the first hit."""
        if len(text) <= AROUND:
            return text
        at = next((start for start, _end, _stem in self.places(text)), 0)
        start = max(0, at - 60)
        start = text.rfind(" ", 0, start) + 1 if start else 0
        end = text.rfind(" ", start, start + AROUND)
        end = end if end > at else start + AROUND
        return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def excerpt_of(passages: list[list[Any]], wanted: Wanted) -> Excerpt:
    """From the passage in which most different words of the query stand; the first of those."""
    best: list[Any] = [0, "", ""]
    most = -1
    for passage in passages:
        if (count := wanted.count(passage[2])) > most:
            best, most = passage, count
        if most == len(wanted.stems):
            break
    pk, by, text = best
    return Excerpt(pk, by, wanted.marked(wanted.window(text)))
