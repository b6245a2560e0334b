"""Pictures and files of our own in a text. Pictures elsewhere stay links: no page makes a browser call a stranger."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from markdown_it.token import Token

KEY = r"[a-z]{28}"
ADDRESS = re.compile(rf"/files/(?P<key>{KEY})/(?:small/)?[\w.-]{{1,90}}")
"""The address of a shared file. Its name says nothing; who may see it is asked when it is fetched."""
PICTURE = re.compile(rf"!\[[^\]\n]*\]\(\s*<?/files/(?P<key>{KEY})/")
SHOWN_WIDTH = 1344
MOST = 20
"""Files in one text that are looked for."""


@dataclass(frozen=True)
class Picture:
    """What a page must know of a picture before its bytes arrive."""

    url: str
    small_url: str
    width: int
    height: int


Lookup = Callable[[Iterable[str]], dict[str, Picture]]
_lookup: list[Lookup] = []


def pictures_from(lookup: Lookup) -> Lookup:
    """Register who knows the pictures. Texts are the ground; files lie a storey higher."""
    _lookup[:] = [lookup]
    return lookup


def file_keys(source: str) -> list[str]:
    """Keys of the files that a text shows or links to, each once, in order."""
    return list(dict.fromkeys(match["key"] for match in ADDRESS.finditer(source)))[:MOST]


def picture_count(source: str) -> int:
    """How many pictures of ours a text shows."""
    return len(PICTURE.findall(source))


def is_ours(address: str) -> bool:
    """Whether an address is one of a shared file."""
    return bool(ADDRESS.fullmatch(address))


def place_pictures(state: Any) -> None:
    """Say of each picture of ours how large it is, so that nothing jumps, and mark links to other files."""
    known: dict[str, Picture] | None = None
    for block in state.tokens:
        depth = 0
        for token in block.children or []:
            depth += (token.type == "link_open") - (token.type == "link_close")
            match = ADDRESS.fullmatch(str(token.attrs.get("src") or token.attrs.get("href") or ""))
            if match and token.type == "link_open":
                token.attrs["class"] = "file"
            elif match and token.type == "image":
                if known is None:
                    known = look_up(file_keys(state.src))
                token.meta = {"picture": known.get(match["key"]), "is_linked": depth > 0}


def look_up(keys: list[str]) -> dict[str, Picture]:
    return _lookup[0](keys) if _lookup and keys else {}


def drawn(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    """A picture of ours, leading to the large one; of any other, a link to it."""
    token = tokens[index]
    words = self.renderInlineAsText(token.children or [], options, env)
    picture = token.meta.get("picture")
    if picture is None:
        address = escape(token.attrs.get("src", ""))
        return f'<a class="picture-link" href="{address}">{escape(words) or address}</a>'
    width = min(picture.width, round(picture.width * SHOWN_WIDTH / max(picture.width, picture.height, SHOWN_WIDTH)))
    height = round(picture.height * width / max(1, picture.width))
    shown = format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">',
        picture.small_url, words, width, height,
    )  # fmt: skip
    return shown if token.meta["is_linked"] else format_html('<a class="picture" href="{}">{}</a>', picture.url, shown)
