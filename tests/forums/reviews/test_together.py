"""Many processes write reviews of one product at once; the kept sums are what a count makes."""

import multiprocessing
import os
import random
from collections import Counter

import pytest
from django.db import connections

from community.catalogue.models import Product
from community.people.models import Person
from forums.reviews.models import Review, Score
from forums.reviews.recounting import recount_scores
from forums.reviews.writing import Said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PROCESSES = 4
WRITES = int(os.environ.get("PORCHLIGHT_WRITES", "120"))
LETTERS = "abcdefghijklmnoprstuvw"


def words(some: random.Random, number: int) -> str:
    return " ".join("".join(some.choices(LETTERS, k=6)) for _word in range(number)).capitalize()


def write(share: int, writer: int) -> None:
    """One of the processes: every third review is changed, every fourth hidden, every eighth brought back."""
    some = random.Random(writer)
    product, staff = Product.objects.get(slug="beam-2"), Person.objects.get(username="hana")
    for number in range(share):
        by = Person.objects.create_user(f"writer{writer}-{number}", "", None)
        said = Said(some.randint(1, 5), words(some, 3), words(some, 25))
        review = Review.objects.write(said, by=by, product=product)
        if number % 3 == 0:
            review.rewrite(Said(some.randint(1, 5), "Other", words(some, 25)), by=by, version=review.opening.version)
        if number % 4 == 0:
            review.opening.hide(by=staff, reason="for the test")
        if number % 8 == 0:
            review.opening.restore(by=staff)


def test_the_sums_are_exact_after_many_processes_wrote_at_once(cast):
    cast.beam2, cast.hana  # noqa: B018
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    running = [fork.Process(target=write, args=(WRITES // PROCESSES, writer)) for writer in range(PROCESSES)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0] * PROCESSES
    seen = Counter(Review.objects.filter(thread__is_hidden=False).values_list("stars", flat=True))
    assert Score.objects.get().histogram == [seen[stars] for stars in (1, 2, 3, 4, 5)]
    assert Review.objects.count() == WRITES // PROCESSES * PROCESSES
    assert recount_scores() == []
