"""XML in and out, safely: no entities, no document types, no network; values are named by their path."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from moderation.crm.connectors.errors import Invalid

LONGEST, DEEPEST = 4_000_000, 100


def read(raw: bytes) -> Element:
    """The root of a document; hostile or broken XML is Invalid."""
    if len(raw) > LONGEST:
        raise Invalid("The document is far too long.")
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise Invalid("The document is not safe, readable XML.") from error
    level = [root]
    for _depth in range(DEEPEST):
        level = [child for element in level for child in element]
    if level:
        raise Invalid("The document is nested far too deep.")
    return root


def at(element: Element, path: str) -> str:
    """The text at a path below an element: `a/b`, `a/@name`, `@name`, or `.` for the element itself."""
    way, sign, name = path.rpartition("@")
    is_own = path == "." or (bool(sign) and way.strip("/") in {"", "."})
    found = element if is_own else element.find((way or path).rstrip("/"))
    if found is None:
        return ""
    return found.get(name, "") if sign else "".join(found.itertext()).strip()


def all_at(element: Element, path: str) -> list[Element]:
    """The elements at a path below an element."""
    return element.findall(path)


def written(name: str, value: Any) -> bytes:
    """A value as a document: dictionaries become elements, lists repeat `item`, the rest is text."""
    root = Element(name)
    fill(root, value)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def fill(element: Element, value: Any) -> None:
    """Write a value into an element."""
    if isinstance(value, dict):
        for name, each in value.items():
            fill(SubElement(element, name), each)
    elif isinstance(value, list):
        for each in value:
            fill(SubElement(element, "item"), each)
    else:
        words = ("true" if value else "false") if isinstance(value, bool) else "" if value is None else str(value)
        element.text = "".join(sign for sign in words if sign in "\t\n\r" or ord(sign) >= 32)
