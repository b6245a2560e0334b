"""Markdown to safe HTML: rendered once, on write, within two seconds, and kept."""

import re
from time import monotonic
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from community.text.highlighting import highlight
from community.text.mentions import link_mentions
from community.text.pictures import drawn, is_ours, place_pictures

LONGEST = 32_000
"""Characters of a text, at most."""
TIME_LIMIT = 2.0
"""Seconds that rendering may take; pure-Python Markdown can be made to take far longer."""
HEADING_SHIFT = 2
"""The page has its own first and second headings, so a text's begin at the third."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff]")
BLOCK_TAGS = frozenset({"p", "br", "pre", "blockquote", "ul", "ol", "li", "h3", "h4", "h5", "h6", "hr"})
INLINE_TAGS = frozenset({"strong", "em", "s", "code", "span", "a", "img"})
TABLE_TAGS = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
TAGS = set(BLOCK_TAGS | INLINE_TAGS | TABLE_TAGS)
IMAGE = {"src", "alt", "width", "height", "loading", "decoding"}
ALIGNED = {"align-left", "align-center", "align-right"}
CLASSES = {"a": {"mention", "picture-link", "picture", "file"}, "pre": {"code"}, "th": ALIGNED, "td": ALIGNED}


class TooSlowError(Exception):
    """The text was made to take long."""


def to_html(source: str) -> SafeString:
    """Safe HTML of a Markdown text. What takes longer than two seconds is shown as plain text instead."""
    source = CONTROL.sub("", source[:LONGEST])
    environment = {"deadline": monotonic() + TIME_LIMIT}
    try:
        html = parser.render(source, environment)
    except (TooSlowError, RecursionError):
        html = plain(source)
    return mark_safe(clean(html))  # noqa: S308 - clean() is the sanitiser


def plain(source: str) -> str:
    """The text as it was typed, with its line breaks."""
    paragraphs = re.split(r"\n\s*\n", source)
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)


def clean(html: str) -> str:
    """Only the tags, attributes and link schemes of the list; the last word about safety."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href", "title"}, "ol": {"start"}, "span": {"class"}, "code": set(), "img": IMAGE},
        attribute_filter=only_ours,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )


def only_ours(tag: str, attribute: str, value: str) -> str | None:
    """A span may have the classes of coloured code and no others, a picture the address of a shared file."""
    is_odd_colour = (tag, attribute) == ("span", "class") and not value.startswith("hl-")
    is_foreign = (tag, attribute) == ("img", "src") and not is_ours(value)
    return None if is_odd_colour or is_foreign else value


def refuse_slow(state: StateBlock | StateInline, *rest: Any) -> bool:
    """A rule that never matches: it looks at the clock at each line and each character."""
    if monotonic() > state.env.get("deadline", float("inf")):
        raise TooSlowError
    return False


def lower_headings(state: Any) -> None:
    """Shift headings below those of the page, and give table cells a class instead of a style."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + HEADING_SHIFT)}"
        style = token.attrs.pop("style", "") if token.type in {"th_open", "td_open"} else ""
        if style:
            token.attrs["class"] = "align-" + str(style).removeprefix("text-align:")


def make_parser() -> MarkdownIt:
    """CommonMark with tables, strike-through, bare links and mentions; raw HTML is shown, not obeyed."""
    made = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "highlight": highlight})
    made.enable(["table", "strikethrough", "linkify"])
    made.block.ruler.before("code", "refuse_slow", refuse_slow, {"alt": ["paragraph", "blockquote", "list"]})
    made.inline.ruler.before("text", "refuse_slow", refuse_slow)
    made.core.ruler.push("lower_headings", lower_headings)
    made.core.ruler.push("link_mentions", link_mentions)
    made.core.ruler.push("place_pictures", place_pictures)
    made.add_render_rule("image", drawn)
    return made


parser = make_parser()
