"""Undo send: half a minute to take back what was just posted, with the words given back and nobody told of it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from community.notifications.models import Notification
from forums.questions.models import Question
from forums.threads.models import Draft, Post
from forums.threads.replying import answer, comment
from tests.community.notifications.days import paced, turn
from tests.jobs import work
from tests.scenes import BODY, TITLE, ana_asks, one_line

UNDO = r'action="(/posts/\d+/undo/)".*?><input type="hidden" name="csrfmiddlewaretoken" value="(\w+)">'
TEXT = "Turn LE Audio off in the app, then pair both earbuds again."


@pytest.fixture(autouse=True)
def half_a_minute(settings):
    settings.UNDO_SECONDS = 30


@pytest.fixture
def question(cast):
    question = ana_asks(cast)
    paced(cast.ana)
    work()
    return question


def ben_sends(client, cast, question, text=TEXT) -> Post:
    client.force_login(cast.ben)
    client.post(f"/threads/{question.pk}/reply/", {"text": text, "once": f"a{Post.objects.count()}"})
    return Post.objects.get(kind="answer", removed_at=None)


def later(seconds: int):
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=True)


def test_an_answer_is_undone_where_it_was_sent_with_its_words_and_without_a_trace(client, cast, question):
    post = ben_sends(client, cast, question)
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Your answer is there." in page
    [(address, token)] = re.findall(UNDO, page)
    assert token
    assert TEXT in page
    assert 'data-testid="undo"' not in client.get(question.get_absolute_url()).content.decode()  # said once
    back = client.post(address, {"once": "u1"}, follow=True)
    assert back.redirect_chain[-1][0] == f"{question.get_absolute_url()}#reply"
    page = back.content.decode()
    assert "Not sent. Your text is here again." in page
    assert f">\n{TEXT}</textarea>" in page
    assert f"post-{post.pk}" not in page
    question.thread.refresh_from_db()
    assert question.thread.answer_count == 0
    client.logout()
    assert TEXT not in client.get(question.get_absolute_url()).content.decode()


def test_nobody_is_told_of_what_was_undone_and_of_what_was_not_half_a_minute_later(client, cast, question):
    post = ben_sends(client, cast, question)
    turn()
    assert Notification.objects.filter(person=cast.ana, gone_at=None, kind="answer").exists()  # on the site at once
    assert not mail.outbox
    client.post(f"/posts/{post.pk}/undo/")
    with later(40):
        turn()
        assert not mail.outbox
        assert not Notification.objects.filter(person=cast.ana, gone_at=None, kind="answer").exists()
        ben_sends(client, cast, question)
        turn()
        assert not mail.outbox
    with later(80):
        turn()
        assert [letter.to for letter in mail.outbox] == [[cast.ana.email]]


def test_clicked_twice_it_is_undone_once_with_and_without_a_key(client, cast, question):
    post = ben_sends(client, cast, question)
    for key in ("u1", "u1", "u2", ""):
        reply = client.post(f"/posts/{post.pk}/undo/", {"once": key})
        assert reply["Location"] == f"{question.get_absolute_url()}#reply"
    assert Draft.objects.get(person=cast.ben).text == TEXT


def test_the_same_words_can_be_sent_again_at_once(client, cast, question, settings):
    settings.NEW_MEMBER_REPEATS = 1
    new = cast.person("newcomer", level=0)
    client.force_login(new)
    for number in range(2):
        client.post(f"/threads/{question.pk}/reply/", {"text": TEXT, "once": f"n{number}"})
        post = Post.objects.get(author=new, removed_at=None)
        assert not post.is_hidden
        if number == 0:
            client.post(f"/posts/{post.pk}/undo/")
    assert not Draft.objects.filter(person=new).exists()


def test_after_somebody_answered_it_or_half_a_minute_it_stays_and_says_why(client, cast, question):
    post = ben_sends(client, cast, question)
    comment(post, by=cast.ana, source="Thank you, I try that tonight.")
    reply = client.post(f"/posts/{post.pk}/undo/")
    assert reply.status_code == 409
    assert "Somebody has already answered this, so it stays." in one_line(reply)
    other = answer(question.thread, by=cast.chris, source="Mine did that as well.")
    client.force_login(cast.chris)
    with later(36):
        reply = client.post(f"/posts/{other.pk}/undo/")
        assert reply.status_code == 409
        assert "It is too late to undo this" in one_line(reply)
    assert not Post.objects.filter(removed_at__isnull=False).exists()


def test_a_comment_comes_back_to_its_own_form_beside_what_was_begun_there(client, cast, question):
    opening = question.thread.posts.get(kind="opening")
    client.force_login(cast.chris)
    client.post(f"/posts/{opening.pk}/comment/", {"text": "Which phone is it?"})
    Draft.objects.keep(by=cast.chris, place=f"post:{opening.pk}", text="Another thought.", seen=None)
    remark = Post.objects.get(kind="comment")
    back = client.post(f"/posts/{remark.pk}/undo/", follow=True)
    assert back.redirect_chain[-1][0] == f"/posts/{opening.pk}/comment/"
    assert "Another thought.\n\nWhich phone is it?" in back.content.decode()


def test_a_question_is_gone_for_everybody_and_can_be_asked_again(client, cast):
    client.force_login(cast.ana)
    fields = {"title": TITLE, "text": BODY, "product": cast.beam2.pk}
    client.post("/questions/new/", fields | {"once": "q1"})
    question = Question.objects.get()
    work()
    cast.beam2.refresh_from_db()
    assert cast.beam2.question_count == 1
    address = question.get_absolute_url()
    assert "Your question is there." in client.get(address).content.decode()
    opening = question.thread.posts.get()
    back = client.post(f"/posts/{opening.pk}/undo/", follow=True)
    page = back.content.decode()
    assert back.redirect_chain[-1][0] == "/questions/new/?product=beam-2"
    assert TITLE in page
    assert BODY in page
    work()
    cast.beam2.refresh_from_db()
    assert cast.beam2.question_count == 0
    assert question.thread.item.state == "closed"
    assert client.get(address).status_code == 410
    client.post("/questions/new/", fields | {"once": "q2"})
    assert Question.objects.count() == 2
    client.logout()
    assert client.get(address).status_code == 410
    client.force_login(cast.hana)
    assert client.post(f"/threads/{question.pk}/bring-back/").status_code == 409


def test_a_question_with_an_answer_stays(client, cast, question):
    answer(question.thread, by=cast.ben, source=TEXT)
    client.force_login(cast.ana)
    assert client.post(f"/posts/{question.thread.posts.first().pk}/undo/").status_code == 409
    assert client.get(question.get_absolute_url()).status_code == 200


def test_mallory_undoes_nothing_of_anybody_else(client, cast, question):
    post = ben_sends(client, cast, question)
    client.force_login(cast.mallory)
    assert client.post(f"/posts/{post.pk}/undo/").status_code == 404
    assert client.get(f"/posts/{post.pk}/undo/").status_code == 405
    client.logout()
    assert client.post(f"/posts/{post.pk}/undo/")["Location"].startswith("/account/login/")
    post.refresh_from_db()
    assert post.removed_at is None
