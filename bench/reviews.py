"""A product with very many reviews: `python -m bench.reviews --size 100000 --writes 10000 --processes 8`.

It fills a database of its own (by COPY), asks for the product's page and list past everything that is kept, posts
reviews by the page, compares the means of single aspects with a count of its own, lets several processes write, change
and hide reviews of the product at once, and counts all of it again. Times are of the processors, of this process and of
PostgreSQL together, so that other work on the machine does not blur them.
"""

import argparse
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import psutil

from bench.place import NO_LIMITS, ROOT, settle

asked = argparse.ArgumentParser(prog="bench.reviews")
asked.add_argument("--size", type=int, default=100_000)
asked.add_argument("--writes", type=int, default=10_000)
asked.add_argument("--processes", type=int, default=8)
asked.add_argument("--var", default=str(ROOT / "var" / "bench-reviews"))
asked.add_argument("--writer", type=int, default=-1, help=argparse.SUPPRESS)
options = asked.parse_args()
settle(options.var, **NO_LIMITS)

import django  # noqa: E402 - Django reads its settings here

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.copying import copy_in  # noqa: E402
from bench.times import within  # noqa: E402
from community.catalogue.models import Brand, Product, ProductLine  # noqa: E402
from community.live.purging import purge  # noqa: E402
from community.people.models import Person  # noqa: E402
from forums.hubs.rating import LATEST  # noqa: E402
from forums.reviews.arithmetic import rounded  # noqa: E402
from forums.reviews.models import Aspect, AspectRating, Rating, Review, Score  # noqa: E402
from forums.reviews.recounting import recount_scores  # noqa: E402
from forums.reviews.writing import Said  # noqa: E402
from forums.threads.models import Post, Thread  # noqa: E402

SLUG, FIRST, ASKED = "bench-reviewed", 1, 40
ASPECTS = ("Sound", "Comfort", "Build")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = [a + b for a in ("bar", "ken", "lo", "mi", "pul", "ra", "sto", "ti", "ver", "zu") for b in
         ("dan", "fel", "gor", "hin", "jas", "kul", "mor", "nat", "pes", "rim")]  # fmt: skip


def main() -> int:
    return write_many() if options.writer >= 0 else measure()


