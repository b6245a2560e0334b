"""Bringing two changes of one text together: each changed something else, and both stay."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from community.text.diffs import finest

Change = tuple[int, int, str]
NEAR = 1
"""Pieces between two changes that are too few: the gap between two words is one."""
"""From and to which piece of the first text, and what stands there instead."""


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of `base` in one text; None when they touch the same place, so that a person has to decide."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    cut, _mine = finest(base, mine)
    both = list(changes(cut, mine)), list(changes(cut, theirs))
    if any(is_near(one, other) for one in both[0] for other in both[1] if one != other):
        return None
    pieces, at = [], 0
    for start, end, text in sorted(set(both[0]) | set(both[1])):
        pieces += [*cut[at:start], text]
        at = end
    return "".join([*pieces, *cut[at:]])


def changes(cut: Sequence[str], text: str) -> Iterator[Change]:
    """What has to be replaced in the pieces to get the text. Both are cut alike."""
    base = "".join(cut)
    before, after = finest(base, text)
    if list(before) != list(cut):  # too much for words: the whole is one change
        yield 0, len(cut), text
        return
    for kind, a, b, c, d in SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield a, b, "".join(after[c:d])


def is_near(one: Change, other: Change) -> bool:
    """Two changes that overlap, or stand side by side: nobody can say what both together would mean."""
    return one[0] <= other[1] + NEAR and other[0] <= one[1] + NEAR
