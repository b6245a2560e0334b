"""The contents of an article: its headings with names to go to, and their list when it is long."""

import re
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

HEADING = re.compile(r"<h([3-6])>(.*?)</h\1>", re.DOTALL)
ENOUGH = 3
"""Headings from which on a list of them helps."""


@dataclass(frozen=True)
class Heading:
    """A heading that the list of contents leads to."""

    id: str
    text: str


def with_contents(html: str) -> tuple[SafeString, list[Heading]]:
    """The text with headings that follow the page's own, and its first level of them, when there are enough.

    Texts below a post begin at the third level; here nothing stands between them and the title.
    """
    levels = [int(level) for level, _words in HEADING.findall(html)]
    highest = min(levels, default=3)
    found: list[Heading] = []

    def named(match: re.Match[str]) -> str:
        level, words = int(match[1]) - highest + 2, match[2]
        if level > 2:
            return f"<h{level}>{words}</h{level}>"
        text = " ".join(strip_tags(words).split())
        found.append(Heading(f"part-{len(found) + 1}-{slugify(text)[:40]}".strip("-"), text))
        return f'<h2 id="{found[-1].id}">{words}</h2>'

    text = HEADING.sub(named, html)
    return mark_safe(text), found if len(found) >= ENOUGH else []  # noqa: S308 - safe HTML with other headings