def measure() -> int:
    """The whole of it; the exit code says whether all sums are right."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(options.size)
    pages()
    words = random.Random(time.time_ns())
    posting("posting a review (with signing in)", words)
    words.seed(4711)
    posting("the same on a busy day", words)
    words.seed(4711)
    posting("posting what somebody else said a minute ago, which is held", words)
    strange = aspects_that_differ()
    print(f"means of single aspects, counted again: {strange or 'equal'}")
    before = Review.objects.count()
    began = time.perf_counter()
    command = [sys.executable, "-m", "bench.reviews", *sys.argv[1:], "--writer"]
    running = [subprocess.Popen([*command, str(number)], cwd=ROOT) for number in range(options.processes)]
    failed = sum(process.wait() != 0 for process in running)
    score = Score.objects.get(product__slug=SLUG)
    wrong = recount_scores()
    print(f"{Review.objects.count() - before} reviews by {options.processes} processes in "
          f"{time.perf_counter() - began:.0f} s, {failed} processes failed")  # fmt: skip
    print(f"kept sums {score.histogram}, n = {score.n}; counted again: {'equal' if not wrong else 'WRONG'}")
    return 1 if wrong or failed or strange else 0


def fill(size: int) -> None:
    """People, threads, texts, reviews and their stars, as so many years would have made them."""
    if Review.objects.count() >= size:
        return
    brand, _is_new = Brand.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    line, _is_new = ProductLine.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    facts = {"name": "Bench One", "brand": brand, "line": line}
    product, _is_new = Product.objects.get_or_create(slug=SLUG, defaults=facts)
    aspects = [Aspect.objects.create(line=line, name=name, position=n) for n, name in enumerate(ASPECTS)]
    ids = range(FIRST, size + FIRST)
    copy_in(Person, ({"id": n, "username": f"r{n}", "username_key": f"r{n}", "password": "!"} for n in ids))
    rows = [(n, BEGAN - timedelta(minutes=7 * n), random.Random(n)) for n in ids]
    copy_in(Thread, ({"id": n, "kind": "review", "title": title(r), "slug": "bench", "author_id": n, "created_at": at,
                      "active_at": at, "changed_at": at, "product_id": product.pk} for n, at, r in rows))  # fmt: skip
    texts = ((n, at, text(r)) for n, at, r in rows)
    copy_in(Post, ({"id": n, "thread_id": n, "kind": "opening", "author_id": n, "source": words, "html": words,
                    "created_at": at} for n, at, words in texts))  # fmt: skip
    stars = {n: r.choices([1, 2, 3, 4, 5], [6, 3, 7, 22, 62])[0] for n, _at, r in rows}
    copy_in(Review, ({"thread_id": n, "author_id": n, "product_id": product.pk, "about": "product", "stars": stars[n],
                      "written_at": at, "helpfulness": n % 700_000} for n, at, _r in rows))  # fmt: skip
    copy_in(Rating, ({"id": n, "review_id": n, "number": 1, "stars": stars[n], "created_at": at} for n, at, _r in rows))
    copy_in(AspectRating, aspect_rows(ids, aspects))
    recount_scores()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def aspect_rows(reviews: range, aspects: list[Aspect]) -> Iterator[dict[str, int]]:
    """Two of three reviews rate an aspect, each another two."""
    chance = random.Random(7)
    given = ((review, place) for review in reviews for place in range(len(aspects)) if (review + place) % 3)
    for number, (review, place) in enumerate(given, 1):
        yield {"id": number, "review_id": review, "aspect_id": aspects[place].pk, "stars": chance.randint(1, 5)}


def aspects_that_differ() -> list[str]:
    """Each aspect whose mean on the hub, or beside other products, is not what these lines make of all rows."""
    counted = list(Review.objects.counted().filter(product__slug=SLUG).order_by("-written_at", "-pk").values_list("pk"))
    places = {pk: place for place, (pk,) in enumerate(counted)}
    client, strange = Client(), []
    purge("*")
    hub, beside = (client.get(path).content.decode() for path in (f"/products/{SLUG}/", f"/products/compare/?p={SLUG}"))
    for name in ASPECTS:
        rows = AspectRating.objects.filter(aspect__name=name).values_list("review", "stars")
        given = [stars for pk, stars in rows if places.get(pk, LATEST) < LATEST]
        right = mean_of(given) if given else None  # after many runs the latest reviews are those that rate no aspect
        told = re.search(rf"<dt>{name}</dt>.*?<b>([\d.]+)</b>", hub, re.DOTALL)
        row = re.search(rf">{name}</th>.*?([\d.]+)</td>", beside, re.DOTALL)
        if (told and told[1], row and row[1]) != (right, right):
            strange.append(name)
    return strange


def mean_of(stars: list[int]) -> str:
    """To one place, as the pages say it."""
    return str(rounded(Fraction(sum(stars), len(stars))))


def pages() -> None:
    """The hub and the list, past everything that is kept."""
    client = Client()
    for path in (f"/products/{SLUG}/", f"/products/{SLUG}/reviews/", f"/products/{SLUG}/reviews/?sort=helpful",
                 f"/products/{SLUG}/reviews/?stars=2&verified=1", f"/products/compare/?p={SLUG}"):  # fmt: skip
        client.get(path)

        def ask(path: str = path) -> None:
            purge("*")
            assert client.get(path, headers={"X-Requested-With": "bench"}).status_code == 200

        report(path, ask)


def posting(name: str, words: random.Random) -> None:
    """One review after the other by the page's form."""
    people = iter([Person.objects.create_user(f"poster{n}-{time.time_ns()}", "", None) for n in range(ASKED + 1)])
    client = Client()  # one for all: a new one makes the whole site's middleware anew, the table of static files too

    def post() -> None:
        client.force_login(next(people))
        typed = {"stars": "4", "title": title(words), "text": text(words)}
        assert client.post(f"/products/{SLUG}/reviews/new/", typed).status_code == 302

    post()
    report(name, post)


def report(name: str, act: Callable[[], Any]) -> None:
    """How much processor time an act takes, in the middle and at the 95th of a hundred."""
    spent = []
    for _number in range(ASKED):
        began = processors()
        act()
        spent.append(1000 * (processors() - began))
    print(f"{name}: {within(spent, 0.5):.0f} ms in the middle, {within(spent, 0.95):.0f} ms p95 (processor time)")


def processors() -> float:
    """The processor time of this process and of the process of PostgreSQL that serves it."""
    connection.ensure_connection()
    served = psutil.Process(connection.connection.info.backend_pid).cpu_times()
    return time.process_time() + served.user + served.system


def write_many() -> int:
    """One of the processes: it writes its share; every fifth it changes, every tenth it hides or brings back."""
    words = random.Random(time.time_ns())
    product = Product.objects.get(slug=SLUG)
    staff, _is_new = Person.objects.get_or_create(username="bench-staff", defaults={"username_key": "bench-staff"})
    for number in range(options.writes // options.processes):
        person = Person.objects.create_user(f"w{options.writer}-{number}-{time.time_ns()}", "", None)
        review = Review.objects.write(Said(words.randint(1, 5), title(words), text(words)), by=person, product=product)
        if number % 5 == 0:
            said = Said(words.randint(1, 5), title(words), text(words))
            review.rewrite(said, by=person, version=review.opening.version)
        if number % 10 == 0:
            review.opening.hide(by=staff, reason="bench")
    return 0


def text(words: random.Random) -> str:
    return " ".join(words.choices(WORDS, k=30)).capitalize() + "."


def title(words: random.Random) -> str:
    return " ".join(words.choices(WORDS, k=4)).capitalize()


if __name__ == "__main__":
    sys.exit(main())
