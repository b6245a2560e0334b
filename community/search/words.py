"""The words of a text as the index knows them: folded, without the commonest ones, reduced to their stems."""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from Stemmer import Stemmer

LONGEST = 40
"""Characters of the longest word. What is longer is a number or a key that nobody types."""
STOP = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between
    both but by can cannot could did do does doing during each few for from further get got had has have having he her
    here hers hi hello hey him his how i if in into is it its itself just me more most my myself no nor not now of off
    on once only or other our out over own please same she should so some such than thank thanks that the their them
    then there these they this those through to too under until us use used using very was we were what when where
    which while who whom why will with would you your yours im ive id dont cant doesnt didnt isnt wont wasnt havent
    hasnt couldnt wouldnt shouldnt arent youre thats theres whats lets one""".split()  # noqa: SIM905 - reads as a text
)
WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")
ADDRESS = re.compile(r"https?://(?:www\.)?([^\s/?#)>\]]+)[^\s)>\]]*")
BEYOND_LATIN = re.compile(r"[\u0300-\U0010ffff]+")
"""Where accents are, once they stand by themselves: hardly anywhere in most texts."""
_own = threading.local()


def words(text: str) -> Iterator[str]:
    """Each word as it would be typed: lower case, without accents. Of a web address only the site's name counts."""
    for match in WORD.finditer(folded(ADDRESS.sub(r" \1 ", text))):
        word = match.group()
        if word.isalnum():
            if len(word) <= LONGEST:
                yield word
        else:
            yield from parts(word)


def folded(text: str) -> str:
    """Case and accents make no difference to those who search."""
    text = text.casefold()
    if text.isascii():
        return text
    return BEYOND_LATIN.sub(uncombined, unicodedata.normalize("NFKD", text.replace("’", "'")))


def uncombined(match: re.Match[str]) -> str:
    """Letters without the accents that stand beside them."""
    return "".join(letter for letter in match.group() if not unicodedata.combining(letter))


def parts(word: str) -> Iterator[str]:
    """What a compound stands for: "don't" is one word, "3.2" too, "wi-fi" is found as wi, fi and wifi."""
    word = word.removesuffix("'s").replace("'", "")
    pieces = [piece for piece in word.split("-") if piece]
    if len(pieces) > 1 and len(word) <= LONGEST:
        yield "".join(pieces)
    for piece in pieces:
        if len(piece) <= LONGEST:
            yield piece


def is_telling(word: str) -> bool:
    """Whether a word says anything about a text."""
    return word not in STOP and (len(word) > 1 or word.isdigit() or not word.isascii())


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """What "dropping", "dropped" and "drops" have in common."""
    if not hasattr(_own, "stemmer"):  # a stemmer belongs to one thread
        _own.stemmer = Stemmer("english")
    return str(_own.stemmer.stemWord(word))


def stems(text: str) -> Counter[str]:
    """The stems of a text, and how often each occurs."""
    return Counter(stem(word) for word in words(text) if is_telling(word))
