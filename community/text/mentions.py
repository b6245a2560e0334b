"""@name: people called in a text."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.contrib.auth import get_user_model
from django.db.models import Q
from markdown_it.token import Token

MOST = 10
"""Names in one text that are honoured; the rest stay words (robustness H6)."""
NAME = re.compile(r"(?<![\w@/.])@(\w[\w.-]{1,38}\w)")
CODE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]*`", re.DOTALL)


def mentioned_names(source: str) -> list[str]:
    """The names called in a Markdown text, outside code, each once, in order, at most ten."""
    return list(dict.fromkeys(NAME.findall(CODE.sub(" ", source))))[:MOST]


def mentioned_people(source: str) -> list[Any]:
    """The people called in a text who exist and may sign in."""
    names = mentioned_names(source)
    if not names:
        return []
    keys = [key_of(name) for name in names]
    called = Q(face="", username_key__in=keys) | Q(face__in=keys)
    return list(get_user_model()._default_manager.filter(called, is_active=True))


def key_of(name: str) -> str:
    """The form in which two names count as the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def link_mentions(state: Any) -> None:
    """Make links of the names in a parsed text whose people exist."""
    known = {key_of(person.handle): person.handle for person in mentioned_people(state.src)}
    if not known:
        return
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = list(linked(block.children, known))


def linked(tokens: Iterable[Token], known: dict[str, str]) -> Iterable[Token]:
    """The tokens with known names made links; text inside a link stays as it is."""
    depth = 0
    for token in tokens:
        depth += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "text" or depth or "@" not in token.content:
            yield token
            continue
        yield from split_at_names(token.content, known)


def split_at_names(words: str, known: dict[str, str]) -> Iterable[Token]:
    """Text, link, text …"""
    position = 0
    for match in NAME.finditer(words):
        name = known.get(key_of(match[1]))
        if name is None:
            continue
        yield Token("text", "", 0, content=words[position : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": profile_url(name), "class": "mention"})
        yield Token("text", "", 0, content=f"@{name}")
        yield Token("link_close", "a", -1)
        position = match.end()
    yield Token("text", "", 0, content=words[position:])


def profile_url(name: str) -> str:
    """The address of a person's page."""
    return f"/people/{quote(name)}/"
