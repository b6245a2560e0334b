"""How many readers a review helped: whoever has it open hears of each change, of yes and of no."""

import pytest

from forums.reviews import telling
from forums.threads.replying import answer
from tests.forums.reviews.scenes import ana_reviews
from tests.jobs import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """What open pages are told: the stream, the fragment, and its numbers."""
    said = []

    def hear(stream, template, context, **_more):
        review = context.get("review")
        numbers = (context["opening"].score, review.unhelpful_count) if "opening" in context else ()
        said.append((stream, template.rpartition("/")[2], numbers))

    monkeypatch.setattr(telling, "broadcast", hear)
    return said


def test_open_pages_are_told_of_each_verdict(cast, heard):
    review = ana_reviews(cast)
    stream = f"thread_state:{review.pk}"
    work()
    heard.clear()
    for deed, by, numbers in (
        (review.find_helpful, cast.ben, (1, 0)),
        (review.find_unhelpful, cast.chris, (1, 1)),
        (review.find_unhelpful, cast.ben, (0, 2)),
        (review.take_back_verdict, cast.chris, (0, 1)),
    ):
        deed(by=by)
        work()
        assert heard[-1] == (stream, "_helped.html", numbers)
        heard.clear()


def test_open_pages_are_told_that_a_reply_helped(cast, heard):
    review = ana_reviews(cast)
    post = answer(review.thread, by=cast.ben, source="The small tips fit better.")
    work()
    heard.clear()
    post.vote(by=cast.ana)
    work()
    assert (f"thread_state:{review.pk}", "_score.html", ()) in heard
