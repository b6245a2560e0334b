"""Lists of reviews: of a product or all, which ones, in which order. All of it is in the address.

The order is published on the page. Unless somebody chooses another, the newest come first: stars play no part in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Value
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.catalogue.models import Product, ProductVersion
from community.numbers import number_in
from community.paging import EPOCH
from community.refusals import Refusal
from community.search.within import ids_within
from forums.reviews.models import Review, Score
from forums.reviews.models.score import COLUMNS, score_of
from forums.threads.models import Thread

ROWS_A_PAGE, LONGEST_QUERY = 10, 200
RECENT = timedelta(days=90)


@dataclass(frozen=True)
class Order:
    """A way to sort reviews."""

    label: Any
    column: str
    is_rising: bool = False


ORDERS = {
    "best": Order(gettext_lazy("Best match"), "rank"),
    "newest": Order(gettext_lazy("Newest"), "written_at"),
    "helpful": Order(gettext_lazy("Most helpful"), "helpfulness"),
    "highest": Order(gettext_lazy("Most stars"), "stars"),
    "lowest": Order(gettext_lazy("Fewest stars"), "stars", is_rising=True),
}
FILTERS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "verified": (gettext_lazy("Verified owners"), lambda reviews: reviews.verified()),
    "photos": (gettext_lazy("With photos"), lambda reviews: reviews.filter(photo_count__gt=0)),
    "unrewarded": (gettext_lazy("Without incentives"), lambda reviews: reviews.unrewarded()),
}
"""What a reader can leave out, each by its name in the address."""


class WantedReviews:
    """The reviews that an address asks for, in its order. They are the same for everybody."""

    def __init__(self, asked: QueryDict, product: Product | None = None, about: str = Review.About.PRODUCT) -> None:
        self.product, self.about = product, about
        self.on = [name for name in FILTERS if asked.get(name) == "1"]
        self.stars = int(asked["stars"]) if asked.get("stars") in {"1", "2", "3", "4", "5"} else 0
        self.version = self._version(asked.get("version", ""))
        self.query = asked.get("q", "").replace("\0", "").strip()
        if len(self.query) > LONGEST_QUERY:
            raise Refusal(_("Search with fewer words, please."), code="query_too_long", status=422)
        self.usual = "best" if self.query else "newest"
        self.order = asked.get("sort", "") if asked.get("sort") in self.orders else self.usual
        self.after = asked.get("after", "")

    def _version(self, asked: str) -> ProductVersion | None:
        number = number_in(asked)
        if number is None or self.product is None:
            return None
        return next((version for version in self.product.versions.all() if version.pk == number), None)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.on or self.stars or self.version or self.query)

    def reviews(self) -> QuerySet[Review]:
        """Every review of the list, in no order yet."""
        found = Review.objects.listed()
        if self.product:
            found = found.of(self.product)
        elif self.about == Review.About.PRODUCT:
            found = found.filter(about=self.about)
        else:
            found = found.exclude(about=Review.About.PRODUCT)
        for name in self.on:
            found = FILTERS[name][1](found)
        if self.stars:
            found = found.filter(stars=self.stars)
        if self.version:
            found = found.filter(thread__product_version=self.version)
        return found.filter(pk__in=self.matches) if self.query else found

    @cached_property
    def matches(self) -> list[int]:
        """Ids of the reviews that have the words, by the index, the best first."""
        return ids_within(Thread.Kind.REVIEW, self.query, self.product.pk if self.product else None)

    @property
    def orders(self) -> dict[str, Order]:
        """The ways to sort: how well something fits is one only when words were looked for."""
        return ORDERS if self.query else {name: order for name, order in ORDERS.items() if name != "best"}

    @cached_property
    def page(self) -> list[tuple[int, int, Any]]:
        """Id, version and key of this page's rows, and of one more when there is one."""
        if self.order == "best":
            return self.best_page()
        found, order = self.reviews(), ORDERS[self.order]
        if key := key_in(self.after, self.order):
            value, pk = key
            step = "gt" if order.is_rising else "lt"
            beyond = Q(**{f"{order.column}__{step}": value}) | Q(**{order.column: value, "pk__lt": pk})
            found = found.filter(Q(**{f"{order.column}__{step}e": value}) & beyond)
        sign = "" if order.is_rising else "-"
        rows = found.order_by(f"{sign}{order.column}", "-pk").values_list("pk", "thread__version", order.column)
        return list(rows[: ROWS_A_PAGE + 1])

    def best_page(self) -> list[tuple[int, int, Any]]:
        """The same for what fits best: the key is the place in the list."""
        key = key_in(self.after, self.order)
        versions = dict(self.reviews().values_list("pk", "thread__version"))
        rows = [(pk, versions[pk], place) for place, pk in enumerate(self.matches) if pk in versions]
        return [row for row in rows if key is None or row[2] > key[0]][: ROWS_A_PAGE + 1]

    @property
    def shown(self) -> list[tuple[int, int, Any]]:
        return self.page[:ROWS_A_PAGE]

    def figures(self) -> Score | None:
        """What the counted ones of a narrowed list add up to; None when nothing is left out, or for the company."""
        if not self.is_narrowed or self.product is None:
            return None
        return score_of(self.reviews())


