"""Paging by key: a page begins after the last row of the one before, whatever was added or moved since."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

PAGE = 20


class Page(NamedTuple):
    """Some rows, and the key after which the next page begins (empty on the last)."""

    rows: list[Any]
    older: str


def page_of(rows: QuerySet[Any], by: str, after: str = "", size: int = PAGE) -> Page:
    """The newest `size` rows by a moment (`thread__active_at`) and the key, older than the mark `after`."""
    found = list(rows.filter(older_than(by, after)).order_by(f"-{by}", "-pk")[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    last = found[size - 1]
    moment = last
    for name in by.split("__"):
        moment = getattr(moment, name)
    return Page(found[:size], f"{moment.isoformat()}~{last.pk}")


def older_than(by: str, after: str) -> Q:
    """The condition of a mark. One that somebody has changed means the first page."""
    when, _, key = after.partition("~")
    try:
        moment, pk = datetime.fromisoformat(when.replace(" ", "+")), int(key)
    except ValueError:
        return Q()
    return Q(**{f"{by}__lt": moment}) | Q(**{by: moment, "pk__lt": pk})
