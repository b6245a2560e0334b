"""What changed between two wordings, word by word."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PIECES, MOST_PAIRS = 4_000, 60_000
"""Words (or lines) of both texts that are compared, and equal ones among them that may be weighed against each other:
a text made to have more would take minutes."""


def diff_html(old: str, new: str) -> SafeString:
    """Both wordings in one: what went in `<del>`, what came in `<ins>`, the rest as it is. Lines stay lines."""
    before, after = finest(old, new)
    return mark_safe("".join(pieces(before, after)))  # noqa: S308 - each piece is escaped


def finest(old: str, new: str) -> tuple[list[str], list[str]]:
    """Both texts cut into words, into lines when that is too much to compare, or else not at all."""
    words = WORDS.findall(old), WORDS.findall(new)
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return next((cut for cut in (words, lines) if is_affordable(*cut)), ([old], [new]))


def is_affordable(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the comparison ends within a fraction of a second, whoever made the texts."""
    return len(before) + len(after) <= MOST_PIECES and pairs(before, after) <= MOST_PAIRS


def pairs(before: Sequence[str], after: Sequence[str]) -> int:
    """How many pairs of equal pieces there are: what the comparison costs. Gaps between words are not searched for."""
    counts = Counter(after)
    return sum(times * counts[piece] for piece, times in Counter(before).items() if not piece.isspace())


def pieces(before: Sequence[str], after: Sequence[str]) -> Iterable[str]:
    """Escaped pieces of the diff in reading order."""
    for kind, a, b, c, d in SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes():
        gone, come = escape("".join(before[a:b])), escape("".join(after[c:d]))
        if kind == "equal":
            yield gone
        else:
            yield f"<del>{gone}</del>" if gone else ""
            yield f"<ins>{come}</ins>" if come else ""
