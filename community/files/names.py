"""Names of files: what people called them, made harmless, and the short form that stands in an address."""

import re
import unicodedata
from pathlib import PurePosixPath

from django.utils.text import slugify

LONGEST_STEM, LONGEST_ENDING = 120, 16


def clean_name(name: str) -> str:
    """The last part of a name, without control or direction marks; never empty, never long."""
    last = re.split(r"[\\/]", name)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    stem, dot, ending = seen.rpartition(".")
    return (f"{stem[:LONGEST_STEM]}.{ending[:LONGEST_ENDING]}" if dot and stem else seen[:LONGEST_STEM]) or "file"


def with_ending(name: str, endings: tuple[str, ...]) -> str:
    """The name with an ending that says what the file really is: a text named `x.html` becomes `x.html.txt`."""
    return name if name.lower().endswith(endings) else f"{name}{endings[0]}"


def renamed(name: str, ending: str) -> str:
    """The name with another ending, for a picture that was drawn anew in another form."""
    return f"{PurePosixPath(name).stem or 'picture'}{ending}"


def address_part(name: str) -> str:
    """The name as it stands in an address: plain letters, digits and dashes, and the ending."""
    stem, dot, ending = name.rpartition(".")
    short = slugify(stem if dot else name)[:60].strip("-_") or "file"
    tail = re.sub(r"[^a-z0-9]", "", ending.lower())[:LONGEST_ENDING] if dot else ""
    return f"{short}.{tail}" if tail else short
