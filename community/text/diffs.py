"""What changed between two wordings, word by word."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
FINEST = 4_000
"""Words up to which a change is shown word by word; a longer one line by line."""


def diff_html(old: str, new: str) -> SafeString:
    """Both wordings in one: what went in `<del>`, what came in `<ins>`, the rest as it is. Lines stay lines."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > FINEST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return mark_safe("".join(pieces(before, after)))  # noqa: S308 - each piece is escaped


def pieces(before: Sequence[str], after: Sequence[str]) -> Iterable[str]:
    """Escaped pieces of the diff in reading order."""
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = escape("".join(before[a:b])), escape("".join(after[c:d]))
        if kind == "equal":
            yield gone
        else:
            yield f"<del>{gone}</del>" if gone else ""
            yield f"<ins>{come}</ins>" if come else ""
