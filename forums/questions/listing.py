"""Lists of questions: which ones, in which order, and reading on by key. All of it is in the address."""

from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from community.catalogue.models import Product
from community.live.fragments import kept
from community.paging import Mark, beyond
from community.refusals import Refusal
from forums.questions.models import Question
from forums.tags.naming import tag_at

ROWS_A_PAGE, LONGEST_QUERY, WORDS = 20, 200, 8
VIEWS = {
    "active": (gettext_lazy("Active"), "active_at"),
    "newest": (gettext_lazy("Newest"), "created_at"),
    "unanswered": (gettext_lazy("Waiting for an answer"), "created_at"),
    "solved": (gettext_lazy("Solved"), "active_at"),
    "needs-info": (gettext_lazy("Waiting for the asker"), "active_at"),
}


class Listing:
    """The list that an address asks for. It is the same for everybody."""

    def __init__(self, asked: QueryDict) -> None:
        self.view = asked.get("view", "") if asked.get("view") in VIEWS else "active"
        self.query = asked.get("q", "").replace("\0", "").strip()
        if len(self.query) > LONGEST_QUERY:
            raise Refusal(_("Search with fewer words, please."), code="query_too_long", status=422)
        self.product = self._named(Product.objects.visible_to(None), asked.get("product", ""))
        self.tag = self._tagged(asked.get("tag", ""))
        self.after, self.before = Mark.read(asked.get("after", "")), Mark.read(asked.get("before", ""))

    @staticmethod
    def _named(rows: QuerySet[Any], slug: str) -> Any:
        if slug and not (row := rows.filter(slug=slug.replace("\0", "")).first()):
            raise Http404
        return row if slug else None

    @staticmethod
    def _tagged(slug: str) -> Tag | None:
        if slug and not (tag := tag_at(slug.replace("\0", ""))):
            raise Http404
        return tag if slug else None

    @property
    def column(self) -> str:
        """What the list is ordered by."""
        return f"thread__{VIEWS[self.view][1]}"

    def questions(self) -> QuerySet[Question]:
        """Every question of the list, in no order yet."""
        found = Question.objects.listed()
        if self.view == "unanswered":
            found = found.unanswered()
        if self.view == "solved":
            found = found.solved()
        if self.view == "needs-info":
            found = found.needing_info()
        if self.product:
            found = found.about(self.product)
        if self.tag:
            found = found.filter(thread__thread_tags__tag=self.tag)
        for word in self.query.split()[:WORDS]:
            found = found.filter(thread__title__icontains=word)
        return found

    @cached_property
    def page(self) -> list[tuple[int, int, datetime]]:
        """Id, version and key moment of this page's rows, and of one more when there is one."""
        found, column, step = self.questions(), self.column, "lt"
        key, order = self.after, (f"-{column}", "-thread_id")
        if self.before:
            key, order, step = self.before, (column, "thread_id"), "gt"
        if key:
            found = found.filter(beyond(column, key, step, "thread_id"))
        return list(found.order_by(*order).values_list("pk", "thread__version", column)[: ROWS_A_PAGE + 1])

    @property
    def shown(self) -> list[tuple[int, int, datetime]]:
        """This page's rows from first to last."""
        rows = self.page[:ROWS_A_PAGE]
        return rows[::-1] if self.before else rows

    def rows(self) -> list[str]:
        """This page's rows as kept HTML; those that nobody has rendered yet are fetched in one query."""
        ids = [pk for pk, _version, _at in self.shown]
        loaded: Any = SimpleLazyObject(lambda: Question.objects.for_reading().in_bulk(ids))

        def row(pk: int) -> str:
            return render_to_string("forums/questions/_row.html", {"question": loaded[pk]})

        return [kept(lambda pk=pk: row(pk), "question-row", pk, version) for pk, version, _at in self.shown]

    # Addresses.

    def url(self, **changes: Any) -> str:
        """The address of this list with changes, and from its beginning unless they say otherwise."""
        named = {
            "view": "" if self.view == "active" else self.view,
            "product": self.product.slug if self.product else "",
            "tag": self.tag.slug if self.tag else "",
            "q": self.query,
        }
        asked = {name: str(value) for name, value in (named | changes).items() if value}
        return reverse("forums:question-list") + (f"?{urlencode(asked)}" if asked else "")

    @property
    def newer_url(self) -> str:
        has_newer = len(self.page) > ROWS_A_PAGE if self.before else bool(self.after)
        return self.url(before=Mark(self.shown[0][2], self.shown[0][0])) if has_newer and self.shown else ""

    @property
    def older_url(self) -> str:
        has_older = bool(self.before) or len(self.page) > ROWS_A_PAGE
        return self.url(after=Mark(self.shown[-1][2], self.shown[-1][0])) if has_older and self.shown else ""

    @property
    def canonical(self) -> str:
        return self.url(q="")

    @property
    def feed_url(self) -> str:
        """The feed of what the list shows: of its product, its tag, or the whole view."""
        if self.product:
            return reverse("forums:product-feed", args=[self.product.slug])
        if self.tag:
            return reverse("forums:tag-feed", args=[self.tag.slug])
        return reverse("forums:question-feed", args=[self.view])

    @property
    def is_noindex(self) -> bool:
        """Searches and later pages are for people; search engines find the questions by their own addresses."""
        return bool(self.query or self.after or self.before or (self.product and self.tag))

    @property
    def ask_url(self) -> str:
        asked = {"title": self.query, "product": self.product.slug if self.product else ""}
        query = urlencode({name: value for name, value in asked.items() if value})
        return reverse("forums:question-new") + (f"?{query}" if query else "")

    # Words.

    @property
    def heading(self) -> str:
        if self.query:
            return _("Questions with “%(query)s”") % {"query": self.query}
        if self.product:
            return _("Questions about %(product)s") % {"product": self.product.name}
        return _("Questions tagged %(tag)s") % {"tag": self.tag.name} if self.tag else _("Questions")

    @property
    def tabs(self) -> list[dict[str, Any]]:
        names = {name: "" if name == "active" else name for name in VIEWS}
        return [
            {"label": VIEWS[name][0], "url": self.url(view=view), "is_here": name == self.view}
            for name, view in names.items()
        ]

    @property
    def filters(self) -> list[dict[str, str]]:
        found = [("product", self.product and self.product.name), ("tag", self.tag and f"#{self.tag.name}")]
        found.append(("q", self.query and f"“{self.query}”"))
        return [{"label": label, "without": self.url(**{name: ""})} for name, label in found if label]
