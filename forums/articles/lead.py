"""The lead: the first paragraph of an article is its summary, so that both are one text with one history."""

import re

LONGEST = 180
OTHER = re.compile(r"[#>|`~!*+-]|\d+[.)]\s|\[\^")
"""How a block begins that is no plain paragraph."""


def whole(summary: str, text: str) -> str:
    """One text of both."""
    return "\n\n".join(filter(None, [summary.strip(), text.strip()]))


def parted(source: str) -> tuple[str, str]:
    """The summary and the rest; no summary when the text begins with something else."""
    first, _blank, rest = source.strip().partition("\n\n")
    if "\n" in first or len(first) > LONGEST or OTHER.match(first):
        return "", source.strip()
    return first, rest.strip()
