"""Queries of hot pages: written with the ORM, compiled into SQL once, and asked again with other values.

Compiling a query of several subqueries costs more than PostgreSQL takes to answer it, and planning it costs PostgreSQL
more than the answer does. So the text is sent once for each connection, with places for the values of the moment.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

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
        self.compiled: tuple[str, list[Place]] | None = None

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        sql, places = self.compiled or self.compile()
        with planned_once() as cursor:
            cursor.execute(sql, [place.filled(values) for place in places])
            return cursor.fetchall()

    def row(self, **values: Any) -> tuple[Any, ...] | None:
        """The first of the rows."""
        return next(iter(self.rows(**values)), None)

    def compile(self) -> tuple[str, list["Place"]]:
        """The text of the statement, and what goes into its places."""
        marks = {name: mark(number, name, kind) for number, (name, kind) in enumerate(self.kinds.items())}
        sql, given = self.as_sql(self.build(**marks))
        places = {value: Place(name, CASTS[self.kinds[name]]) for name, value in marks.items()}
        places |= {f"{value}%": Beginning(name, "::text") for name, value in marks.items() if isinstance(value, str)}
        first, *rest = sql.split("%s")
        filled = [places.get(value) if isinstance(value, Hashable) else None for value in given]
        text = first + "".join(
            (f"%s{place.cast}" if place else literal(value)) + more
            for place, value, more in zip(filled, given, rest, strict=True)
        )
        self.compiled = text, [place for place in filled if place]
        return self.compiled

    def as_sql(self, queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
        return queryset.query.sql_with_params()


class PreparedRow(Prepared, Generic[Row]):
    """Such a query for whole rows of a model, with what belongs to other models when it says `select_related`."""

    def __init__(self, build: Callable[..., QuerySet[Row]], **kinds: type) -> None:
        super().__init__(build, **kinds)
        self.compiler: Any = None

    def get(self, **values: Any) -> Row | None:
        """The first row for these values."""
        return next(self.all(**values), None)

    def all(self, **values: Any) -> Iterator[Row]:
        """The rows for these values."""
        rows = self.rows(**values)
        if converters := self.converters:
            rows = [tuple(row) for row in self.compiler.apply_converters(rows, converters)]
        for row in rows:
            found: Row = self.model.from_db("default", self.columns, row[self.start : self.end])
            for other in self.others:
                other.populate(row, found)
            yield found

    def as_sql(self, queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
        """What Django does at each query, once."""
        self.compiler = compiler = queryset.query.get_compiler("default")
        sql, given = compiler.as_sql()
        info, select = compiler.klass_info, compiler.select
        self.model, places = info["model"], info["select_fields"]
        self.start, self.end = places[0], places[-1] + 1
        self.columns = [select[place][0].target.attname for place in places]
        self.others = get_related_populators(info, select, "default")  # type: ignore[call-arg]  # stubs of Django 6
        self.converters = compiler.get_converters([column for column, _sql, _alias in select])
        return sql, given


@contextmanager
def planned_once() -> Iterator[Any]:
    """A cursor whose statements PostgreSQL plans once for each connection."""
    with connection.cursor() as cursor:
        cursor.cursor = PlanningCursor(connection.connection)  # type: ignore[call-arg]
        yield cursor


class PlanningCursor(ServerBindingCursor):
    """Statements by their name, with the values beside them."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> "PlanningCursor":
        super().execute(query, params, prepare=settings.DATABASE_PREPARES, **more)  # type: ignore[misc]
        return self


@contextmanager
def in_bytes() -> Iterator[Any]:
    """A cursor whose rows come as PostgreSQL holds them: for hundreds of packed columns that nobody reads as text."""
    with connection.cursor() as cursor:
        cursor.cursor = BytesCursor(connection.connection)  # type: ignore[call-arg]
        yield cursor


class BytesCursor(ServerBindingCursor):
    """Rows in PostgreSQL's own form."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> "BytesCursor":
        super().execute(query, params, binary=True, **more)  # type: ignore[misc]
        return self


def literal(value: Any) -> str:
    """A value that is always the same, as a part of the text: PostgreSQL then knows it when it plans."""
    return str(connection.ops.compose_sql("%s", [value])).replace("%", "%%")  # type: ignore[attr-defined]


CASTS = {int: "::bigint", str: "::text", datetime: "::timestamptz", list: ""}
"""What PostgreSQL takes the values for; lists say it themselves."""


class Place:
    """Where one of the values goes."""

    def __init__(self, name: str, cast: str) -> None:
        self.name = name
        self.cast = cast

    def filled(self, values: dict[str, Any]) -> Any:
        value = values[self.name]
        if isinstance(value, list) and value and type(value[0]) is int:
            return "{" + ",".join(map(str, value)) + "}"  # as PostgreSQL writes it; hundreds of ids are one word
        return value


class Beginning(Place):
    """Where a word is to begin so."""

    def filled(self, values: dict[str, Any]) -> Any:
        return connection.ops.prep_for_like_query(values[self.name]) + "%"


def mark(number: int, name: str, kind: type) -> Any:
    """The value that stands for those of this name."""
    if kind is datetime:
        return DAY + timedelta(days=number)
    return WORD + name if kind in (str, list) else NUMBER + number
