"""XML in and out for connectors: values are named by their path, and what is not safe to read is Invalid."""

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from community.safe_xml import Unsafe, read_xml, text_at
from moderation.crm.connectors.errors import Invalid

at = text_at


def read(raw: bytes) -> Element:
    """The root of a document; hostile or broken XML is Invalid."""
    try:
        return read_xml(raw)
    except Unsafe as error:
        raise Invalid(str(error)) from error


def all_at(element: Element, path: str) -> list[Element]:
    """The elements at a path below an element."""
    return element.findall(path)


def all_of(element: Element) -> Any:
    """An element as a dictionary: attributes as `@name`, the elements in it by their names, else its text."""
    told: dict[str, Any] = {f"@{name}": value for name, value in element.attrib.items()}
    told |= {child.tag: all_of(child) for child in element}
    return told or (element.text or "").strip()


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
