"""A review was redacted: what it says beside its text, now and in earlier ratings, belongs to it."""

from community.policy.blackout import Blackout
from forums.reviews.models import Review
from forums.threads.copies import cover_row, has_words, keeps_copies
from forums.threads.models import Post, Thread


def review_of(post: Post) -> Review | None:
    """The review whose text this post is."""
    if post.kind != Post.Kind.OPENING or post.thread.kind != Thread.Kind.REVIEW:
        return None
    return Review.objects.filter(pk=post.thread_id).first()


@has_words
def words_of(post: Post) -> list[str]:
    """Pros and cons of every time, what it is used for, what its photos show."""
    review = review_of(post)
    if review is None:
        return []
    said = [text for row in review.ratings.values_list("pros", "cons") for text in row]
    return [review.pros, review.cons, review.use_case, *said, *review.photos.values_list("alt", flat=True)]


@keeps_copies
def cover_review(post: Post, blackout: Blackout) -> None:
    """All of these."""
    review = review_of(post)
    if review is None:
        return
    cover_row(review, blackout.cover, "pros", "cons", "use_case")
    for rating in review.ratings.all():
        cover_row(rating, blackout.cover, "pros", "cons")
    for photo in review.photos.all():
        cover_row(photo, blackout.cover, "alt")
