"""Excerpts: the place in a text where the words of the query stand, with those words marked."""

import re
from dataclasses import dataclass
from typing import Any

from community.search.words import stems

AROUND = 200
PIECES = re.compile(r"\w+|\W+")


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


def excerpt_of(passages: list[list[Any]], wanted: set[str]) -> Excerpt:
    """From the passage in which most different words of the query stand; the first of those."""
    hits = [len(wanted & set(stems(text))) for _pk, _by, text in passages]
    best = hits.index(max(hits)) if hits else 0
    pk, by, text = passages[best] if passages else (0, "", "")
    return Excerpt(pk, by, marked(window(text, wanted), wanted))


def marked(text: str, wanted: set[str]) -> list[Piece]:
    """The text in pieces, neighbours of one sort together."""
    found: list[Piece] = []
    for piece in PIECES.findall(text):
        is_hit = bool(wanted & set(stems(piece))) if piece.strip() else False
        if found and found[-1].is_hit == is_hit:
            found[-1] = Piece(found[-1].text + piece, is_hit)
        else:
            found.append(Piece(piece, is_hit))
    return found


def window(text: str, wanted: set[str]) -> str:
    """As much of the text as a result has room for, from a little before the first hit."""
    if len(text) <= AROUND:
        return text
    at = next((match.start() for match in PIECES.finditer(text) if wanted & set(stems(match.group()))), 0)
    start = max(0, at - 60)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.rfind(" ", start, start + AROUND)
    end = end if end > at else start + AROUND
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
