"""AC-ASK-4: solved for the asker, verified by the team, and votes: three signals, kept apart."""

import json
import re

import pytest

from community.events.models import Event
from community.notifications.models import EmailDelivery
from community.refusals import Refusal
from forums.questions.models import Question
from forums.threads.models import Post
from forums.threads.replying import answer
from tests.jobs import work
from tests.scenes import TITLE, ana_asks, ben_answers


@pytest.fixture
def question(cast):
    return ana_asks(cast)


@pytest.fixture
def post(cast, question):
    return ben_answers(cast, question)


def body_of(client, question):
    return client.get(question.get_absolute_url()).content.decode()


def told(client, question):
    """The page's structured data."""
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', body_of(client, question), re.DOTALL)
    told = json.loads(block[1])
    return next(part for part in told if "mainEntity" in part)["mainEntity"]


def press(client, path, **data):
    return client.post(path, data)


def test_ac_ask_4_ana_says_it_solved_it_and_dora_verifies(client, cast, question, post):
    client.force_login(cast.ana)
    answer_page = press(client, f"/questions/{question.pk}/accept/{post.pk}/", environment="iPhone 15")
    assert answer_page.status_code == 302
    client.force_login(cast.dora)
    press(client, f"/questions/{question.pk}/verify/{post.pk}/", product_version=cast.fw32.pk)
    client.logout()
    text = " ".join(body_of(client, question).split())
    assert "Solved it for ana" in text
    assert "Verified for fw 3.2 by Dora" in text or "Verified fw 3.2 by Dora" in text
    assert "iPhone 15" in text
    post.refresh_from_db()
    assert post.score == 0  # votes are separate


def test_ac_ask_4_two_accepted_answers_show_both_environments_and_one_accepted_answer(client, cast, question, post):
    second = answer(question.thread, by=cast.chris, source="On Beam Mini it was the foam tips, of all things.")
    question.accept(post, by=cast.ana, environment="Beam 2")
    question.accept(second, by=cast.ana, environment="Beam Mini")
    second.vote(by=cast.ben)
    body = body_of(client, question)
    assert body.count("Solved it for ana") == 2
    assert ">Beam Mini<" in body
    assert told(client, question)["acceptedAnswer"]["text"].startswith("On Beam Mini")  # most voted
    question.verify(post, by=cast.dora, product_version=cast.fw32)
    facts = told(client, question)
    assert facts["acceptedAnswer"]["text"].startswith("Turn LE Audio off")  # verified comes first
    assert len(facts["suggestedAnswer"]) == 1
    assert facts["answerCount"] == 2
    assert facts["acceptedAnswer"]["author"]["name"] == "ben"


def test_a_question_without_a_mark_has_no_accepted_answer(client, question, post):
    assert "acceptedAnswer" not in told(client, question)


def test_taking_it_back_leaves_nothing(client, cast, question, post):
    client.force_login(cast.ana)
    press(client, f"/questions/{question.pk}/accept/{post.pk}/")
    press(client, f"/questions/{question.pk}/withdraw-solution/{post.pk}/")
    question.refresh_from_db()
    assert not question.is_solved
    assert question.solutions.count() == 0
    cast.beam2.refresh_from_db()
    assert cast.beam2.solved_count == 0


@pytest.mark.parametrize("name", ["ben", "mallory", "dora", "hana"])
def test_ac_ask_4_nobody_accepts_for_ana(client, cast, question, post, name):
    client.force_login(getattr(cast, name))
    assert press(client, f"/questions/{question.pk}/accept/{post.pk}/").status_code == 403
    assert press(client, f"/questions/{question.pk}/withdraw-solution/{post.pk}/").status_code == 403
    assert question.solutions.count() == 0


@pytest.mark.parametrize("name", ["ana", "ben", "mallory", "jo", "gil"])
def test_customers_and_agents_of_other_brands_cannot_verify(client, cast, question, post, name):
    client.force_login(getattr(cast, name))
    assert press(client, f"/questions/{question.pk}/verify/{post.pk}/").status_code in (403, 404)
    assert press(client, f"/questions/{question.pk}/withdraw-verification/{post.pk}/").status_code in (403, 404)
    assert question.verifications.count() == 0


def test_ac_ask_4_a_locked_thread_refuses_acceptance(client, cast, question, post):
    question.thread.lock(by=cast.hana, reason="Gone off the rails")
    client.force_login(cast.ana)
    assert press(client, f"/questions/{question.pk}/accept/{post.pk}/").status_code == 409


def test_an_answer_of_another_question_is_not_there(client, cast, question, post):
    other = Question.objects.ask(
        by=cast.chris, title="Another question altogether", source="With another problem, " * 3
    )
    client.force_login(cast.chris)
    assert press(client, f"/questions/{other.pk}/accept/{post.pk}/").status_code == 404


def test_a_version_of_another_product_is_refused(client, cast, question, post):
    version = cast.kettle_one.versions.create(name="2.0")
    client.force_login(cast.dora)
    path = f"/questions/{question.pk}/verify/{post.pk}/"
    assert press(client, path, product_version=version.pk).status_code == 404
    with pytest.raises(Refusal):
        question.verify(post, by=cast.dora, product_version=version)


def test_ac_ask_4_the_author_takes_the_accepted_answer_back_and_ana_is_told(client, cast, question, post):
    question.accept(post, by=cast.ana)
    client.force_login(cast.ben)
    assert client.get(f"/posts/{post.pk}/remove/").status_code == 200
    assert press(client, f"/posts/{post.pk}/remove/").status_code == 302
    work()
    question.refresh_from_db()
    assert not question.is_solved
    assert Event.objects.filter(verb="solution.lost", subject_id=question.pk).count() == 1
    cast.beam2.refresh_from_db()
    assert cast.beam2.solved_count == 0
    assert "Turn LE Audio off" not in body_of(client, question)
    told = cast.ana.notifications.get(kind="solution_lost")
    assert TITLE in told.text
    assert told.url == question.get_absolute_url()
    assert EmailDelivery.objects.filter(person=cast.ana, kind="solution_lost").count() == 1


def test_hiding_the_accepted_answer_unsolves_and_restoring_solves_again(cast, question, post):
    question.accept(post, by=cast.ana)
    post.hide(by=cast.hana, reason="Wrong product")
    work()
    question.refresh_from_db()
    assert not question.is_solved
    Post.objects.get(pk=post.pk).restore(by=cast.hana)
    work()
    question.refresh_from_db()
    assert question.is_solved


def test_only_the_author_takes_an_answer_back(client, cast, question, post):
    for name in ("ana", "mallory", "dora"):
        client.force_login(getattr(cast, name))
        assert press(client, f"/posts/{post.pk}/remove/").status_code == 404
    post.refresh_from_db()
    assert post.removed_at is None


def test_accepting_twice_changes_nothing(client, cast, question, post):
    client.force_login(cast.ana)
    for _ in range(2):
        press(client, f"/questions/{question.pk}/accept/{post.pk}/")
    assert question.solutions.count() == 1
    assert Event.objects.filter(verb="solution.accepted").count() == 1


def test_deeds_are_not_done_by_reading(client, cast, question, post):
    client.force_login(cast.ana)
    for deed in ("accept", "withdraw-solution", "verify", "withdraw-verification"):
        assert client.get(f"/questions/{question.pk}/{deed}/{post.pk}/").status_code == 405


def test_a_stranger_is_asked_to_sign_in(client, question, post):
    reply = press(client, f"/questions/{question.pk}/accept/{post.pk}/")
    assert reply.status_code == 302
    assert reply["Location"].startswith("/account/login/")
