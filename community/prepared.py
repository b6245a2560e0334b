"""Queries of hot pages: written with the ORM, compiled into SQL once, and asked again with other values.

Compiling a query of several subqueries costs more than PostgreSQL takes to answer it.
"""

from collections.abc import Callable, Hashable
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
NUMBER, DAY, WORD = 9_100_000_000_000_000_000, datetime(9000, 1, 1, tzinfo=UTC), "\x01 the place of "
"""Values that no row has: they mark the places of the real ones in the compiled query."""


class Prepared:
    """A query that is the same each time but for some numbers, words and moments.

    `build` takes one value for each of `kinds` (`pk=int`, `key=str`, `ids=list`, `now_at=datetime`) and answers a
    `values_list`. Words may be looked for by their beginning (`name__startswith=key`), lists by `__among`.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **kinds: type) -> None:
        self.build = build
        self.kinds = kinds
        self.compiled: tuple[str, list[Any]] | None = None

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        sql, places = self.compiled or self._compile()
        with connection.cursor() as cursor:
            cursor.execute(sql, [place.filled(values) if isinstance(place, Place) else place for place in places])
            return cursor.fetchall()

    def row(self, **values: Any) -> tuple[Any, ...] | None:
        """The first of the rows."""
        return next(iter(self.rows(**values)), None)

    def _compile(self) -> tuple[str, list[Any]]:
        marks = {name: mark(number, name, kind) for number, (name, kind) in enumerate(self.kinds.items())}
        sql, given = self.build(**marks).query.sql_with_params()
        places = {value: Place(name) for name, value in marks.items()}
        places |= {f"{value}%": Beginning(name) for name, value in marks.items() if isinstance(value, str)}
        self.compiled = sql, [places.get(value, value) if isinstance(value, Hashable) else value for value in given]
        return self.compiled


class PreparedRow(Generic[Row]):
    """Such a query for one whole row of a model, without what belongs to other models."""

    def __init__(self, model: type[Row], build: Callable[..., QuerySet[Row]], **kinds: type) -> None:
        self.model = model
        self.columns = [field.attname for field in model._meta.concrete_fields]
        self.prepared = Prepared(lambda **values: build(**values).values_list(*self.columns), **kinds)

    def get(self, **values: Any) -> Row | None:
        """The row for these values."""
        row = self.prepared.row(**values)
        return None if row is None else self.model.from_db("default", self.columns, row)


class Place:
    """Where one of the values goes."""

    def __init__(self, name: str) -> None:
        self.name = name

    def filled(self, values: dict[str, Any]) -> Any:
        return values[self.name]


class Beginning(Place):
    """Where a word is to begin so."""

    def filled(self, values: dict[str, Any]) -> Any:
        return connection.ops.prep_for_like_query(values[self.name]) + "%"


def mark(number: int, name: str, kind: type) -> Any:
    """The value that stands for those of this name."""
    if kind is datetime:
        return DAY + timedelta(days=number)
    return WORD + name if kind in (str, list) else NUMBER + number
