"""The CRM's own fields, named by their path in a record: `priority`, or `custom_fields/360` for one below another."""

from collections.abc import Iterator, Mapping
from typing import Any

DEEPEST = 4


def nested(fields: Mapping[str, str]) -> dict[str, Any]:
    """Values by their paths as a record: `a/b` is the value of b within a."""
    record: dict[str, Any] = {}
    for path, value in fields.items():
        *above, last = path.split("/")
        inner = record
        for step in above:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return record


def value_at(record: Any, path: str) -> str:
    """What stands at a path of a record, as text; nothing is an empty text."""
    for step in path.split("/"):
        record = record.get(step) if isinstance(record, Mapping) else None
    return "" if record is None or record is False or isinstance(record, Mapping | list) else str(record)


def paths_in(record: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Every field that a record has, also those in which nothing stands."""
    for name, value in record.items():
        if isinstance(value, Mapping) and before.count("/") < DEEPEST:
            yield from paths_in(value, f"{before}{name}/")
        elif not isinstance(value, list):
            yield f"{before}{name}"
