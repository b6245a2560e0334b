"""Records of a document by a mapping; and for whoever has never seen a path, which there are, and guesses."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from community.safe_xml import Unsafe, read_xml, text_at

NAME = r"[A-Za-z_À-￿][\w.-]*"
PATH = re.compile(rf"\.|(?:\.\./){{0,3}}(?:@{NAME}|{NAME}(?:/{NAME})*(?:/@{NAME})?)")
MOST_RECORDS, MOST_WAYS, LONGEST_VALUE, DEEPEST = 100_000, 60, 500, 30


def is_path(text: str) -> bool:
    """Names with slashes between them, `../` for what stands around a record, at the end perhaps an attribute: nothing
    that searches a whole document."""
    return bool(PATH.fullmatch(text)) and len(text) <= 200


def records_in(root: Element, records: str) -> list[Element]:
    """The elements that are one record each."""
    if not is_path(records) or "@" in records or records.startswith(".."):
        raise Unsafe(_("The path of the records is none."))
    return [root] if records == "." else root.findall(records)[:MOST_RECORDS]


Parents = Mapping[Element, Element]


def parents_in(root: Element) -> Parents:
    """What each element stands in."""
    return {child: element for element in root.iter() for child in element}


def row_of(element: Element, paths: Mapping[str, str], parents: Parents) -> dict[str, str]:
    """One record's values by our names."""
    return {name: value_at(element, path, parents)[:LONGEST_VALUE] for name, path in paths.items() if is_path(path)}


def value_at(element: Element, path: str, parents: Parents) -> str:
    """The text at a path, which may begin with the elements around the record."""
    around: Element | None = element
    while path.startswith("../") and around is not None:
        around, path = parents.get(around), path[3:]
    return text_at(around, path) if around is not None else ""


def read_json(raw: bytes) -> Element:
    """A JSON message as a document, so that its values have paths, too: a list is its name again and again."""
    try:
        root = Element("message")
        write_into(root, json.loads(raw), 0)
    except (ValueError, RecursionError) as error:
        raise Unsafe(_("This is not JSON.")) from error
    return root


def write_into(element: Element, value: Any, depth: int) -> None:
    """A value of JSON below an element, or as its text."""
    if depth > DEEPEST:
        raise Unsafe(_("This is nested far too deep."))
    if isinstance(value, dict):
        for name, each in value.items():
            for one in each if isinstance(each, list) else [each]:
                write_into(SubElement(element, str(name)), one, depth + 1)
    elif isinstance(value, list):
        for each in value:
            write_into(SubElement(element, "item"), each, depth + 1)
    elif value is not None:
        element.text = ("true" if value else "false") if isinstance(value, bool) else str(value)


def rows_of(raw: bytes, records: str, paths: Mapping[str, str]) -> list[dict[str, str]]:
    """All records of a document by our names. Raises Unsafe."""
    root = read_xml(raw)
    parents = parents_in(root)
    return [row_of(element, paths, parents) for element in records_in(root, records)]


def guess_records(root: Element) -> str:
    """The path nearest to the top that repeats: most likely a record each."""
    counts: Counter[str] = Counter()
    for child in root:
        counts[child.tag] += 1
        for grandchild in child:
            counts[f"{child.tag}/{grandchild.tag}"] += 1
    repeated = [(-path.count("/"), count, path) for path, count in counts.items() if count > 1]
    several = max(repeated, default=None)
    return several[2] if several else root[0].tag if len(root) == 1 and len(root[0]) else "."


def ways_in(element: Element | None, parents: Parents) -> list[tuple[str, str]]:
    """Every path below a record at which something stands, with what stands there; then those around the record."""
    found: dict[str, str] = {}
    if element is None:
        return []
    for path, text in [*walk(element, "", 0), *around(element, parents)]:
        if text and len(found) < MOST_WAYS:
            found.setdefault(path, text[:80])
    return list(found.items())


def around(element: Element, parents: Parents) -> Iterator[tuple[str, str]]:
    """What stands beside a record: attributes and texts of the elements that it is in, but not its brothers."""
    inner, prefix = element, ""
    for _step in range(3):
        outer = parents.get(inner)
        if outer is None:
            return
        prefix += "../"
        yield from ((f"{prefix}@{name}", value.strip()) for name, value in outer.attrib.items())
        for child in outer:
            if child.tag != inner.tag and child is not inner:
                yield from ((prefix + path, text) for path, text in walk(child, f"{child.tag}/", 4))
        inner = outer


def walk(element: Element, before: str, depth: int) -> Iterator[tuple[str, str]]:
    """The attributes and the text of an element, and then of its children."""
    for name, value in element.attrib.items():
        yield f"{before}@{name}", value.strip()
    if before and not len(element):
        yield before.rstrip("/"), (element.text or "").strip()
    for child in element if depth < 6 else ():
        yield from walk(child, f"{before}{child.tag}/", depth + 1)


def guess(ways: list[tuple[str, str]], words: tuple[str, ...]) -> str:
    """The path whose last name is one of these words, the first word first."""
    for word in words:
        for path, _value in ways:
            last = re.sub(r"[^a-z]", "", path.rpartition("/")[2].casefold())
            if last == word:
                return path
    return ""
