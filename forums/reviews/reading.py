"""What readers see of reviews: cards in lists, and the page of one with its replies."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import Q

from community.text.diffs import diff_html
from forums.reviews.models import AspectRating, Photo, Rating, Review
from forums.threads.models import Post, Vote

CLIPPED_AT = 900
"""Characters of a text that a list shows whole."""


@dataclass
class Card:
    """A review as lists and its own page show it."""

    review: Review
    opening: Post
    photos: list[Photo] = field(default_factory=list)
    aspects: list[AspectRating] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    team_reply: Post | None = None

    @property
    def is_long(self) -> bool:
        return len(self.opening.source) > CLIPPED_AT

    @property
    def changes(self) -> list[tuple[Rating, Rating]]:
        """Each time the stars changed: before and after."""
        return [(old, new) for old, new in pairwise(self.ratings) if old.stars != new.stars]

    @property
    def updated_after_support(self) -> Rating | None:
        """The last change of the stars that came after the team had helped."""
        return next((new for _old, new in reversed(self.changes) if new.is_after_support), None)

    @property
    def verdicts(self) -> int:
        return self.opening.score + self.review.unhelpful_count

    @property
    def is_edited(self) -> bool:
        return self.opening.edited_at is not None


def cards(ids: Iterable[int]) -> dict[int, Card]:
    """The cards of these reviews, in a handful of queries."""
    found = Review.objects.for_reading().in_bulk(list(ids))
    by_team = Post.objects.visible_to(None).filter(thread__in=found, kind=Post.Kind.ANSWER).exclude(alias="")
    texts = Post.objects.filter(Q(kind=Post.Kind.OPENING) | Q(pk__in=by_team.values("pk")), thread__in=found)
    posts = list(texts.select_related("author").order_by("-pk"))
    rows = {post.thread_id: Card(found[post.thread_id], post) for post in posts if post.kind == Post.Kind.OPENING}
    shown = Photo.objects.filter(review__in=found, is_hidden=False).select_related("attachment__blob")
    for photo in shown:
        rows[photo.review_id].photos.append(photo)
    for aspect in AspectRating.objects.filter(review__in=found).select_related("aspect"):
        rows[aspect.review_id].aspects.append(aspect)
    for rating in Rating.objects.filter(review__in=found):
        rows[rating.review_id].ratings.append(rating)
    for post in posts:
        if post.kind == Post.Kind.ANSWER:
            rows[post.thread_id].team_reply = post
    for pk, card in rows.items():
        card.opening.thread = found[pk].thread
        card.review.product = found[pk].thread.product
        if card.team_reply:
            card.team_reply.thread = found[pk].thread
    return rows


@dataclass
class Reply:
    """Something said below a review, with what is said below that."""

    post: Post
    comments: list["Reply"] = field(default_factory=list)
    has_helped: bool = False
    """The reviewer says that this reply of the team helped."""


@dataclass
class Reading:
    """The page of one review."""

    card: Card
    replies: list[Reply]
    comments: list[Reply]

    @property
    def count(self) -> int:
        return len([reply for reply in self.replies if not reply.post.removed_at])


def read(pk: int) -> Reading:
    """The review with what was said below it, as everybody may read it."""
    card = cards([pk])[pk]
    posts = Post.objects.visible_to(None).filter(thread=pk).exclude(kind=Post.Kind.OPENING)
    shown = {post.pk: Reply(post) for post in posts.select_related("author").order_by("created_at", "pk")}
    helped = set(
        Vote.objects.filter(post__in=shown, person=card.review.author_id, voiding=None).values_list("post", flat=True)
    )
    below: dict[int, list[Reply]] = defaultdict(list)
    for reply in shown.values():
        reply.post.thread = card.review.thread
        reply.has_helped = bool(reply.post.alias) and reply.post.pk in helped
        if reply.post.kind == Post.Kind.COMMENT:
            below[reply.post.top.pk].append(reply)
    replies = [reply for reply in shown.values() if reply.post.kind == Post.Kind.ANSWER]
    for reply in replies:
        reply.comments = below[reply.post.pk]
    return Reading(card, replies, below[card.opening.pk])


def history(review: Review) -> list[dict[str, Any]]:
    """Each rating and each change of the words, the newest first."""
    ratings, opening = list(review.ratings.all()), review.opening
    rows: list[dict[str, Any]] = [
        {"at": rating.created_at, "rating": rating, "before": before}
        for before, rating in zip([None, *ratings], ratings, strict=False)
    ]
    wordings = list(opening.revisions.all())
    after = [*[(wording.title, wording.source, wording.created_at) for wording in wordings[1:]]]
    after.append((review.thread.title, opening.source, opening.edited_at))
    for old, (title, source, at) in zip(wordings, after, strict=False):
        texts = (f"{old.title}\n\n{old.source}", f"{title}\n\n{source}")
        rows.append({"at": at, "diff": diff_html(*texts)})
    return sorted(rows, key=lambda row: row["at"], reverse=True)
