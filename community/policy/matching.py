"""Where the words of a rule stand in a text: whole words unless it says otherwise, and never longer than a moment."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import regex

from community.policy.reading import Reading, plain, undisguised, without_disguise

WITHIN = 0.05
"""Seconds that one rule may take for one text; an expression that needs longer finds nothing there."""
LONGEST_EXPRESSION = 500
SPELLED_FROM = 3
"""So many letters a word has to be found also when it is spelled out: "s p a m"."""
MOST_FOUND = 20
HARD = ("a" * 4000 + "!", "a@" * 2000, "ab " * 1500, "0" * 4000 + "x", "(" * 500 + " " * 3000 + "\n")
"""Texts on which careless expressions take for ever."""


class OutOfTime(Exception):
    """The expression took too long."""


def spans(kind: str, pattern: str, is_whole: bool, text: str) -> list[tuple[int, int]]:
    """The places in the text, in order. Raises OutOfTime."""
    found: set[tuple[int, int]] = set()
    if kind == "regex":
        found |= set(_search(expression(pattern), plain(text)))
    else:
        found |= set(_search(words_expression(pattern, is_whole, is_disguised=False), plain(text)))
        found |= set(_search(words_expression(pattern, is_whole, is_disguised=True), undisguised(text)))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart[:MOST_FOUND]


def _search(wanted: Any, read: Reading) -> Iterator[tuple[int, int]]:
    try:
        for match in wanted.finditer(read.letters, timeout=WITHIN, concurrent=True):
            if match.end() > match.start():
                yield read.span(match.start(), match.end())
    except TimeoutError as error:
        raise OutOfTime from error


@lru_cache(maxsize=512)
def expression(pattern: str) -> Any:
    """A moderator's own expression; raises `regex.error` when it is none."""
    return regex.compile(pattern, regex.IGNORECASE | regex.VERSION0)


@lru_cache(maxsize=512)
def words_expression(pattern: str, is_whole: bool, *, is_disguised: bool) -> Any:
    """One word or phrase a line, as one expression. A star at the end stands for any ending."""
    parts = [part for line in pattern.splitlines() if line.strip() for part in forms_of(line, is_disguised)]
    body = "|".join(sorted(set(parts), key=len, reverse=True)) or "(?!)"
    return regex.compile(rf"(?<!\w)(?:{body})(?!\w)" if is_whole else f"(?:{body})")


def forms_of(line: str, is_disguised: bool) -> Iterator[str]:
    """A word or phrase as it stands, and a single word spelled out as well."""
    words = plain(line.strip()).letters.split()
    ending = r"\w*" if words and words[-1].endswith("*") else ""
    words = [word.rstrip("*") for word in words if word.rstrip("*")]
    if is_disguised:
        words = [without_disguise(word) for word in words]
    if not words:
        return
    yield r"\W+".join("".join(map(_letter(is_disguised), word)) for word in words) + ending
    if len(words) == 1 and len(words[0]) >= SPELLED_FROM:
        yield r"[\W_]{1,2}".join(map(_letter(is_disguised), words[0])) + ending


def _letter(is_disguised: bool) -> Any:
    def escaped(sign: str) -> str:
        return "[il]" if is_disguised and sign in "il" else regex.escape(sign)

    return escaped


def fault_in(pattern: str) -> str:
    """Why an expression cannot be used, for its writer; empty when it can."""
    if len(pattern) > LONGEST_EXPRESSION:
        return "long"
    try:
        wanted = expression(pattern)
    except (regex.error, OverflowError, RecursionError):
        return "wrong"
    if wanted.fullmatch("") or wanted.search(""):
        return "empty"
    try:
        for text in HARD:
            list(_search(wanted, Reading(text, range(len(text)), len(text))))
    except OutOfTime:
        return "slow"
    return ""
