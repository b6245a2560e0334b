"""What a person shared of problems, and what solved theirs."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.taking_along import takes_along
from forums.questions.models import SameProblem, Solution


@takes_along("same_problems", _("Problems that you said you have too"))
def same_problems(person: Person) -> Iterator[dict[str, Any]]:
    rows = SameProblem.objects.filter(person=person).select_related("question__thread__merged_into", "product_version")
    for row in rows.order_by("pk"):
        thread = row.question.thread
        version = row.product_version.name if row.product_version else ""
        yield {"question": thread.title, "url": thread.get_absolute_url(), "version": version, "at": row.created_at}


@takes_along("solutions", _("Answers of which you said that they solved it"))
def solutions(person: Person) -> Iterator[dict[str, Any]]:
    rows = Solution.objects.filter(by=person).select_related("post__thread__merged_into").order_by("pk")
    for row in rows:
        told = {"url": row.post.get_absolute_url(), "environment": row.environment, "at": row.created_at}
        yield {"question": row.post.thread.title, **told}
