"""The first page of a view: what each desk asks for again and again, planned once."""

from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from community.paging import Mark
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import Prepared
from moderation.queue.lists import BY_KEY, QueueView
from moderation.queue.models import Item


def first_page(view: QueueView, person: Person, size: int) -> tuple[list[int], str]:
    """Keys of the first items in one of everybody's views, and the mark after which the next page begins."""
    brands = person.brands_for(Capability.WORK_THE_QUEUE)
    rows = beginning(view.key, None if brands is None else tuple(sorted(brands)), size).rows(person=person.pk)
    return [pk for pk, _at in rows[:size]], str(Mark(rows[size - 1][1], rows[size - 1][0])) if rows[size:] else ""


@lru_cache(maxsize=200)
def beginning(key: str, brands: tuple[str, ...] | None, size: int) -> Prepared:
    """The first items of a view, and one more, for who works on these brands (None: on all)."""
    view = BY_KEY[key]
    column, sign = view.order.removeprefix("-"), "-" if view.order.startswith("-") else ""

    def items(person: int) -> QuerySet[Item, tuple[Any, ...]]:
        found = Item.objects.of_brands(brands).filter(view.condition(person))
        return found.order_by(view.order, f"{sign}pk")[: size + 1].values_list("pk", column)

    return Prepared(items, person=int)