class ReviewListing(WantedReviews):
    """Such a list with its addresses and words."""

    @property
    def base(self) -> str:
        if self.product:
            return reverse("forums:review-list", args=[self.product.slug])
        return reverse("forums:review-index" if self.about == Review.About.PRODUCT else "forums:company-review-list")

    def url(self, **changes: Any) -> str:
        """The address of this list with changes, and from its beginning unless they say otherwise."""
        sort = "" if self.order == self.usual else self.order
        named: dict[str, Any] = {"sort": sort, "stars": self.stars or ""}
        named |= {name: "1" if name in self.on else "" for name in FILTERS}
        named |= {"version": self.version.pk if self.version else "", "q": self.query}
        asked = {name: str(value) for name, value in (named | changes).items() if value}
        return self.base + (f"?{urlencode(asked)}" if asked else "")

    @property
    def mark(self) -> str:
        """The place after which the next page begins; empty on the last."""
        if len(self.page) <= ROWS_A_PAGE:
            return ""
        pk, _version, value = self.shown[-1]
        number = (value - EPOCH) // timedelta(microseconds=1) if isinstance(value, datetime) else value
        return f"{number}-{pk}"

    @property
    def older_url(self) -> str:
        return self.url(after=self.mark) if self.mark else ""

    @property
    def first_url(self) -> str:
        return self.url() if self.after else ""

    @property
    def write_url(self) -> str:
        if self.product:
            return reverse("forums:review-new", args=[self.product.slug])
        return reverse("forums:company-review-new") if self.about == Review.About.COMPANY else ""

    @property
    def feed_url(self) -> str:
        if self.product:
            return reverse("forums:product-review-feed", args=[self.product.slug])
        return reverse("forums:review-feed") if self.about == Review.About.PRODUCT else ""

    @property
    def heading(self) -> str:
        if self.product:
            return _("Reviews of %(product)s") % {"product": self.product.name}
        if self.about == Review.About.COMPANY:
            return _("Reviews of the company and its help")
        return _("Reviews")

    @property
    def tabs(self) -> list[dict[str, Any]]:
        names = {name: "" if name == self.usual else name for name in self.orders}
        return [
            {"label": ORDERS[name].label, "url": self.url(sort=sort), "is_here": name == self.order}
            for name, sort in names.items()
        ]

    @property
    def switches(self) -> list[dict[str, Any]]:
        """Each filter with the address that turns it on or off."""
        return [
            {"label": label, "url": self.url(**{name: "" if name in self.on else "1"}), "is_on": name in self.on}
            for name, (label, _narrow) in FILTERS.items()
        ]

    @property
    def chips(self) -> list[dict[str, str]]:
        """What was chosen beside the switches, each with the address without it."""
        found: list[tuple[str, Any]] = [("stars", self.stars and _("%(stars)s of 5 stars") % {"stars": self.stars})]
        found += [("version", self.version and self.version.name), ("q", self.query and f"“{self.query}”")]
        return [{"label": str(label), "without": self.url(**{name: ""})} for name, label in found if label]


def key_in(address: str, order: str) -> tuple[Any, int] | None:
    """The key and the id of the last row seen; None when there is none, or when somebody has changed it."""
    number, _dash, pk = address.partition("-")
    value, pk_number = number_in(number), number_in(pk)
    if value is None or pk_number is None or value > 10**17:
        return None
    return (EPOCH + timedelta(microseconds=value) if order == "newest" else value), pk_number


def rewarded_reviews(product: Any) -> Any:
    """The counted reviews for which something was given."""
    return Review.objects.counted().of(product).exclude(incentive="")


def parts_of(product: Product, score: Score | None) -> dict[str, Score | None]:
    """What a product's reviews of the last 90 days add up to, and all but those for which something was given (None
    when there are none of those), in one query."""
    reviews = {"recent": recent_reviews(product), "rewarded": rewarded_reviews(product)}
    counted = [
        rows.order_by().values_list(Value(name), "stars").annotate(n=Count("pk")) for name, rows in reviews.items()
    ]
    found = {name: Score() for name in reviews}
    for name, stars, n in counted[0].union(*counted[1:], all=True):
        setattr(found[name], COLUMNS[stars - 1], n)
    return {"recent": found["recent"], "unrewarded": score and score.without(found["rewarded"])}


def recent_reviews(product: Any) -> Any:
    """The counted reviews of the last 90 days."""
    return Review.objects.counted().of(product).filter(written_at__gte=timezone.now() - RECENT)
