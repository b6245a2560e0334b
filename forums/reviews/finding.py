"""Reviews as the search finds them: stars, text, pros and cons, with what was said below, as everybody may read it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.search.sources import Entry, Passage, Source, register
from community.text.words import words_of
from forums.reviews.models import Review
from forums.threads.models import Post, Thread
from forums.threads.picking import readable_among


def readable(person: Any, ids: list[int]) -> set[int]:
    """Which of these threads the person may read now."""
    return readable_among(person, ids)


def next_ids(after: int, limit: int) -> list[int]:
    """The next reviews, in the order of their ids."""
    return list(Review.objects.listed().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])


def changed_since(moment: datetime) -> dict[int, datetime]:
    """Reviews whose page has changed, and when."""
    rows = Thread.objects.filter(kind=Thread.Kind.REVIEW, changed_at__gte=moment)
    return dict(rows.values_list("pk", "changed_at"))


def entries(ids: list[int]) -> Iterator[Entry]:
    """The reviews with these ids that everybody may read."""
    reviews = Review.objects.listed().filter(pk__in=ids).select_related("thread__author", "thread__product__brand")
    posts = posts_of(ids)
    for review in reviews:
        yield entry(review, posts[review.pk])


def posts_of(ids: list[int]) -> dict[int, list[Post]]:
    """What everybody may read of each thread; the opening comes first."""
    found: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.visible_to(None).filter(thread__in=ids).select_related("author").order_by("pk"):
        found[post.thread_id].append(post)
    return found


def entry(review: Review, posts: list[Post]) -> Entry:
    thread = review.thread
    opening = next((post for post in posts if post.kind == Post.Kind.OPENING), None)
    words = [words_of(opening.html) if opening else "", review.pros, review.cons, review.use_case]
    below = [post for post in posts if post is not opening]
    return Entry(
        object_id=review.pk,
        title=thread.title,
        url=thread.get_absolute_url(),
        created_at=thread.created_at,
        active_at=thread.active_at,
        opening=" ".join(filter(None, words)),
        passages=tuple(Passage(post.pk, post.byline, words_of(post.html)) for post in below),
        about=f"{thread.product.brand.name} {thread.product.name}" if thread.product else "",
        product_id=review.product_id,
        author_id=thread.author_id,
        writers=frozenset({thread.author_id, *(post.author_id for post in posts)}),
        details={
            "by": thread.author.name,
            "product": thread.product.name if thread.product else "",
            "answers": thread.answer_count,
            "stars": review.stars,
            "excerpt": thread.excerpt,
        },
    )


register(
    Source(
        kind="review",
        label=_("Reviews"),
        one=_("Review"),
        entries=entries,
        ids=next_ids,
        readable=readable,
        changed_since=changed_since,
    )
)
