"""The rows of a batch as threads, texts, stars and their history, written together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from community.catalogue.models import Product
from community.people.models import Person
from community.policy.blackout import black_out
from community.text.excerpts import excerpt
from community.text.markdown import to_html
from forums.reviews.arithmetic import helpfulness
from forums.reviews.bringing.people import author_key
from forums.reviews.bringing.rows import Told
from forums.reviews.models import Brought, IncentiveKind, Rating, Review
from forums.reviews.writing import Said
from forums.threads.models import Attribution, Post, Thread


@dataclass
class Row:
    """One review on its way in."""

    told: Told
    product: Product | None
    is_held: bool = False
    findings: list[str] = field(default_factory=list)
    author: Person | None = None
    thread: Thread | None = None

    @property
    def at(self) -> datetime:
        return self.told.written_at or timezone.now()

    @property
    def said(self) -> Said:
        """What it says, with what is private covered."""
        told = self.told
        words = [black_out(text) for text in (told.title, told.text, told.pros, told.cons, told.use_case)]
        title, source, pros, cons, use_case = words
        return Said(told.stars, title, source, pros, cons, use_case=use_case)


def store(rows: Sequence[Row], origin: Any) -> None:
    """Write the batch. The sums of products are the caller's."""
    says = [row.said for row in rows]
    threads = [thread_of(row, said) for row, said in zip(rows, says, strict=True)]
    Thread.objects.bulk_create(threads)
    for row, thread in zip(rows, threads, strict=True):
        row.thread = thread
    Post.objects.bulk_create(opening_of(row, said) for row, said in zip(rows, says, strict=True))
    reviews = [review_of(row, said) for row, said in zip(rows, says, strict=True)]
    Review.objects.bulk_create(reviews)
    Rating.objects.bulk_create(
        Rating(
            review_id=review.pk, number=1, stars=review.stars, pros=review.pros, cons=review.cons,
            created_at=review.written_at,
        )
        for review in reviews
    )  # fmt: skip
    Attribution.objects.bulk_create(
        Attribution(
            thread=row.thread, source=origin.source, native_id=row.told.native_id, url=row.told.url,
            licence=origin.licence,
        )
        for row in rows
    )  # fmt: skip
    Brought.objects.bulk_create(brought_of(row, origin.source) for row in rows)


def thread_of(row: Row, said: Said) -> Thread:
    title = said.heading(row.product.name if row.product else "")
    return Thread(
        kind=Thread.Kind.REVIEW,
        title=title,
        slug=Thread.slug_for(title),
        author=row.author,
        product=row.product,
        excerpt=excerpt(said.source, 180),
        is_hidden=row.is_held,
        created_at=row.at,
        active_at=row.at,
    )


def opening_of(row: Row, said: Said) -> Post:
    return Post(
        thread=row.thread,
        kind=Post.Kind.OPENING,
        author=row.author,
        source=said.source,
        html=to_html(said.source),
        is_hidden=row.is_held,
        score=row.told.yes,
        created_at=row.at,
    )


def review_of(row: Row, said: Said) -> Review:
    return Review(
        thread=row.thread,
        author=row.author,
        product=row.product,
        stars=said.stars,
        pros=said.pros,
        cons=said.cons,
        use_case=said.use_case,
        incentive=IncentiveKind.OTHER if row.told.incentive else "",
        unhelpful_count=row.told.no,
        helpfulness=helpfulness(row.told.yes, row.told.no),
        counted_as=0 if row.is_held else said.stars,
        written_at=row.at,
    )


def brought_of(row: Row, source: str) -> Brought:
    told = row.told
    return Brought(
        review_id=row.thread.pk if row.thread else None,
        author_key=author_key(source, told),
        locale=told.locale,
        incentive=told.incentive,
        was_verified=told.was_verified,
        unhelpful_count=told.no,
    )
