"""XML of others, read safely: no entities, no document types, no files, no network, and nothing that never ends."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

LONGEST, DEEPEST = 4_000_000, 100


class Unsafe(ValueError):
    """A document that is not read: hostile, broken or far too large. The sentence says which."""


def read_xml(raw: bytes) -> Element:
    """The root of a document, without its namespaces, which say nothing about where a value stands. Raises Unsafe."""
    if len(raw) > LONGEST:
        raise Unsafe("The document is far too long.")
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise Unsafe("The document is not safe, readable XML.") from error
    level = [root]
    for _depth in range(DEEPEST):
        level = [child for element in level for child in element]
    if level:
        raise Unsafe("The document is nested far too deep.")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def text_at(element: Element, path: str) -> str:
    """The text at a path below an element: `a/b`, `a/@name`, `@name`, or `.` for the element itself."""
    way, sign, name = path.rpartition("@")
    is_own = path == "." or (bool(sign) and way.strip("/") in {"", "."})
    found = element if is_own else element.find((way or path).rstrip("/"))
    if found is None:
        return ""
    return found.get(name, "") if sign else "".join(found.itertext()).strip()
