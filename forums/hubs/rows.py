"""The rows of questions on the hubs: four views of them, the same for everybody, from the kept rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from community.live.fragments import kept
from community.paging import page_of
from forums.questions.listing import VIEWS
from forums.questions.models import Question, QuestionQuerySet

NARROW: dict[str, Callable[[Any], Any]] = {
    "unanswered": QuestionQuerySet.unanswered,
    "solved": QuestionQuerySet.solved,
    "needs-info": QuestionQuerySet.needing_info,
}
"""What a view leaves of the questions; the others leave all."""


@dataclass
class Tab:
    """One way to look at the questions, and its address."""

    name: str
    label: Any
    is_current: bool

    @property
    def url(self) -> str:
        return "?" if self.name == "active" else f"?view={self.name}"


@dataclass
class Rows:
    """What one tab shows: its rows as kept HTML, and the ways to the newer and the older ones."""

    tabs: list[Tab]
    current: str
    html: list[str]
    older_url: str
    newer_url: str


def public_questions() -> QuerySet[Question]:
    """Every question that anybody may read."""
    return Question.objects.listed()


def rows_for(request: HttpRequest, questions: QuerySet[Question]) -> Rows:
    """The page of the view that the address names."""
    asked, after = request.GET.get("view", "active"), request.GET.get("after", "")
    view = asked if asked in VIEWS else "active"
    narrow = NARROW.get(view, lambda rows: rows)
    page = page_of(narrow(questions).select_related("thread"), f"-thread__{VIEWS[view][1]}", after)
    tabs = [Tab(name, label, name == view) for name, (label, _column) in VIEWS.items()]
    here = {} if view == "active" else {"view": view}
    return Rows(
        tabs=tabs,
        current=view,
        html=kept_rows(page.rows),
        older_url=f"?{urlencode({**here, 'after': page.older})}" if page.older else "",
        newer_url=(f"?{urlencode(here)}" if after else ""),
    )


def kept_rows(questions: list[Question]) -> list[str]:
    """The rows as HTML; those that nobody has rendered yet are fetched in one query."""
    ids = [question.pk for question in questions]
    loaded: Any = SimpleLazyObject(lambda: Question.objects.for_reading().in_bulk(ids))

    def row(pk: int) -> str:
        return render_to_string("forums/questions/_row.html", {"question": loaded[pk]})

    return [
        kept(lambda pk=pk: row(pk), "question-row", pk, question.thread.version)
        for pk, question in zip(ids, questions, strict=True)
    ]
