"""The state of the home page: five prepared queries name all that it shows, so that it is rendered once for each."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from community.catalogue.models import Product
from community.paging import PAGE
from community.prepared import Prepared
from forums.articles.listing import most_useful
from forums.articles.models import Article
from forums.hubs.helping import latest_verified, verifications_seen
from forums.hubs.rows import public_questions, rows_for
from forums.questions.models import Question, Verification
from forums.reputation.boards import helping_this_week, week
from forums.reputation.models import Standing

CARDS, HELPING, VERIFIED, PAGES = 8, 3, 4, 4
CARD = ("pk", "name", "slug", "tagline", "icon", "hue", "question_count", "solved_count", "score__version")


def products() -> QuerySet[Product, tuple[Any, ...]]:
    """Everything that stands on the cards."""
    return Product.objects.visible_to(None).values_list(*CARD)


def newest() -> QuerySet[Question, tuple[Any, ...]]:
    """Ids and versions of the rows."""
    rows = public_questions().order_by("-thread__active_at", "-pk")
    return rows.values_list("pk", "thread__version")[: PAGE + 1]


def helping() -> QuerySet[Standing, tuple[Any, ...]]:
    """Names and sums of who helps most."""
    columns = ("person", "person__username", "person__hue", "person__picture", "week_points", "week_solutions")
    return week().values_list(*columns)[:HELPING]


def verified() -> QuerySet[Verification, tuple[Any, ...]]:
    """What was last vouched for, in the threads as they are now."""
    rows = verifications_seen().order_by("-created_at", "-pk")
    return rows.values_list("pk", "question__thread__version", "post", "product_version")[:VERIFIED]


def pages() -> QuerySet[Article, tuple[Any, ...]]:
    """The help pages that helped most."""
    rows = Article.objects.listed().most_useful()
    return rows.values_list("thread__title", "thread__slug", "thread__version", "helped_count")[:PAGES]


ASKED = [Prepared(query) for query in (products, newest, helping, verified, pages)]


def state() -> list[list[tuple[Any, ...]]]:
    """What the page shows, as rows of plain values."""
    return [prepared.rows() for prepared in ASKED]


def shown(request: HttpRequest) -> dict[str, Any]:
    """What its template asks for."""
    cards = list(Product.objects.visible_to(None).select_related("score"))
    return {
        "products": cards[:CARDS],
        "has_more_products": len(cards) > CARDS,
        "solved_count": sum(product.solved_count for product in cards),
        "rows": rows_for(request, public_questions()),
        "helping": helping_this_week(limit=HELPING),
        "verified": latest_verified(limit=VERIFIED),
        "pages": most_useful(limit=PAGES),
    }
