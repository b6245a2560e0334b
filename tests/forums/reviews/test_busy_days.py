"""A day on which very many write: the burst among them is found, and nobody's review costs more for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.reviews.models import Came, Review
from forums.reviews.signals import POINTS, SIGNALS, burst, noticed, same_words, written_now
from forums.reviews.writing import Said

pytestmark = pytest.mark.django_db
NOUNS = ["sound", "fit", "hinge", "case", "noise", "range", "bass", "calls", "weight", "colour", "price", "app"]


def honest(cast, number: int) -> Review:
    """Somebody who has nothing to do with anybody, on the day on which the product came out."""
    said = Said(4, f"Number {number}", f"My {NOUNS[number % 12]} is number {number} of {number * 7} that I liked.")
    return Review.objects.write(
        said, by=cast.person(f"honest{number}"), product=cast.beam2, came=Came(f"h{number:031}")
    )


def bought(cast, number: int) -> Review:
    """One of twelve from three devices."""
    said = Said(5, "Great", f"The {NOUNS[number]} is fine.")
    return Review.objects.write(
        said, by=cast.person(f"paid{number}"), product=cast.beam2, came=Came(str(number % 3) * 32)
    )


def test_ac_rev_7_twelve_from_three_devices_are_found_among_sixty_others_and_those_stay(cast):
    bought(cast, 0)
    for number in range(60):
        honest(cast, number)
    for number in range(1, 12):
        bought(cast, number)
    held = Review.objects.filter(thread__is_hidden=True)
    assert {review.author.username for review in held} == {f"paid{number}" for number in range(12)}
    assert cast.beam2.score.n == 60


def test_a_review_that_is_held_costs_no_more_when_many_others_wrote_in_the_same_minutes(cast):
    def cost(number: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert bought(cast, number).thread.is_hidden
        return len(asked)

    for number in range(8):
        honest(cast, number)
    for number in range(4):
        bought(cast, number)
    few = cost(4)
    for number in range(8, 68):
        honest(cast, number)
    assert cost(5) <= few + 3


def test_what_a_product_gets_usually_is_counted_no_further_than_it_takes(cast, time_machine):
    time_machine.move_to("2026-06-01T10:00:00Z", tick=False)
    for number in range(3):
        honest(cast, number)
    time_machine.shift(timedelta(days=20))
    for number in range(3, 8):
        honest(cast, number)
    with CaptureQueriesContext(connection) as asked:
        assert burst(written_now(Review.objects, cast.ben, cast.beam2, Came(), ""))
    counting = [row["sql"] for row in asked if "COUNT(*)" in row["sql"] and "LIMIT 15553" in row["sql"]]
    assert len(counting) == 1, "six now and five times as many as usual: 15,552 in ninety days would be too many"


def test_an_honest_review_is_not_asked_about_a_burst_that_could_not_hold_it(cast):
    for number in range(6):
        honest(cast, number)
    one = written_now(Review.objects, cast.ben, cast.beam2, Came(), "Fine.")
    with CaptureQueriesContext(connection) as asked:
        assert noticed(one) == []
    assert len(asked) == 0
    assert {ask.__name__ for ask in POINTS} == {ask.__name__ for ask in SIGNALS}


def test_a_copy_is_found_though_many_share_a_turn_of_phrase_with_it(cast):
    words = "I took these headphones to the sea and back, and not once did they lose the connection to my phone."
    first = Review.objects.write(Said(5, source=words), by=cast.ana, product=cast.kettle_one)
    for number in range(25):
        shared = (
            f"I took these headphones to the {NOUNS[number % 12]} of number {number}, where {number * 3} others are."
        )
        Review.objects.write(Said(4, source=shared), by=cast.person(f"some{number}"), product=cast.beam2)
    signal = same_words(written_now(Review.objects, cast.ben, cast.beam2, Came(), words))
    assert signal
    assert f"review {first.pk}" in signal.reason
