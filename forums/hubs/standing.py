"""How things stand with a product: what many have trouble with now, and the answers that helped most."""

from typing import Any

from community.catalogue.models import Product
from forums.hubs.helping import solutions_seen
from forums.hubs.rows import public_questions

MANY, SHOWN = 3, 3
"""People with the same problem that make it everybody's, and rows of each kind."""


def known_problems(product: Product) -> list[dict[str, Any]]:
    """Unsolved questions that several people share, those that most people share first."""
    open_ones = public_questions().about(product).filter(solved_at__isnull=True, same_problem_count__gte=MANY)
    rows = open_ones.order_by("-same_problem_count", "-pk").values_list(
        "pk", "thread__slug", "thread__title", "same_problem_count"
    )
    return [
        {"url": f"/questions/{pk}/{slug}/", "title": title, "people": people}
        for pk, slug, title, people in rows[:SHOWN]
    ]


def top_answers(product: Product) -> list[Any]:
    """Posts that solved something here, the most helpful first."""
    rows = solutions_seen().filter(question__thread__product=product).select_related("post__thread")
    return [solution.post for solution in rows.order_by("-post__score", "-pk")[:SHOWN]]
