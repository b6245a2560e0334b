"""The rows of questions on the hubs: four views of them, the same for everybody, from the kept rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from community.live.fragments import kept
from community.paging import PAGE, Mark, beyond
from forums.questions.listing import VIEWS
from forums.questions.models import Question, QuestionQuerySet

NARROW: dict[str, Callable[[Any], Any]] = {
    "unanswered": QuestionQuerySet.unanswered,
    "solved": QuestionQuerySet.solved,
    "needs-info": QuestionQuerySet.needing_info,
}
"""What a view leaves of the questions; the others leave all."""


Shown = tuple[int, int, datetime]


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
    """What one tab shows: ids, versions and moments of its rows, and the ways to the newer and the older ones."""

    tabs: list[Tab]
    current: str
    shown: list[Shown]
    older_url: str
    newer_url: str

    @property
    def html(self) -> list[str]:
        """The rows as kept HTML."""
        return kept_rows([(pk, version) for pk, version, _moment in self.shown])


def public_questions() -> QuerySet[Question]:
    """Every question that anybody may read."""
    return Question.objects.listed()


def rows_for(request: HttpRequest, questions: QuerySet[Question], size: int = PAGE) -> Rows:
    """The page of the view that the address names, of so many rows."""
    asked, after = request.GET.get("view", "active"), request.GET.get("after", "")
    view = asked if asked in VIEWS else "active"
    found, older = page_of(questions, view, after, size)
    tabs = [Tab(name, label, name == view) for name, (label, _column) in VIEWS.items()]
    here = {} if view == "active" else {"view": view}
    return Rows(
        tabs=tabs,
        current=view,
        shown=found,
        older_url=f"?{urlencode({**here, 'after': str(older)})}" if older else "",
        newer_url=(f"?{urlencode(here)}" if after else ""),
    )


def page_of(questions: QuerySet[Question], view: str, after: str, size: int) -> tuple[list[Shown], Mark | None]:
    """One page of a view, and the mark after which the next begins."""
    narrow, column, mark = NARROW.get(view, lambda rows: rows), f"thread__{VIEWS[view][1]}", Mark.read(after)
    rows = narrow(questions).filter(beyond(column, mark, "lt") if mark else Q()).order_by(f"-{column}", "-pk")
    return cut(list(rows.values_list("pk", "thread__version", column)[: size + 1]), size)


def cut(found: list[Shown], size: int) -> tuple[list[Shown], Mark | None]:
    """The rows of a page without the one that only says that there are more."""
    shown = found[:size]
    return shown, Mark(shown[-1][2], shown[-1][0]) if len(found) > size else None


def kept_rows(rows: list[tuple[int, int]]) -> list[str]:
    """The rows of these ids and versions as HTML; those that nobody has rendered yet are fetched in one query."""
    ids = [pk for pk, _version in rows]
    loaded: Any = SimpleLazyObject(lambda: Question.objects.for_reading().in_bulk(ids))

    def row(pk: int) -> str:
        return render_to_string("forums/questions/_row.html", {"question": loaded[pk]})

    return [kept(lambda pk=pk: row(pk), "question-row", pk, version) for pk, version in rows]
