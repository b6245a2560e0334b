"""The rows of questions on the hubs: four tabs, the same for everybody."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.paging import page_of
from forums.questions.models import Question

TABS = {
    "active": (_("Active"), "thread__active_at"),
    "newest": (_("Newest"), "thread__created_at"),
    "waiting": (_("Waiting for an answer"), "thread__created_at"),
    "solved": (_("Solved"), "solved_at"),
}


@dataclass
class Tab:
    """One way to look at the questions, and its address."""

    name: str
    label: Any
    is_current: bool

    @property
    def url(self) -> str:
        return "?" if self.name == "active" else f"?tab={self.name}"


@dataclass
class Rows:
    """What one tab shows: questions, and the address of the older ones."""

    tabs: list[Tab]
    current: str
    questions: list[Question]
    older_url: str
    newer_url: str = ""


def public_questions() -> QuerySet[Question]:
    """Every question that anybody may read, with what a row shows."""
    seen = Question.objects.visible_to(None).select_related(
        "thread__author", "thread__product", "thread__product_version"
    )
    return seen.prefetch_related("thread__tags")


def rows_for(request: HttpRequest, questions: QuerySet[Question]) -> Rows:
    """The page of the tab that the address names."""
    asked = request.GET.get("tab", "active")
    tab = asked if asked in TABS else "active"
    after = request.GET.get("after", "")
    narrow = {"waiting": questions.unanswered, "solved": questions.solved}.get(tab, questions.all)  # type: ignore[attr-defined]
    page = page_of(narrow(), TABS[tab][1], after)
    query = {"tab": tab, "after": page.older} if tab != "active" else {"after": page.older}
    return Rows(
        tabs=[Tab(name, label, name == tab) for name, (label, _column) in TABS.items()],
        current=tab,
        questions=page.rows,
        older_url=f"?{urlencode(query)}" if page.older else "",
        newer_url=(f"?tab={tab}" if tab != "active" else "?") if after else "",
    )
