"""Our reference inside a text, for CRMs whose timeline has no field for it: the last line of an entry."""

from collections.abc import Mapping
from typing import Any

OURS = "[porchlight "
FACTS = [("Product", "product"), ("Version", "version"), ("Environment", "environment"), ("Thread", "url")]


def marked(text: str, ref: str, version: int) -> str:
    """The text with our reference and the version of its wording below it."""
    return f"{text}\n\n{mark_of(ref)}{version}]"


def mark_of(ref: str) -> str:
    """The beginning of the mark of one reference, to look for."""
    return f"{OURS}{ref} r"


def is_ours(text: str) -> bool:
    """Whether an entry was written by us."""
    return OURS in text


def version_in(text: str) -> int:
    """The version in an entry's mark; 0 without one."""
    digits = text.rpartition(OURS)[2].partition("]")[0].rpartition(" r")[2]
    return int(digits) if digits.isdigit() else 0


def plain(text: str) -> str:
    """An entry without its mark."""
    return text.partition(f"\n\n{OURS}")[0]


def case_text(data: Mapping[str, Any]) -> str:
    """The first text with the facts above it, as people read it in the CRM."""
    lines = [f"{label}: {data[name]}" for label, name in FACTS if data.get(name)]
    return "\n".join([*lines, "", data.get("text", "")])
