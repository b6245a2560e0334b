"""Messages whose values are named by their paths: the shape of the webhook's own messages is read out of any other."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from moderation.crm.connectors import _xml
from moderation.crm.connectors._rest import pairs
from moderation.crm.connectors.errors import Invalid

LISTS = ("records", "changes", "entitlements")
FLAGS = ("public", "deleted", "ended")


def paths_of(default: str, setting: str) -> dict[str, str]:
    """The path of each value: ours, changed by the setting."""
    paths, given = dict(pairs(default)), dict(pairs(setting))
    if set(given) - set(paths):
        raise Invalid(f"There is no value called “{sorted(set(given) - set(paths))[0]}”.")
    return paths | given


def message_of(root: Element, paths: dict[str, str]) -> dict[str, Any]:
    """A document in the shape of the webhook's messages."""
    try:
        lists = {name: [told(each, paths) for each in _xml.all_at(root, paths[name])] for name in LISTS}
        cursor = _xml.at(root, paths["cursor"])
        return {**told(root, paths), **lists, **({"cursor": cursor} if cursor else {})}
    except (SyntaxError, ParseError, KeyError) as error:  # a path that is none
        raise Invalid("A path of this connection is not understood.") from error


def told(element: Element, paths: dict[str, str]) -> dict[str, Any]:
    """What one element says, by the paths."""
    values: dict[str, Any] = {}
    for name, path in paths.items():
        text = "" if name in LISTS or name == "cursor" else _xml.at(element, path)
        if text:
            values[name] = text
    for name in FLAGS:
        values[name] = values.get(name, "").lower() in {"true", "1", "yes"}
    version = values.get("version", "0")
    if not version.isascii() or not version.isdigit() or len(version) > 18:
        raise Invalid("A version is not a number.")
    return {**values, "version": int(version)}
