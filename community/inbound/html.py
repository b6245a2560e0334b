"""A mail's HTML as plain text: quotes keep their mark, so that new words can be told from old ones."""

import re
from html.parser import HTMLParser

BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "hr", "table", "ul", "ol"}
SILENT = {"style", "script", "head", "title", "template", "noscript"}
VOID = {"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "wbr", "source"}
MOST_DEEP = 200


class Reader(HTMLParser):
    """Collects the lines; words inside a quote begin with `> `."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.quotes = 0
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        if tag in BREAKS or tag == "blockquote":
            self._break()
        if tag == "blockquote":
            self.quotes = min(self.quotes + 1, MOST_DEEP)
        if tag == "li":
            self.lines[-1] += "- "

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        if tag in BREAKS - VOID or tag == "blockquote":
            self._break()
        if tag == "blockquote":
            self.quotes = max(self.quotes - 1, 0)
        if tag == "p":
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        words = re.sub(r"\s+", " ", data)
        if self.quotes and not self.lines[-1] and words.strip():
            self.lines[-1] = "> " * min(self.quotes, 5)
        self.lines[-1] += words if self.lines[-1] else words.lstrip()

    def _break(self) -> None:
        if self.lines[-1].strip():
            self.lines.append("")


def html_to_text(html: str) -> str:
    """The words of an HTML mail, line by line."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in reader.lines)).strip()
