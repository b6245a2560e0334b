"""Solved questions to read beside this one."""

from typing import Any

from django.db.models import QuerySet

from community.prepared import Prepared
from forums.questions.models import Question

LIMIT = 3


def solved_beside(pk: int, product: int) -> QuerySet[Question, tuple[Any, ...]]:
    """Solved questions about the same product, lately active first."""
    found = Question.objects.listed().filter(thread__product=product).solved()
    rows = found.exclude(pk=pk).order_by("-thread__active_at")
    return rows.values_list("pk", "thread__title", "thread__slug")[:LIMIT]


prepared = Prepared(solved_beside, pk=int, product=int)


def similar_solved(pk: int, product: int | None) -> list[dict[str, Any]]:
    """Pk, title and address of each; nothing for a question about no product."""
    rows = prepared.rows(pk=pk, product=product) if product else []
    return [{"pk": pk, "title": title, "url": f"/questions/{pk}/{slug}/"} for pk, title, slug in rows]
