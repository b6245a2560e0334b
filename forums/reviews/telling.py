"""Telling open pages what changed in a review: new replies wait behind a quiet bar, the rest changes in place."""

from typing import Any

from community.live.broadcasting import broadcast
from forums.reviews.models import Review
from forums.reviews.reading import Card, Reading, Reply, cards, read
from forums.threads.models import Post


def review_of(thread_id: int) -> Review | None:
    """The review of this thread; None when it is none, or when nobody may see it."""
    return Review.objects.listed().select_related("thread").filter(pk=thread_id).first()


def tell_reply(post: Post, review: Review) -> None:
    """A new reply, for the bar."""
    context = {"reply": Reply(post), "thread": review.thread, "member": True}
    broadcast(f"thread:{review.pk}", "forums/reviews/_reply.html", context)


def tell_comments(parent: Post, review: Review) -> None:
    """The comments below a post of the page."""
    reading: Reading = read(review.pk)
    below = next((reply.comments for reply in reading.replies if reply.post.pk == parent.pk), reading.comments)
    _tell(review, "forums/threads/_comments.html", post=parent, comments=below, member=True)


def tell_text(post: Post, review: Review) -> None:
    """A reply reads differently now."""
    _tell(review, "forums/threads/_text.html", post=post)


def tell_gone(post: Post, review: Review) -> None:
    """A reply that nobody can see any longer."""
    _tell(review, "forums/threads/_gone.html", post=post)


def tell_facts(review: Review) -> None:
    """Stars, title and marks."""
    card: Card = cards([review.pk])[review.pk]
    _tell(review, "forums/reviews/_facts.html", card=card, review=card.review)


def tell_helped(review: Review) -> None:
    """How many readers say that it helped them, and how many that it did not."""
    _tell(review, "forums/reviews/_helped.html", review=review, opening=review.opening)


def tell_score(post: Post, review: Review) -> None:
    """How many say that a reply helped."""
    _tell(review, "forums/threads/_score.html", post=post)


def tell_notices(review: Review) -> None:
    """What everybody may know of the private side."""
    _tell(review, "forums/threads/_notices.html", thread=review.thread, notices=review.thread.open_notices)


def _tell(review: Review, template: str, /, **context: Any) -> None:
    broadcast(f"thread_state:{review.pk}", template, context, version=review.thread.version)
