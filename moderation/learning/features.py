"""What the spam classifier sees in a text: words, neighbours, pieces of words, and the marks of advertising."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

LONGEST = 4_000
"""So much of a text is read: spam says what it wants at the beginning."""
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
LINK = re.compile(r"(?:https?://|\bwww\.)([^\s/)>\]\"']+)\S*", re.IGNORECASE)
MAIL = re.compile(r"\b[\w.+-]+@([\w-]+\.[\w.]+)")
NUMBER = re.compile(r"(?:\+?\(?\d[\s\-–—./()|~*]{0,3}){9,}\d?")
MONEY = re.compile(r"[$€£¥₹₿]\s?\d|\d\s?[$€£¥₹₿%]")
PIECE = 4
"""Letters of a piece: what is spelled in an odd way on purpose is still alike in parts."""


def features(text: str) -> dict[str, float]:
    """Each feature with its weight in this text; their squares add up to one, so that long texts weigh no more."""
    found: dict[str, float] = {}
    for name in set(named(text[:LONGEST])):
        found[name] = 0.5 if name.startswith("~") else 1.0
    length = sum(value * value for value in found.values()) ** 0.5 or 1.0
    return {name: value / length for name, value in found.items()}


def named(text: str) -> Iterator[str]:
    """Names of the features, in words that a moderator can read; pieces begin with a tilde."""
    plain = unicodedata.normalize("NFKC", text)
    yield from marks(plain)
    words = [word.casefold() for word in WORD.findall(NUMBER.sub(" ", MAIL.sub(" ", LINK.sub(" ", plain))))]
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))
    for word in words:
        edged = f"_{word}_"
        yield from (f"~{edged[at : at + PIECE]}" for at in range(max(1, len(edged) - PIECE + 1)))


def marks(text: str) -> Iterator[str]:
    """Links with their places, addresses, telephone numbers, prices, shouting, a flood of signs."""
    for place in LINK.findall(text):
        yield "[link]"
        yield f"[link {place.lower().removeprefix('www.')[:60]}]"
    if MAIL.search(text):
        yield "[e-mail address]"
    numbers = NUMBER.findall(text)
    if numbers:
        yield "[telephone number]"
    if len(numbers) > 1:
        yield "[several telephone numbers]"
    if MONEY.search(text):
        yield "[price]"
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) > 20 and sum(map(str.isupper, letters)) > 0.5 * len(letters):
        yield "[capitals]"
    signs = sum(unicodedata.category(sign) in {"So", "Sk", "Sm"} for sign in text)
    if signs > 3:
        yield "[many signs]"
    if len(text) < 60:
        yield "[short]"
