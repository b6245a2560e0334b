"""What a product's hub says of its reviews: the score, the newest ones, photos; and products side by side."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Sum
from django.db.models.functions import JSONObject

from community.catalogue.models import Product
from forums.hubs.standing import known_problems
from forums.reviews.arithmetic import rounded
from forums.reviews.listing import recent_reviews, rewarded_reviews
from forums.reviews.models import AspectRating, Photo, Review, Score
from forums.reviews.models.score import COLUMNS

NEWEST, PHOTOS, SIDE_BY_SIDE, LATEST = 3, 8, 4, 500


@dataclass
class Rated:
    """The reviews of a product as its hub shows them."""

    score: Score | None
    recent: Score
    unrewarded: Score | None
    newest: list[Review]
    photos: list[Photo]
    aspects: list[dict[str, Any]]
    """What single aspects got: name, mean, and of how many."""
    latest: int = LATEST
    """Over so many of the latest reviews, at most."""


def with_recent(products: Any) -> Any:
    """Products with what their reviews of the last 90 days, and the rewarded ones, add up to, in the same query."""
    return products.annotate(
        recent_stars=stars_of(recent_reviews(OuterRef("pk"))), rewarded_stars=stars_of(rewarded_reviews(OuterRef("pk")))
    )


def stars_of(reviews: Any) -> ArraySubquery:
    """How many of these reviews gave how many stars, as one column."""
    counted = reviews.order_by().values("stars").annotate(n=Count("pk"))
    return ArraySubquery(counted.values(json=JSONObject(stars="stars", n="n")))


def summed(column: list[dict[str, int]]) -> Score:
    """Such a column as a score."""
    return Score(**{COLUMNS[row["stars"] - 1]: row["n"] for row in column})


def rated(product: Any) -> Rated:
    """Three queries; the score and what is recent come with the product."""
    reviews = Review.objects.listed().of(product)
    newest = reviews.select_related("thread__author", "aside").order_by("-written_at", "-pk")[:NEWEST]
    photos = Photo.objects.filter(review__product=product, review__thread__is_hidden=False, is_hidden=False)
    shown = photos.select_related("attachment__blob", "review__thread").order_by("-pk")[:PHOTOS]
    score = getattr(product, "score", None)
    unrewarded = score.without(summed(product.rewarded_stars)) if score else None
    aspects = latest_aspects(product) if product.line_id and score and score.n else []
    return Rated(score, summed(product.recent_stars), unrewarded, list(newest), list(shown), aspects)


def latest_aspects(product: Product) -> list[dict[str, Any]]:
    """The mean of each aspect over the latest reviews that count, so many that it costs the same for every product."""
    latest = Review.objects.counted().of(product).order_by("-written_at", "-pk").values("pk")[:LATEST]
    rows = AspectRating.objects.filter(review__in=latest).order_by("aspect__position", "aspect")
    found = rows.values("aspect__name").annotate(n=Count("pk"), all=Sum("stars"))
    return [
        {"name": row["aspect__name"], "mean": rounded(Fraction(row["all"], row["n"])), "n": row["n"]} for row in found
    ]


@dataclass
class Compared:
    """A product beside others."""

    product: Product
    score: Score | None
    aspects: dict[str, Decimal]
    version: Any
    problems: list[dict[str, Any]] = field(default_factory=list)


def compared(products: list[Product]) -> list[Compared]:
    """What there is to compare. Aspects are counted as on the hub, so that both say the same."""
    return [
        Compared(
            product,
            getattr(product, "score", None),
            {row["name"]: row["mean"] for row in latest_aspects(product)} if product.line_id else {},
            next(iter(product.versions.all()), None),
            known_problems(product),
        )
        for product in products
    ]


def aspects_of(rows: list[Compared]) -> list[dict[str, Any]]:
    """A line for each aspect that one of the products is rated for."""
    names = dict.fromkeys(name for row in rows for name in row.aspects)
    return [{"name": name, "means": [row.aspects.get(name) for row in rows]} for name in names]
