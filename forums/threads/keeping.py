"""What is the viewer's own is put into text that is kept for everybody: one pass over the marked places."""

import re
from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

MARKED = re.compile(r"<!--own:(\w+):(\d+)-->(.*?)<!--/own-->", re.DOTALL)
"""A place in a kept fragment: its part, the id of its post, and what everybody else gets there."""


def with_own(kept: str, own: Mapping[tuple[str, int], str]) -> SafeString:
    """The kept fragment with the viewer's own pieces in their places. Readers' texts hold no HTML comments."""

    def piece(place: re.Match[str]) -> str:
        return own.get((place[1], int(place[2])), place[3])

    return mark_safe(MARKED.sub(piece, kept))  # noqa: S308 - both are made by our templates
