"""Lists of articles: the most useful of each product on one page, all of one product by pages."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Window
from django.db.models.functions import JSONObject, RowNumber
from django.http import QueryDict

from community.catalogue.models import Product
from community.numbers import number_in
from community.paging import PAGE
from forums.articles.models import Article

FIRST = 5
"""Rows of a product on the page of all of them."""
ROW = ("pk", "thread__title", "thread__slug", "thread__excerpt", "thread__version", "language", "helped_count",
       "thread__product", "checked_at")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """An article in a list."""

    pk: int
    title: str
    slug: str
    excerpt: str
    version: int
    language: str
    helped_count: int
    product: int | None
    checked_at: Any

    @property
    def url(self) -> str:
        return f"/help/{self.slug}/"


@dataclass
class Group:
    """A product with its most useful articles; without one, those that are about no single product."""

    product: Product | None
    rows: list[Row] = field(default_factory=list)
    has_more: bool = False


def most_useful(limit: int = FIRST) -> list[Row]:
    """The articles that helped most."""
    found = Article.objects.listed().most_useful()
    return [Row(*row) for row in found.values_list(*ROW)[:limit]]


def with_most_useful() -> ArraySubquery:
    """The same as a column of a product: title, name in the address and language of each."""
    found = Article.objects.listed().filter(thread__product=OuterRef("pk")).most_useful()
    shown = {"title": "thread__title", "slug": "thread__slug", "language": "language"}
    row = JSONObject(**{name: F(column) for name, column in shown.items()})
    return ArraySubquery(found.annotate(row=row).values("row")[:FIRST])


def groups() -> list[Group]:
    """The most useful articles of each product, in the order of the products; those about none come last."""
    place = Window(RowNumber(), partition_by=F("thread__product"), order_by=[F("helped_count").desc(), F("pk").desc()])
    ranked = Article.objects.listed().annotate(place=place).filter(place__lte=FIRST + 1).order_by("place")
    products: dict[int | None, Group] = {
        product.pk: Group(product) for product in Product.objects.visible_to(None).select_related("brand")
    }
    products[None] = Group(None)
    for row in (Row(*row) for row in ranked.values_list(*ROW)):
        if group := products.get(row.product):
            group.has_more = len(group.rows) == FIRST
            group.rows += [] if group.has_more else [row]
    return [group for group in products.values() if group.rows]


class Listing:
    """All articles of one product, the most useful first; `after` is `helped-pk` of the last row of the page before."""

    def __init__(self, asked: QueryDict, product: Product) -> None:
        self.product = product
        after = asked.get("after", "")
        found = Article.objects.listed().about(product).most_useful()
        rows = [Row(*row) for row in found.filter(beyond(after)).values_list(*ROW)[: PAGE + 1]]
        self.rows, self.is_first = rows[:PAGE], not after
        last = self.rows[-1] if len(rows) > PAGE else None
        self.older_url = f"?product={product.slug}&after={last.helped_count}-{last.pk}" if last else ""

    @property
    def newer_url(self) -> str:
        """Back to the first page."""
        return "" if self.is_first else f"?product={self.product.slug}"


def beyond(mark: str) -> Q:
    """The rows after a mark in an address; all of them when somebody has changed it."""
    helped, pk = (number_in(part) for part in mark.partition("-")[::2])
    if helped is None or pk is None:
        return Q()
    return Q(helped_count__lt=helped) | Q(helped_count=helped, pk__lt=pk)
