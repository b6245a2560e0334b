"""A community of thousands of threads with ten posts each, written in bulk, known to the search, kept between runs."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from typing import Any

import django
from django.db import connection, connections, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from taggit.models import Tag

from bench.copying import copy_in
from bench.few_reviews import write_reviews
from bench.staff import write_cases
from bench.texts import Texts
from community.catalogue.models import Brand, Product
from community.people.models import Person
from community.search.counting import count_again
from community.search.indexing import BATCH, index
from community.search.models import Document
from community.search.relating import LONG_AGO, relate
from community.text.excerpts import excerpt
from forums.questions.models import Question, Solution
from forums.reviews.models import Review
from forums.tags.counting import recount
from forums.threads.models import Post, Thread
from forums.threads.models.thread import ThreadTag
from moderation.queue.models import Item

ANSWERS, VISITED = 9, 1600
TAGS = ["bluetooth", "battery", "app", "firmware", "sound", "pairing", "warranty", "car"]
TAGS += [f"model-{number}" for number in range(200)]


def build(size: int, texts: Texts) -> None:
    """Fill the database unless it is full already, and let the search take in what it does not know yet."""
    if Thread.objects.count() < size:
        write(size, texts)
    if not Review.objects.exists():
        write_more(size, texts)
    for kind, rows in (("question", Question), ("review", Review)):
        take_in(kind, list(rows.objects.order_by("pk").values_list("pk", flat=True)))
    find_relatives()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@transaction.atomic
def write(size: int, texts: Texts) -> None:
    """Threads with their posts, tags, solutions and cards in the team's queue."""
    people = people_of_the_bench(max(400, size // 25))
    products = products_of_the_bench()
    tags = [Tag.objects.get_or_create(name=name, slug=name)[0].pk for name in TAGS]
    threads = [thread(number, size, texts, people, products) for number in range(1, size + 1)]
    copy_in(Thread, threads)
    copy_in(Post, (post for one in threads for post in posts_of(one, texts, people)))
    copy_in(Question, ({"thread_id": t["id"], "solved_at": t["active_at"] if is_solved(t) else None} for t in threads))
    copy_in(Solution, solutions(threads))
    copy_in(ThreadTag, tagged(threads, tags, texts))
    copy_in(Item, (card(one) for one in threads))
    for product in products:
        about = Question.objects.about(product)
        counts = {"question_count": about.count(), "solved_count": about.solved().count()}
        Product.objects.filter(pk=product.pk).update(**counts)
    recount()


@transaction.atomic
def write_more(size: int, texts: Texts) -> None:
    """Reviews of the products, and what waits for a moderator."""
    people = list(Person.objects.filter(username__startswith="owner").order_by("pk"))
    write_reviews(size // 10, texts, people, products_of_the_bench())
    write_cases(size, people)


def people_of_the_bench(count: int) -> list[Person]:
    names = [f"owner{number}" for number in range(count)]
    people = [Person(username=n, username_key=n, email=f"{n}@example.org", level=2, password="!") for n in names]
    Person.objects.bulk_create(people, batch_size=2000, ignore_conflicts=True)
    return list(Person.objects.filter(username__startswith="owner").order_by("pk"))


def products_of_the_bench() -> list[Product]:
    brand, _ = Brand.objects.get_or_create(name="Northlight", slug="northlight")
    names = ["Beam 2", "Beam Mini", "Halo", "Drift", "Tide", "Ember"]
    slugs = {name: name.lower().replace(" ", "-") for name in names}
    return [Product.objects.get_or_create(brand=brand, name=name, slug=slug)[0] for name, slug in slugs.items()]


def thread(number: int, size: int, texts: Texts, people: list[Person], products: list[Product]) -> dict[str, Any]:
    chance = texts.chance
    product = chance.choice(products)
    title = texts.title(product.name, number)
    asked = timezone.now() - timedelta(minutes=50 * 10_000 / size) * (size - number)
    later = asked + timedelta(minutes=chance.randrange(60 * 30))
    return {
        "id": number, "kind": Thread.Kind.QUESTION, "title": title, "slug": Thread.slug_for(title),
        "author_id": chance.choice(people).pk, "product_id": product.pk, "answer_count": ANSWERS,
        "attempt_count": ANSWERS, "created_at": asked, "active_at": later, "changed_at": later,
        "excerpt": excerpt(texts.opening()[0], 180),
    }  # fmt: skip


def posts_of(thread: dict[str, Any], texts: Texts, people: list[Person]) -> Iterator[dict[str, Any]]:
    """The opening, then the answers; the ids of a thread's posts follow from its own."""
    first = (thread["id"] - 1) * (ANSWERS + 1) + 1
    source, html = texts.opening()
    same = {"thread_id": thread["id"], "source": source, "html": html, "created_at": thread["created_at"]}
    yield {**same, "id": first, "kind": Post.Kind.OPENING, "author_id": thread["author_id"]}
    for number in range(1, ANSWERS + 1):
        source, html = texts.answer()
        at: datetime = thread["created_at"] + timedelta(hours=3 * number)
        told = {"source": source, "html": html, "created_at": at, "score": texts.chance.randrange(12)}
        author = texts.chance.choice(people).pk
        yield {**same, **told, "id": first + number, "kind": Post.Kind.ANSWER, "author_id": author}


def is_solved(thread: dict[str, Any]) -> bool:
    return bool(thread["id"] % 5 < 2)


def solutions(threads: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The first answer of each solved one."""
    for number, one in enumerate(filter(is_solved, threads), 1):
        post = (one["id"] - 1) * (ANSWERS + 1) + 2
        told = {"question_id": one["id"], "post_id": post, "by_id": one["author_id"]}
        yield {**told, "id": number, "created_at": one["active_at"]}


def tagged(threads: list[dict[str, Any]], tags: list[int], texts: Texts) -> Iterator[dict[str, Any]]:
    """A common tag, and one of many."""
    for one in threads:
        yield {"id": 2 * one["id"] - 1, "content_object_id": one["id"], "tag_id": texts.chance.choice(tags[:8])}
        yield {"id": 2 * one["id"], "content_object_id": one["id"], "tag_id": texts.chance.choice(tags[8:])}


def card(thread: dict[str, Any]) -> dict[str, Any]:
    """Its card in the team's queue."""
    asked = thread["created_at"]
    return {
        "id": thread["id"], "kind": Item.Kind.QUESTION, "title": thread["title"], "customer_id": thread["author_id"],
        "product_id": thread["product_id"], "thread_id": thread["id"], "waiting_since": asked, "ranks_at": asked,
        "state": Item.State.CLOSED if is_solved(thread) else Item.State.OPEN,
    }  # fmt: skip


def take_in(kind: str, every: list[int]) -> None:
    """Let the search know all of them, with all processors at once."""
    known = set(Document.objects.filter(kind=kind).values_list("object_id", flat=True))
    ids = [pk for pk in every if pk not in known]
    if not ids:
        return
    connections.close_all()
    batches = [(kind, ids[start : start + BATCH]) for start in range(0, len(ids), BATCH)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=django.setup) as pool:
        for number, _done in enumerate(pool.map(take_in_batch, batches), 1):
            if number % 25 == 0:
                print(f"the search has taken in {number * BATCH:,} of {len(ids):,}", flush=True)
    count_again()


def find_relatives() -> None:
    """Of the questions that are visited; the worker has nothing left to do then, and the table measures only pages."""
    waiting = Document.objects.filter(related_at__isnull=True)
    newest = list(waiting.filter(kind="question").order_by("-object_id").values_list("pk", flat=True)[:VISITED])
    waiting.exclude(pk__in=newest).update(related_at=timezone.now())
    connections.close_all()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=django.setup) as pool:
        list(pool.map(find_relatives_of, [newest[start : start + BATCH] for start in range(0, len(newest), BATCH)]))
    Document.objects.filter(related_at__lte=LONG_AGO).update(related_at=timezone.now())  # whose turn would be now


def wait_for_the_worker(seconds: int = 300) -> None:
    """Until the worker has done what was left over, from filling or from the run before."""
    end = time.monotonic() + seconds
    while ProcrastinateJob.objects.filter(status="todo", scheduled_at=None).exists():
        if time.monotonic() > end:
            raise SystemExit("The worker does not come to rest.")
        time.sleep(1)


def find_relatives_of(ids: list[int]) -> None:
    for document in Document.objects.filter(pk__in=ids):
        relate(document)


def take_in_batch(batch: tuple[str, list[int]]) -> None:
    index(*batch)
