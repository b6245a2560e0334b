"""What answers look like: dataclasses say it, and both the JSON and its description are read from them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from django.db.models import Choices

from community.people.labels import Label

PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    Any: {},
}


@dataclass(frozen=True)
class Many:
    """A page of a list: its rows, and the `after` with which the next page begins."""

    kind: type


@dataclass(frozen=True)
class Listed:
    """Rows of one page, and the mark after which the next begins (empty on the last)."""

    rows: list[Any]
    next: str = ""


@lru_cache(maxsize=256)
def hints_of(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def as_json(value: Any) -> Any:
    """A value as JSON has it: moments in UTC, lazy words said."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(name): as_json(one) for name, one in value.items()}
    if isinstance(value, Iterable):
        return [as_json(one) for one in value]
    return str(value)


def schema_of(kind: Any, known: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a type; dataclasses are put among the `known` and pointed at."""
    if isinstance(kind, Many):
        rows = {"type": "array", "items": schema_of(kind.kind, known)}
        return closed({"rows": rows, "next": {"type": "string", "description": "`after` of the next page"}})
    if kind in PLAIN:
        return dict(PLAIN[kind])
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of(one, known) if one is not NoneType else {"type": "null"} for one in inner]}
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if isinstance(kind, type) and issubclass(kind, Choices):
        return {"type": "string", "enum": list(kind.values)}
    if origin is list:
        return {"type": "array", "items": schema_of(inner[0], known)}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(inner[1], known)}
    return pointed_at(kind, known)


def pointed_at(kind: type, known: dict[str, Any]) -> dict[str, Any]:
    """A dataclass, described once."""
    name = kind.__name__
    if name not in known:
        known[name] = {}  # it may hold itself
        hints = hints_of(kind)
        told = {field.name: schema_of(hints[field.name], known) for field in fields(kind)}  # type: ignore[arg-type]
        known[name] = {"description": (kind.__doc__ or "").strip()} | closed(told)
    return {"$ref": f"#/components/schemas/{name}"}


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@dataclass
class Author:
    """Who wrote a text, as it was then. `label` is their tie to the company; empty for customers."""

    name: str
    label: Literal[""] | Label
    tie: str
    url: str


@dataclass
class Done:
    """A deed that has no object of its own to show."""

    done: bool = True
