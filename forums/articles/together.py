"""Bringing together what two editors made of one text: each keeps the paragraphs that only they changed."""

import re
from difflib import SequenceMatcher

Change = tuple[int, int, tuple[str, ...]]
"""From and to which paragraph, and what stands there instead."""


def together(base: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; None when both touch the same paragraph, so that a person has to decide."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    cut = paragraphs(base)
    ours, others = changes(cut, paragraphs(mine)), changes(cut, paragraphs(theirs))
    if any(meet(one, other) for one in ours for other in others if one != other):
        return None
    pieces: list[str] = []
    at = 0
    for start, end, said in sorted({*ours, *others}):
        pieces += [*cut[at:start], *said]
        at = end
    return "\n\n".join([*pieces, *cut[at:]])


def paragraphs(text: str) -> list[str]:
    """The blocks of a text, between blank lines."""
    return [block for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip()) if block]


def changes(before: list[str], after: list[str]) -> list[Change]:
    """What has to be replaced in the paragraphs to get the others."""
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(a, b, tuple(after[c:d])) for kind, a, b, c, d in found if kind != "equal"]


def meet(one: Change, other: Change) -> bool:
    """Whether two changes are about the same paragraph, or add something at the same place."""
    return (one[0] < other[1] and other[0] < one[1]) or one[:2] == other[:2]
