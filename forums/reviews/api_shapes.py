"""Reviews as programs read them: what the pages show, with what was said before and what was said below."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404

from community.addresses import absolute
from community.api.operations import ApiRequest
from community.api.shapes import Author
from forums.reviews.holding import extra_check
from forums.reviews.models import Photo, Review
from forums.reviews.models.campaign import IncentiveKind
from forums.reviews.reading import Card, Reply, cards
from forums.threads.api_shapes import PostTold, author_of, post_told, waiting_words


@dataclass
class Aspect:
    """What one aspect of the product got."""

    name: str
    stars: int


@dataclass
class Stars:
    """What a review gave at some time. `after_support`: the team had answered or helped before."""

    stars: int
    at: datetime
    after_support: bool


@dataclass
class Picture:
    """A photo of a review. `shows` says what it shows, for those who do not see it; `waiting` is empty for what
    everybody sees, else it says that a person looks at it first, or why it is out of sight."""

    id: int
    url: str
    shows: str
    waiting: str


@dataclass
class ReviewTold:
    """What one person thinks of a product or the company. `proof` says how they are known to own it (empty: not);
    `incentive` what was given for it; `is_counted` whether it is part of the product's numbers."""

    id: int
    about: Literal["product", "company", "support"]
    product: str | None
    product_version: str | None
    title: str
    author: Author
    stars: int
    text: str
    html: str
    pros: str
    cons: str
    use_case: str
    owned_for: str
    aspects: list[Aspect]
    photos: list[Picture]
    proof: str
    incentive: str
    incentive_in_words: str
    is_counted: bool
    stars_before: list[Stars]
    is_updated_after_support: bool
    helped: int
    helped_not: int
    team_reply: PostTold | None
    waiting: str
    version: int
    written_at: datetime
    edited_at: datetime | None
    url: str


@dataclass
class ReviewRead:
    """A review with what was said below it."""

    review: ReviewTold
    replies: list[PostTold]
    comments: list[PostTold]


@dataclass
class ReviewChanged:
    """A review after a change. `waiting` says that the new words wait for a look while the old ones stay."""

    review: ReviewTold
    waiting: str


@dataclass
class Change:
    """A line of the history: stars that were given, or words that were changed (as HTML, what came and what went)."""

    at: datetime
    stars: int | None
    changed: str


def review_told(card: Card) -> ReviewTold:
    """A review as everybody reads it. Order and serial numbers are nobody's business."""
    review, opening = card.review, card.opening
    thread, support = review.thread, card.updated_after_support
    return ReviewTold(
        id=review.pk, about=review.about, product=thread.product.slug if thread.product else None,
        product_version=str(thread.product_version) if thread.product_version else None,
        title=thread.title, author=author_of(opening), stars=review.stars,
        text=opening.source, html=opening.html, pros=review.pros, cons=review.cons,
        use_case=review.use_case, owned_for=review.owned_for,
        aspects=[Aspect(row.aspect.name, row.stars) for row in card.aspects],
        photos=[picture_told(photo) for photo in card.photos],
        proof=review.proof, incentive=review.incentive,
        incentive_in_words=str(IncentiveKind(review.incentive).label) if review.incentive else "",
        is_counted=bool(review.counted_as),
        stars_before=[Stars(row.stars, row.created_at, row.is_after_support) for row in card.ratings],
        is_updated_after_support=support is not None,
        helped=opening.score, helped_not=review.unhelpful_count,
        team_reply=post_told(card.team_reply) if card.team_reply else None,
        waiting=waiting(review) if thread.is_hidden else "",
        version=opening.version, written_at=review.written_at, edited_at=opening.edited_at,
        url=absolute(thread.get_absolute_url()),
    )  # fmt: skip


def waiting(review: Review) -> str:
    """What the writer of a held review is told."""
    check = extra_check(review)
    return check.sentence if check else waiting_words()


def told(review: Review) -> ReviewTold:
    """The review as it is now."""
    return review_told(cards([review.pk])[review.pk])


def readable(request: ApiRequest, pk: int) -> Review:
    """A review that the key's owner may read."""
    known = Review.objects.select_related("thread__author", "thread__product", "product__line", "product__brand")
    return get_object_or_404(known.visible_to(request.user), pk=pk)


def reply_told(reply: Reply) -> PostTold:
    """A reply with what is said below it."""
    return post_told(reply.post, comments=[reply_told(one) for one in reply.comments])


def change_told(row: dict[str, Any]) -> Change:
    """A line of the history."""
    return Change(row["at"], row["rating"].stars if "rating" in row else None, str(row.get("diff", "")))


def picture_told(photo: Photo) -> Picture:
    """A photo as its writer, a moderator, or when it is shown everybody, reads of it."""
    return Picture(photo.pk, absolute(photo.attachment.get_absolute_url()), photo.alt, photo_waiting(photo))


def photo_waiting(photo: Photo) -> str:
    """Why it is not shown; empty when it is."""
    if not photo.is_hidden:
        return ""
    hiding = getattr(photo, "hiding", None)
    return hiding.reason if hiding else waiting_words()
