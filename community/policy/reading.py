"""Reading a text as a person would: capitals, wide letters, invisible characters, look-alikes and digits for letters.

Each reading remembers where every letter stood, so that a finding can be shown and blacked out in the text itself.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LOOK_ALIKES = str.maketrans(
    "авсԁеһіјкӏмопрԛгѕтхуԝνοαρετικυωϲɑɡıłøđʀʟɴ",
    "abcdehijklmonpqrstxywvoapetikuwcagilodrln",
)
"""Cyrillic, Greek and other letters that are drawn like Latin ones."""
DISGUISES = str.maketrans("0134578@$€!|+", "oleastbaseilt")
WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Reading:
    """A text in another writing, with the place of each of its letters in the original."""

    letters: str
    places: tuple[int, ...] | range
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the reading as a span of the original; marks and invisible letters behind it belong to it."""
        after = self.places[end] if end < len(self.places) else self.length
        return self.places[start], max(after, self.places[end - 1] + 1)


@lru_cache(maxsize=64)
def plain(text: str) -> Reading:
    """In one case and one width (NFKC), without invisible characters and without marks that belong to no letter."""
    if text.isascii():
        return Reading(text.lower(), range(len(text)), len(text))
    letters: list[str] = []
    places: list[int] = []
    for start, cluster in clusters(text):
        for sign in unicodedata.normalize("NFKC", unicodedata.normalize("NFC", cluster)).casefold():
            if unicodedata.category(sign) not in {"Cf", "Mn", "Me"}:
                letters.append(sign)
                places.append(start)
    return Reading("".join(letters), tuple(places), len(text))


def clusters(text: str) -> list[tuple[int, str]]:
    """Each character with the marks on it, and where it stands."""
    found: list[tuple[int, str]] = []
    for index, sign in enumerate(text):
        if found and unicodedata.combining(sign):
            start, cluster = found[-1]
            found[-1] = (start, cluster + sign)
        else:
            found.append((index, sign))
    return found


@lru_cache(maxsize=64)
def undisguised(text: str) -> Reading:
    """As `plain`, and what is only drawn like letters is read as letters, in words that have a letter at all."""
    read = plain(text)
    return Reading(WORD.sub(lambda word: without_disguise(word[0]), read.letters), read.places, read.length)


def without_disguise(word: str) -> str:
    """One word: "а$$" as "ass", while "455" stays a number and "beam!" a word with an exclamation mark."""
    if not any(sign.isalpha() for sign in word):
        return word
    body = word.rstrip("!|+")
    return body.translate(LOOK_ALIKES).translate(DISGUISES) + word[len(body) :]
