"""Paging by key: a page begins after the last row of the one before, whatever was added or moved since."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

PAGE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Mark:
    """A place in a list, as an address can carry it: the moment and the id of a row."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """The mark in an address; None when there is none, or when somebody has changed it."""
        moment, _dash, pk = text.partition("-")
        if not (text.isascii() and moment.isdecimal() and pk.isdecimal() and len(moment) < 17 and len(pk) < 18):
            return None
        return cls(EPOCH + timedelta(microseconds=int(moment)), int(pk))


class Page(NamedTuple):
    """Some rows, and the mark after which the next page begins (empty on the last)."""

    rows: list[Any]
    older: str


def page_of(rows: QuerySet[Any], by: str, after: str = "", size: int = PAGE) -> Page:
    """The first `size` rows beyond the mark, by a moment (`thread__active_at`, or `-moved_at` for newest first)."""
    column, sign = by.removeprefix("-"), "-" if by.startswith("-") else ""
    mark = Mark.read(after)
    place = beyond(column, mark, "lt" if sign else "gt") if mark else Q()
    found = list(rows.filter(place).order_by(f"{sign}{column}", f"{sign}pk")[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    moment = found[size - 1]
    for name in column.split("__"):
        moment = getattr(moment, name)
    return Page(found[:size], str(Mark(moment, found[size - 1].pk)))


def beyond(column: str, mark: Mark, way: str, key: str = "pk") -> Q:
    """The rows before (`lt`) or after (`gt`) a mark. The first condition alone is what an index can use."""
    exactly = Q(**{f"{column}__{way}": mark.at}) | Q(**{column: mark.at, f"{key}__{way}": mark.pk})
    return Q(**{f"{column}__{way}e": mark.at}) & exactly
