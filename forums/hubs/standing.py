"""How things stand with a product: what many have trouble with now, and the answers that helped most."""

from typing import Any

from community.catalogue.models import Product
from forums.hubs.helping import solutions_seen
from forums.hubs.rows import public_questions
from forums.questions.models import MANY
from forums.threads.models import Post

SHOWN = 3
"""Rows of each kind."""


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
    answers = solutions_seen().filter(question__thread__product=product, post__kind=Post.Kind.ANSWER)
    rows = answers.select_related("post__thread").order_by("-post__score", "-post")
    return [solution.post for solution in rows[:SHOWN]]
