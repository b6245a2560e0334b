"""Excerpts: the first words of a text, for lists and mails."""

import re

from markdown_it import MarkdownIt

READ_AT_MOST = 4
"""Characters of source that are read for each character of excerpt: markup is seldom more than that."""
BREAKS = {"softbreak", "hardbreak"}
MARKUP = re.compile(r"[*_`\[\]<>#&\\|~\0]|^\s*(?:[-+=]|\d+[.)])|^ *\t|^ {4}", re.MULTILINE)
"""What may mean something in Markdown. Most texts have none of it, and reading those is half of the work of a list."""
SPACE = re.compile(r"\s+")
bare = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def excerpt(source: str, length: int = 180) -> str:
    """Plain text from the beginning of a Markdown text, cut at a word, at most `length` characters."""
    words = plain_text(source[: length * READ_AT_MOST])
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut).rstrip(" ,.;:") + "…"


def plain_text(source: str) -> str:
    """The words of a Markdown text without its markup, on one line."""
    if not MARKUP.search(source):
        return SPACE.sub(" ", source).strip()
    parts: list[str] = []
    for block in bare.parse(source):
        if block.type in {"fence", "code_block"}:
            parts.append(block.content)
        parts += [" " if inline.type in BREAKS else inline.content for inline in block.children or []]
        parts.append(" ")
    return SPACE.sub(" ", "".join(parts)).strip()
