"""Reviews going out: as a table or as JSON, in the very fields that they come in by. A line at a time, however many."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from community.addresses import absolute
from community.spreadsheets import csv_lines
from forums.reviews.models import Review
from forums.threads.models import Post

CHUNK = 500
COLUMNS = (
    "id", "source", "product", "stars", "title", "text", "pros", "cons", "author", "author_id", "written_at",
    "edited_at", "locale", "incentive", "verified", "helpful", "unhelpful", "use_case", "owned_for", "version",
    "counted", "photos", "url",
)  # fmt: skip


def as_csv(reviews: Any) -> Iterator[str]:
    """A table with a line for each review."""
    return csv_lines(COLUMNS, (list(row.values()) for row in rows(reviews)))


def as_json(reviews: Any) -> Iterator[str]:
    """An object whose `reviews` are all of them, a line each."""
    yield '{"reviews": [\n'
    separator = ""
    for row in rows(reviews):
        yield separator + json.dumps(row, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def rows(reviews: Any) -> Iterator[dict[str, Any]]:
    """Each review with its fields, in the order of their ids."""
    last = 0
    while chunk := list(reviews.for_reading().filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from rows_of(chunk)
        last = chunk[-1].pk


def rows_of(reviews: Iterable[Review]) -> Iterator[dict[str, Any]]:
    """The fields of these reviews, in one more query."""
    shown = {review.pk: review for review in reviews}
    openings = Post.objects.filter(thread__in=shown, kind=Post.Kind.OPENING)
    texts = {post.thread_id: post for post in openings}
    for pk, review in shown.items():
        yield dict(zip(COLUMNS, cells(review, texts[pk]), strict=True))


def cells(review: Review, opening: Post) -> list[Any]:
    """One review. What it brought along goes out with it."""
    thread, along = review.thread, getattr(review, "brought", None)
    origin = getattr(thread, "attribution", None)
    return [
        origin.native_id if origin else str(review.pk),
        origin.source if origin else settings.SITE_NAME,
        thread.product.slug if thread.product else "",
        review.stars,
        thread.title,
        opening.source,
        review.pros,
        review.cons,
        thread.author.name,
        along.author_key.partition(":")[2] if along else f"p{thread.author.pk}",
        thread.created_at.isoformat(),
        opening.edited_at.isoformat() if opening.edited_at else "",
        along.locale if along else "",
        along.incentive if along and along.incentive else review.incentive,
        "yes" if review.proof or (along and along.was_verified) else "no",
        opening.score,
        review.unhelpful_count,
        review.use_case,
        review.owned_for,
        thread.product_version.name if thread.product_version else "",
        "yes" if review.counted_as else "no",
        review.photo_count,
        absolute(thread.get_absolute_url()),
    ]
