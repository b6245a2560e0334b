"""Paging by key: a page begins after the last row of the one before, so that moving rows make no others vanish."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

PAGE = 30


def page_of(rows: QuerySet[Any], after: str, size: int = PAGE) -> tuple[list[Any], str]:
    """One page of rows ordered by a moment and the key, and the mark after which the next begins (empty: none)."""
    column, key = rows.query.order_by[:2]
    page = list(rows.filter(_beyond(column, key, after))[: size + 1])
    if len(page) <= size:
        return page, ""
    last = page[size - 1]
    moment = getattr(last, column.removeprefix("-"))
    return page[:size], f"{moment.isoformat() if moment else ''}~{last.pk}"


def _beyond(column: str, key: str, after: str) -> Q:
    moment, _tilde, number = after.partition("~")
    try:
        when, last = datetime.fromisoformat(moment), int(number)
    except ValueError:  # no mark, or one that somebody has changed: the first page
        return Q()
    way = "lt" if column.startswith("-") else "gt"
    name, key = column.removeprefix("-"), key.removeprefix("-")
    return Q(**{f"{name}__{way}": when}) | Q(**{name: when, f"{key}__{way}": last})
