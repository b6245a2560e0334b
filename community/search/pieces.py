"""A text as the optional language model reads it: words cut into the pieces that it knows, each by its number."""

import gzip
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parent / "data/vocabulary.txt.gz"
BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 100
BEYOND = 0x2E80
"""From here on are the scripts of East Asia, whose signs stand each for itself; kana and Hangul are among words."""
KANA, HANGUL = range(0x3040, 0x3100), range(0xAC00, 0xD7B0)


@cache
def vocabulary() -> dict[str, int]:
    """The number of each piece."""
    with gzip.open(VOCABULARY, "rt", encoding="utf-8") as file:
        return {line.rstrip("\n"): number for number, line in enumerate(file)}


def numbers(text: str, most: int) -> list[int]:
    """The pieces of a text by their numbers, between the marks of beginning and end, at most so many."""
    known, found = vocabulary(), []
    for word in parted(text):
        found += pieces(word)
        if len(found) >= most - 2:
            break
    return [known[BEGIN], *found[: most - 2], known[END]]


def parted(text: str) -> Iterator[str]:
    """Words in lower case and without accents; each punctuation mark is a word of its own."""
    plain = unicodedata.normalize("NFD", text.lower())
    word: list[str] = []
    for sign in plain:
        category = unicodedata.category(sign)
        if category in ("Mn", "Cc", "Cf") and not sign.isspace():
            continue
        if sign.isspace() or stands_alone(sign, category):
            if word:
                yield "".join(word)
                word = []
            if not sign.isspace():
                yield sign
        else:
            word.append(sign)
    if word:
        yield "".join(word)


def stands_alone(sign: str, category: str) -> bool:
    """Punctuation, the marks of keyboards, and the signs of Chinese."""
    if sign.isascii():
        return not sign.isalnum()
    number = ord(sign)
    return category[0] == "P" or (number >= BEYOND and category == "Lo" and number not in KANA and number not in HANGUL)


@lru_cache(maxsize=20_000)
def pieces(word: str) -> list[int]:
    """The longest known pieces of a word, from its beginning; a word that cannot be put together is unknown."""
    known, found, start = vocabulary(), [], 0
    if len(word) > LONGEST_WORD:
        return [known[UNKNOWN]]
    while start < len(word):
        mark = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if mark + word[start:end] in known), 0)
        if not end:
            return [known[UNKNOWN]]
        found.append(known[mark + word[start:end]])
        start = end
    return found
