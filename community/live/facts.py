"""facts(): everything that was read for a page, as plain values, so that the page can be kept under it.

Lists and questions name versions; a hub shows pieces of many things, of which few have one. So all their columns are
the name: whatever changes in one of them makes another page. A template that is kept so must fetch nothing by itself.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.db.models import Model, QuerySet


def facts(thing: Any, *above: Model) -> Any:
    """A row with the rows that came with it, a dataclass with its fields, all in a list or mapping; or the value."""
    if isinstance(thing, Model):
        return facts_of_row(thing, *above)
    if isinstance(thing, Mapping):
        return [(name, facts(value, *above)) for name, value in thing.items()]
    if isinstance(thing, list | tuple | QuerySet):
        return [facts(one, *above) for one in thing]
    if isinstance(thing, set | frozenset):
        return sorted(thing, key=str)
    if is_dataclass(thing):
        return [facts(getattr(thing, field.name), *above) for field in fields(thing)]
    return thing


def facts_of_row(row: Model, *above: Model) -> list[Any]:
    """Its columns as far as they were read, and the rows that came with it; those it hangs on are not said again."""
    columns = [(name, facts(value)) for name, value in row.__dict__.items() if name[0] != "_"]
    beside = [(name, other) for name, other in row._state.fields_cache.items() if not is_one_of(other, row, *above)]
    return [type(row).__name__, *columns, *[(name, facts(other, row, *above)) for name, other in beside]]


def is_one_of(other: Any, *rows: Model) -> bool:
    """Whether it is the very same row in memory."""
    return any(other is row for row in rows)
