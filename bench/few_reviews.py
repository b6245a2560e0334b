"""Reviews of the bench: one for every ten threads, with a reply to some, in the sums of their products."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bench.copying import copy_in
from bench.texts import Texts
from community.catalogue.models import Product
from community.people.models import Person
from community.text.excerpts import excerpt
from forums.reviews.models import Rating, Review
from forums.reviews.recounting import recount_scores
from forums.threads.models import Post, Thread

Row = dict[str, Any]


def write_reviews(count: int, texts: Texts, people: list[Person], products: list[Product]) -> None:
    """Nobody reviews a product twice, so there are at most as many as people times products."""
    pairs = [(person.pk, product) for product in products for person in people]
    texts.chance.shuffle(pairs)
    first, post = (last(model) + 1 for model in (Thread, Post))
    threads = [thread(first + number, *pair, texts, count) for number, pair in enumerate(pairs[:count])]
    copy_in(Thread, threads)
    copy_in(Post, posts(threads, post, texts, people))
    reviews = [review(one, texts) for one in threads]
    copy_in(Review, reviews)
    copy_in(Rating, (rating(number, one) for number, one in enumerate(reviews, 1)))
    recount_scores()


def last(model: Any) -> int:
    return int(model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)


def thread(number: int, person: int, product: Product, texts: Texts, count: int) -> Row:
    title = texts.title(product.name, number)
    at = timezone.now() - timedelta(minutes=500_000 / count * texts.chance.randrange(count))
    return {
        "id": number, "kind": Thread.Kind.REVIEW, "title": title, "slug": Thread.slug_for(title), "author_id": person,
        "product_id": product.pk, "created_at": at, "active_at": at, "changed_at": at, "answer_count": number % 3 // 2,
        "excerpt": excerpt(texts.opening()[0], 180),
    }  # fmt: skip


def posts(threads: list[Row], first: int, texts: Texts, people: list[Person]) -> Iterator[Row]:
    """The text of each, and a reply to each third."""
    for number, one in enumerate(threads):
        source, html = texts.opening()
        same = {"thread_id": one["id"], "created_at": one["created_at"]}
        opening = {"id": first + 2 * number, "kind": Post.Kind.OPENING, "author_id": one["author_id"]}
        yield {**same, **opening, "source": source, "html": html, "score": texts.chance.randrange(9)}
        if one["answer_count"]:
            source, html = texts.answer()
            reply = {"id": first + 2 * number + 1, "kind": Post.Kind.ANSWER, "source": source, "html": html}
            yield {**same, **reply, "author_id": texts.chance.choice(people).pk}


def review(thread: Row, texts: Texts) -> Row:
    chance = texts.chance
    return {
        "thread_id": thread["id"], "author_id": thread["author_id"], "product_id": thread["product_id"],
        "stars": chance.choice((1, 2, 3, 4, 4, 5, 5, 5)), "pros": chance.choice(texts.titles)[:100],
        "cons": chance.choice(texts.titles)[:100], "owned_for": Review.OwnedFor.MONTHS,
        "proof": chance.choice(("", "", "order")), "helpfulness": chance.randrange(1_000_000),
        "written_at": thread["created_at"],
    }  # fmt: skip


def rating(number: int, review: Row) -> Row:
    """The only one of its review."""
    return {"id": number, "review_id": review["thread_id"], "number": 1} | {
        n: review[n] for n in ("stars", "pros", "cons")
    }
