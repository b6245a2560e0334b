"""What is about the same, to read beside something: found by the worker, asked for in one small query."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from community.prepared import Prepared
from community.search.models import Relative
from forums.threads.models import Thread


def beside(kind: str, pk: Any) -> QuerySet[Relative]:
    """The threads that stand beside this thing, as long as everybody may read them."""
    here = Thread.objects.listed().filter(pk=OuterRef("other__object_id"))
    return Relative.objects.filter(Exists(here), kind=kind, object_id=pk).order_by("position")


def told(kind: str, pk: Any) -> QuerySet[Relative, tuple[Any, ...]]:
    return beside(kind, pk).values_list("other__object_id", "other__title", "other__url", "other__is_solved")


prepared = Prepared(told, kind=str, pk=int)


def relatives(kind: str, pk: int) -> list[dict[str, Any]]:
    """Pk, title, address of each, and whether it is solved."""
    return [
        {"pk": pk, "title": title, "url": url, "is_solved": solved}
        for pk, title, url, solved in prepared.rows(kind=kind, pk=pk)
    ]


def with_relatives(kind: str) -> ArraySubquery:
    """The same as a column of the thing itself."""
    shown = {"pk": "object_id", "title": "title", "url": "url", "is_solved": "is_solved"}
    row = JSONObject(**{name: F(f"other__{column}") for name, column in shown.items()})
    return ArraySubquery(beside(kind, OuterRef("pk")).values(row=row))
