"""Reviews on the desk: few stars and open questions wait there, and nothing else does."""

import pytest

from forums.reviews.writing import Said
from forums.threads.replying import answer
from moderation.queue.models import Item
from moderation.queue.reviews import asks
from tests.forums.reviews.scenes import ana_reviews, reviews
from tests.jobs import work

pytestmark = pytest.mark.django_db


def test_a_review_of_two_stars_waits_on_the_desk(cast):
    review = ana_reviews(cast, 2)
    work()
    item = Item.objects.get(thread=review.thread)
    assert (item.kind, item.state, item.customer, item.product) == ("review", "open", cast.ana, cast.beam2)
    assert "a review of two stars or less" in [str(reason) for reason in item.reasons]


def test_a_review_of_three_stars_that_asks_nothing_does_not(cast):
    ana_reviews(cast, 3)
    work()
    assert not Item.objects.exists()


def test_a_question_in_a_review_waits_until_the_team_has_answered(cast):
    review = ana_reviews(cast, 5, source="Wonderful. Does it charge by cable as well?")
    work()
    item = Item.objects.get(thread=review.thread)
    answer(review.thread, by=cast.dora, source="Yes, it does.", as_staff=True)
    work()
    item.refresh_from_db()
    assert item.state == "watching"

    answer(review.thread, by=cast.chris, source="And while it plays?")
    work()
    item.refresh_from_db()
    assert item.state == "open"


def test_a_question_of_somebody_else_below_a_good_review_is_seen(cast):
    review = ana_reviews(cast, 5)
    answer(review.thread, by=cast.ben, source="I agree with all of it.")
    work()
    assert not Item.objects.exists()
    answer(review.thread, by=cast.chris, source="Which size of tips did you take?")
    work()
    assert Item.objects.get().state == "open"


def test_stars_that_rise_settle_the_matter_and_stars_that_fall_open_it(cast):
    review = ana_reviews(cast, 1)
    work()
    review.rewrite(Said(stars=4, title="After four weeks", source=review.opening.source), by=cast.ana, version=1)
    work()
    item = Item.objects.get()
    assert item.state == "closed"
    review.rewrite(
        Said(stars=2, title="After four weeks", source=review.opening.source),
        by=cast.ana,
        version=review.opening.version,
    )
    work()
    item.refresh_from_db()
    assert item.state == "open"


def test_a_hidden_review_waits_for_nobody(cast):
    review = reviews(cast.chris, 1, cast.beam2)
    work()
    review.opening.hide(by=cast.hana, reason="spam")
    work()
    assert Item.objects.get().state == "closed"


@pytest.mark.parametrize(
    ("text", "is_question"),
    [("Does it?", True), ("See https://example.org/?a=b", False), ("Never again.", False), ("“Is it?” he said", True)],
)
def test_what_is_a_question(text, is_question):
    assert asks(text) is is_question


def test_the_desk_opens_a_review(cast, client):
    review = ana_reviews(cast, 1)
    work()
    client.force_login(cast.dora)
    page = client.get(Item.objects.get().get_absolute_url())
    assert page.status_code == 200
    assert review.thread.title in page.content.decode()
