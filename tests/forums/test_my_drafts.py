"""What somebody has begun and not sent: one list, with the way to where each goes on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forums.threads.models import Draft, Post
from forums.threads.replying import answer
from tests.forums.reviews.scenes import ana_reviews
from tests.scenes import ana_asks, ben_answers, one_line

pytestmark = pytest.mark.django_db
MINE = "/drafts/mine/"


def keep(person, place: str, text: str = "Have you tried the other codec?", title: str = "") -> Draft:
    return Draft.objects.keep(by=person, place=place, text=text, title=title)


def test_each_draft_says_what_it_was_to_become_and_leads_there(client, cast):
    question, review = ana_asks(cast), ana_reviews(cast)
    opening, reply = question.thread.posts.get(), ben_answers(cast, question)
    places = {
        "ask": "/questions/new/",
        f"thread:{question.pk}": f"{question.get_absolute_url()}#reply",
        f"post:{opening.pk}": f"/posts/{opening.pk}/comment/",
        f"edit:{opening.pk}": f"/posts/{opening.pk}/edit/",
        f"suggest:{reply.pk}": f"/posts/{reply.pk}/suggest/",
        f"review:{cast.kettle_one.pk}": reverse("forums:review-new", args=[cast.kettle_one.slug]),
        "review-company": "/reviews/company/new/",
        f"review-edit:{review.pk}": f"/reviews/{review.pk}/deeds/edit/",
    }
    for place in places:
        keep(cast.ana, place, text=f"Words for {place}")
    client.force_login(cast.ana)
    page = one_line(client.get(MINE))
    for place, address in places.items():
        assert f'href="{address}"' in page
        assert f"Words for {place}" in page
        assert client.get(address.partition("#")[0]).status_code == 200
    assert f"Your answer to “{question.thread.title}”" in page


def test_of_a_place_that_is_gone_the_words_are_still_there_and_nothing_else(client, cast):
    question = ana_asks(cast, title="Second pair has a scratch on its left side")
    keep(cast.chris, f"thread:{question.pk}", text="Mine has one, too.\n\nBut on the right side.")
    question.thread.posts.get().hide(by=cast.hana, reason="Advertising")
    client.force_login(cast.chris)
    page = one_line(client.get(MINE))
    assert "A text whose place is not there any more" in page
    assert "But on the right side." in page
    assert "Second pair" not in page


def test_a_draft_is_thrown_away_once_asked_and_only_ones_own(client, cast):
    keep(cast.ana, "ask")
    keep(cast.chris, "ask")
    client.force_login(cast.ana)
    for _ in range(2):  # clicked twice
        assert client.post("/drafts/forget/", {"place": "ask"})["Location"] == MINE
    assert Draft.objects.get().person == cast.chris
    assert client.get("/drafts/forget/").status_code == 405
    assert "No drafts" in client.get(MINE).content.decode()


def test_nobody_reads_the_drafts_of_others_and_a_stranger_signs_in(client, cast):
    keep(cast.ana, "ask", text="Only Ana knows these words.")
    client.force_login(cast.mallory)
    assert "Only Ana knows" not in client.get(MINE).content.decode()
    client.logout()
    assert client.get(MINE)["Location"].startswith("/account/login/")
    assert client.post("/drafts/forget/", {"place": "ask"})["Location"].startswith("/account/login/")
    assert Draft.objects.count() == 1


def test_many_drafts_take_as_many_statements_as_one_of_each_kind(client, cast, settings):
    settings.POSTS_A_MINUTE = 100
    question = ana_asks(cast)
    posts = [answer(question.thread, by=cast.ben, source=f"Try number {n} of the settings.") for n in range(12)]
    client.force_login(cast.ana)
    keep(cast.ana, f"thread:{question.pk}")

    def statements(some: list[Post]) -> int:
        for post in some:
            keep(cast.ana, f"post:{post.pk}")
            keep(cast.ana, f"suggest:{post.pk}")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(MINE).content.decode()
        assert page.count("Have you tried the other codec?") == 1 + 2 * len(some)
        return len(asked)

    client.get(MINE)
    few = statements(posts[:1])
    assert statements(posts) == few <= 16
