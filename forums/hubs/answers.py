"""What somebody answered in public: the rows of their page, how many they are, and what they were good for."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.template.loader import render_to_string

from community.live.fragments import kept
from community.paging import PAGE, Mark, Page, beyond
from community.people.models import Person
from community.prepared import Prepared
from forums.threads.models import Post
from forums.threads.models.post import ANSWERS_ON_ONE_PAGE

PLACE = ("pk", "kind", "slug", "answer_count")
COLUMNS = (
    "pk", "created_at", "score", "source", "solution", "thread__title", "thread__product__name",
    *(f"thread__{name}" for name in PLACE), *(f"thread__merged_into__{name}" for name in PLACE),
)  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """An answer as its row shows it."""

    pk: int
    at: datetime
    score: int
    source: str
    is_solution: bool
    title: str
    product: str
    url: str

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> "Answered":
        """From its columns; it is read on the page of the thread that its own was merged into."""
        pk, at, score, source, solution, title, product, *places = row
        thread, kind, slug, count = places[4:] if places[4] else places[:4]
        page = f"?post={pk}" if count > ANSWERS_ON_ONE_PAGE else ""
        url = f"/{kind}s/{thread}/{slug}/{page}#post-{pk}"
        return cls(pk, at, score, source, solution is not None, title, product or "", url)


def html_of(answers: list[Answered]) -> str:
    """Their rows, rendered once for each state and hour, for visitors and members."""
    name = ("answers", int(time.time() // 3600), *answers)
    return kept(lambda: render_to_string("forums/hubs/_answer_rows.html", {"answers": answers}), *name)


def answers_of(person: Person) -> Any:
    """Their answers that anybody may read."""
    return answers_by(person.pk, has_face=bool(person.face))


def answers_by(person: int, *, has_face: bool) -> Any:
    """The same by number. What the team said is not the page of an account, but that of its face."""
    theirs = Post.objects.visible_to(None).answers().filter(author=person)  # type: ignore[attr-defined]
    return theirs if has_face else theirs.filter(alias="")


def page_of_answers(person: Person, after: str) -> Page:
    """The latest of them, or those beyond the mark."""
    has_face, mark = bool(person.face), Mark.read(after)
    if mark is None:
        rows = latest[has_face].rows(person=person.pk)
    else:
        rows = list(in_order(answers_by(person.pk, has_face=has_face).filter(beyond("created_at", mark, "lt"))))
    found = [Answered.of(row) for row in rows[:PAGE]]
    return Page(found, str(Mark(found[-1].at, found[-1].pk)) if len(rows) > PAGE else "")


def in_order(answers: Any) -> QuerySet[Post, tuple[Any, ...]]:
    """A page of them, and one more that says whether there is another page."""
    rows: QuerySet[Post, tuple[Any, ...]] = answers.order_by("-created_at", "-pk").values_list(*COLUMNS)
    return rows[: PAGE + 1]


def counts_of(person: Person) -> dict[str, int]:
    """How many answers, and how many of them solved it."""
    row = counted[bool(person.face)].row(person=person.pk) or (0, 0)
    return {"answers": row[0], "solutions": row[1]}


def sums(answers: Any) -> QuerySet[Post, tuple[Any, ...]]:
    """One row, if there are any."""
    grouped = answers.order_by().values("author").annotate(answers=Count("pk"), solutions=Count("solution"))
    rows: QuerySet[Post, tuple[Any, ...]] = grouped.values_list("answers", "solutions")
    return rows


latest = {
    face: Prepared(lambda person, face=face: in_order(answers_by(person, has_face=face)), person=int)
    for face in (True, False)
}
counted = {
    face: Prepared(lambda person, face=face: sums(answers_by(person, has_face=face)), person=int)
    for face in (True, False)
}
