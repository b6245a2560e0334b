"""Is a payload still text? Judged by the structure of the page, as a browser builds it, never by how it looks."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.security.payloads import MARK

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
CONTENT = {"prose"}
IN_CONTENT = {
    "p", "br", "hr", "em", "strong", "del", "s", "ins", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "span", "div", "bdi", "sup", "sub",
    "details", "summary", "kbd", "mark",
}  # fmt: skip
ATTRIBUTES = {"href", "src", "alt", "title", "rel", "class", "dir", "start", "align", "lang", "loading", "width",
              "height", "colspan", "rowspan", "target", "data-lang", "open", "tabindex", "role", "aria-label",
              "hx-ignore", "hx-disable", "data-hx-ignore", "translate", "decoding", "referrerpolicy"}  # fmt: skip
ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "xlink:href", "srcset", "background", "cite"}
SCHEMES = {"", "http", "https", "mailto"}
SCRIPTED = ("hx-", "data-hx-", "x-", "v-", "ng-", "@", ":", "on")


class Judge(HTMLParser):
    """Walks through a page and writes down what is more than text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.inside: list[tuple[str, bool]] = []
        self.kind = ""

    @property
    def in_content(self) -> bool:
        return any(is_content for _tag, is_content in self.inside)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.in_content and tag not in IN_CONTENT:
            self.wrong.append(f"<{tag}> in a text")
        if MARK in tag:
            self.wrong.append(f"<{tag}>")
        for name, value in given.items():
            self.attribute(tag, name, value)
        self.kind = given.get("type", "") if tag == "script" else ""
        if tag not in VOID:
            self.inside.append((tag, bool(CONTENT & set(given.get("class", "").split()))))

    def attribute(self, tag: str, name: str, value: str) -> None:
        is_token = "X-CSRFToken" in value  # random, and now and then it spells the mark
        marked = (MARK in value.lower() and not is_token) or MARK in name
        if name.startswith("on") or (name in ("style", "srcdoc") and marked):
            self.wrong.append(f"<{tag} {name}={value[:60]}>")
        if self.in_content and name not in ATTRIBUTES:
            self.wrong.append(f"<{tag} {name}> in a text")
        if marked and name.startswith(SCRIPTED) and not is_address_of_ours(value):
            self.wrong.append(f"<{tag} {name}={value[:60]}>")
        if marked and name in ("id", "name", "class", "for", "slot", "is") and self.in_content:
            self.wrong.append(f"<{tag} {name}={value[:60]}>")
        if name in ADDRESSES and scheme_of(value) not in SCHEMES and not value.startswith("data:image/"):
            self.wrong.append(f"<{tag} {name}={value[:60]}>")

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.inside) - 1, -1, -1):
            if self.inside[place][0] == tag:
                del self.inside[place:]
                return

    def handle_data(self, data: str) -> None:
        within = self.inside[-1][0] if self.inside else ""
        if MARK in data and within == "style":
            self.wrong.append("text in <style>")
        if MARK in data and within == "script" and ("json" not in self.kind or "<" in data):
            self.wrong.append(f"text in <script type={self.kind}>")

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.wrong.append(f"<!--{data[:60]}")

    def handle_decl(self, decl: str) -> None:
        if MARK in decl:
            self.wrong.append(f"<!{decl[:60]}>")

    unknown_decl = handle_pi = handle_decl


def scheme_of(address: str) -> str:
    """The protocol as a browser reads it: white space and control signs left out."""
    seen = "".join(sign for sign in address if sign > " " and sign != "\x7f")
    try:
        scheme = urlsplit(seen).scheme
    except ValueError:
        return ""
    return scheme if ":" in seen.split("/")[0] else ""


def is_address_of_ours(value: str) -> bool:
    """An address made by us, with the payload encoded in it."""
    return value.startswith(("/", "?", "#")) and not value.startswith("//") and not set(value) & set("<>\"'`")


def judged(html: str) -> list[str]:
    """What is wrong with this page; empty when every payload stayed text."""
    judge = Judge()
    judge.feed(html)
    judge.close()
    computed = ["a template was filled in"] if f"1337{MARK}" in html else []
    return sorted(set(judge.wrong)) + computed
