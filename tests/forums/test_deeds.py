"""Voting, following, "same problem", locking: each its own POST, seen by the right people only."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from community.events.models import Event
from forums.threads.models import Follow, Lock, Post, Vote
from tests.scenes import ana_asks, ben_answers, one_line

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def question(cast):
    return ana_asks(cast)


@pytest.fixture
def post(cast, question):
    return ben_answers(cast, question)


def deeds(question, post):
    thread = question.pk
    return [
        f"/posts/{post.pk}/vote/",
        f"/posts/{post.pk}/take-back-vote/",
        f"/watching/thread/{thread}/",
        f"/threads/{thread}/unlock/",
        f"/questions/{thread}/deeds/same-problem/",
        f"/questions/{thread}/deeds/take-back-same-problem/",
    ]


def test_a_vote_and_taking_it_back(client, cast, question, post):
    client.force_login(cast.chris)
    assert client.post(f"/posts/{post.pk}/vote/").status_code == 302
    fragment = client.post(f"/posts/{post.pk}/vote/", **HTMX).content.decode()
    assert 'aria-pressed="true"' in fragment
    assert "take-back-vote" in fragment
    post.refresh_from_db()
    assert post.score == 1
    body = client.get(question.get_absolute_url()).content.decode()
    assert f'formaction="/posts/{post.pk}/take-back-vote/"' in body
    client.post(f"/posts/{post.pk}/take-back-vote/")
    client.post(f"/posts/{post.pk}/take-back-vote/")
    post.refresh_from_db()
    assert post.score == 0


def test_nobody_votes_for_their_own_post(client, cast, post):
    client.force_login(cast.ben)
    assert client.post(f"/posts/{post.pk}/vote/").status_code == 403
    assert not Vote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_votes_at_once_are_one_vote(cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    client = Client()
    client.force_login(cast.chris)
    cookie = client.cookies["sessionid"].value

    def vote(_):
        one = Client()
        one.cookies["sessionid"] = cookie
        try:
            return one.post(f"/posts/{post.pk}/vote/").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = set(pool.map(vote, range(50)))
    post.refresh_from_db()
    assert codes == {302}
    assert (post.score, Vote.objects.count()) == (1, 1)


def test_following_and_leaving(client, cast, question):
    client.force_login(cast.chris)
    client.post(f"/watching/thread/{question.pk}/", {"level": "watch"})
    assert Follow.objects.filter(person=cast.chris).exists()
    fragment = client.post(f"/watching/thread/{question.pk}/", {"level": ""}, **HTMX).content.decode()
    assert 'aria-pressed="false"' in fragment
    assert not Follow.objects.filter(person=cast.chris).exists()


def test_ac_ask_6_chris_has_the_same_problem_and_the_third_press_in_a_minute_waits(client, cast, question):
    same, back = (f"/questions/{question.pk}/deeds/{name}/" for name in ("same-problem", "take-back-same-problem"))
    client.force_login(cast.chris)
    assert client.post(same).status_code == 302
    question.refresh_from_db()
    assert question.same_problem_count == 1
    assert Follow.objects.filter(thread=question.pk, person=cast.chris).exists()
    assert back in client.get(question.get_absolute_url()).content.decode()
    assert client.post(back).status_code == 302
    third = client.post(same)
    assert third.status_code == 429
    assert 1 <= int(third["Retry-After"]) <= 60
    Event.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    assert client.post(same).status_code == 302
    question.refresh_from_db()
    assert question.same_problem_count == 1


def test_the_same_problem_takes_the_version_from_what_the_person_owns(client, cast, question):
    cast.chris.ownerships.create(product=cast.beam2, version=cast.fw32)
    client.force_login(cast.chris)
    client.post(f"/questions/{question.pk}/deeds/same-problem/")
    assert question.same_problems.get().product_version == cast.fw32


def test_ac_ask_6_chris_chooses_the_version_and_the_button_becomes_undo(client, cast, question):
    client.force_login(cast.chris)
    assert "Beam 2, fw 3.2" in one_line(client.get(question.get_absolute_url()))

    chosen = {"product_version": cast.fw32.pk}
    fragment = one_line(client.post(f"/questions/{question.pk}/deeds/same-problem/", chosen, **HTMX))

    assert "Same problem · 1" in fragment
    assert "take-back-same-problem" in fragment
    assert "<html" not in fragment
    assert question.same_problems.get(person=cast.chris).product_version == cast.fw32
    assert Follow.objects.filter(thread=question.pk, person=cast.chris).exists()
    undone = one_line(client.post(f"/questions/{question.pk}/deeds/take-back-same-problem/", **HTMX))
    assert "Same problem · 0" in undone
    assert "Beam 2, fw 3.2" in undone


@pytest.mark.parametrize(("chosen", "status"), [("", 302), ("999999", 404), ("x", 302)])
def test_a_version_is_none_or_one_of_this_product(client, cast, question, chosen, status):
    cast.chris.ownerships.create(product=cast.beam2, version=cast.fw32)
    client.force_login(cast.chris)
    posted = client.post(f"/questions/{question.pk}/deeds/same-problem/", {"product_version": chosen})
    assert posted.status_code == status
    assert not question.same_problems.filter(product_version__isnull=False).exists()


def test_ac_ask_6_her_own_question_has_no_button(client, cast, question):
    client.force_login(cast.ana)
    assert "same-problem" not in client.get(question.get_absolute_url()).content.decode()
    assert client.post(f"/questions/{question.pk}/deeds/same-problem/").status_code == 403


def test_only_moderators_lock_and_everything_is_refused_in_a_locked_thread(client, cast, question, post):
    lock = f"/threads/{question.pk}/lock/"
    for name, status in (("ana", 404), ("mallory", 404), ("dora", 403), ("jo", 403)):
        client.force_login(getattr(cast, name))
        assert client.post(lock, {"reason": "x"}).status_code == status
    client.force_login(cast.hana)
    assert client.post(lock, {"reason": ""}).status_code == 422
    assert client.post(lock, {"reason": "Said all there is"}).status_code == 302
    client.force_login(cast.ben)
    assert client.post(f"/threads/{question.pk}/reply/", {"text": "One more thing"}).status_code == 409
    assert client.post(f"/posts/{post.pk}/comment/", {"text": "One more thing"}).status_code == 409
    assert client.post(f"/posts/{post.pk}/edit/", {"text": "Changed", "version": 1}).status_code == 403
    assert Post.objects.count() == 2
    client.force_login(cast.hana)
    assert client.post(f"/threads/{question.pk}/unlock/").status_code == 302
    assert not Lock.objects.exists()


def test_a_stranger_is_asked_to_sign_in_and_nothing_happens(client, question, post):
    for path in deeds(question, post):
        reply = client.post(path)
        assert reply.status_code == 302, path
        assert reply["Location"].startswith("/account/login/")
        assert client.post(path, **HTMX).status_code == 401
    assert not Vote.objects.exists()


def test_reading_does_no_deed(client, cast, question, post):
    client.force_login(cast.hana)
    for path in deeds(question, post):
        assert client.get(path).status_code == 405, path


def test_without_a_token_nothing_is_done(cast, question, post):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.chris)
    for path in [*deeds(question, post)[:4], f"/threads/{question.pk}/reply/", f"/posts/{post.pk}/edit/", "/drafts/"]:
        assert strict.post(path, {"text": "Something"}).status_code == 403, path


def test_a_form_that_was_open_while_somebody_signed_out_leads_back_to_its_page(cast, question):
    strict, page = Client(enforce_csrf_checks=True), question.get_absolute_url()
    sent = {"path": f"/threads/{question.pk}/reply/", "data": {"text": "Ten minutes of work"}}
    refused = strict.post(**sent, headers={"Referer": f"http://testserver{page}"})
    assert refused.status_code == 403
    assert f'href="{page}"' in refused.content.decode()
    assert f'href="/account/login/?next={quote_plus(page)}"' in refused.content.decode()
    strict.force_login(cast.chris)
    again = strict.post(**sent, headers={"Referer": f"http://testserver{page}"}).content.decode()
    assert f'href="{page}"' in again
    assert "/account/login/" not in again
    assert "evil.example" not in strict.post(**sent, headers={"Referer": "http://evil.example/x/"}).content.decode()


def test_what_is_hidden_is_missing_for_every_deed(client, cast, question, post):
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Spam")
    client.force_login(cast.mallory)
    more = [f"/posts/{post.pk}/comment/", f"/threads/{question.pk}/reply/", f"/posts/{post.pk}/edit/"]
    for path in [*deeds(question, post), *more]:
        assert client.post(path, {"text": "Let me in"}).status_code == 404, path
    client.logout()
    hidden, missing = client.get(question.get_absolute_url()), client.get("/questions/999999/nothing/")
    assert hidden.status_code == missing.status_code == 404
    variable = re.compile(rb"/questions/\d+/[\w-]+/")
    assert variable.sub(b"", hidden.content) == variable.sub(b"", missing.content)
    for path in (f"/posts/{post.pk}/", f"/posts/{post.pk}/history/"):
        assert client.get(path).status_code == 404


def test_hidden_answers_do_not_double_their_thread(client, cast, question, post):
    for hidden in (post, ben_answers(cast, question, source="Another answer that is hidden")):
        hidden.hide(by=cast.hana, reason="Wrong")
    for name in ("ana", "chris", "gil"):
        client.force_login(getattr(cast, name))
        assert client.post(f"/watching/thread/{question.pk}/", {"level": "watch"}).status_code == 302
        assert client.get(question.get_absolute_url()).status_code == 200


def test_a_partner_agent_sees_hidden_threads_of_their_own_brand_only(client, cast, question):
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Spam")
    for name, status in (("gil", 404), ("dora", 200), ("hana", 200), ("ana", 404)):
        client.force_login(getattr(cast, name))
        assert client.get(question.get_absolute_url()).status_code == status, name
