"""The team asks the asker back, and she replies by mail (AC-ASK-7)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community.inbound.models import InboundMail
from community.notifications.models import EmailDelivery
from forums.questions.models import NeedsInfo, Question
from forums.questions.tasks import follow_up_needs
from forums.threads.models import Draft
from forums.threads.replying import comment
from moderation.queue.models import Item
from tests.community.inbound.letters import comes_in, last_mail_to, reply_to
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

REPLY = (
    "It is a Pixel 8 with Android 16.\n\n-- \nAna Example\nExample Ltd, Berlin\n\n"
    "Am Di., 3. Nov. 2026 um 10:41 Uhr schrieb Northlight Community <community@northlight.example>:\n\n"
    "> --- Reply above this line / Antwort über diese Zeile ---\n>\n> phone model\n"
)


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.MAIL_HOOK_SECRET = "a secret of the tests"


@pytest.fixture
def question(client, cast):
    """Ana has asked, and Dora needs to know the model of her phone."""
    question = ana_asks(cast)
    assert cast.dora
    work()
    client.force_login(cast.dora)
    assert client.post(f"/questions/{question.pk}/needs-info/", {"what": "phone model"}).status_code == 302
    work()
    client.logout()
    question.refresh_from_db()
    return question


def item_of(question) -> Item:
    return Item.objects.get(thread=question.thread)


def told(cast):
    return EmailDelivery.objects.filter(person=cast.ana, kind="needs_info")


def age(question, days: int) -> None:
    question.needs.update(created_at=timezone.now() - timedelta(days=days))


def test_ac_ask_7_the_question_waits_for_ana_and_she_gets_one_mail(client, cast, question):
    assert told(cast).count() == 1
    assert told(cast).get().reply_to.startswith("reply+p-")
    assert "phone model" in told(cast).get().text
    assert "waiting for ana: phone model" in client.get(question.get_absolute_url()).content.decode()
    assert "waiting for ana" in client.get("/questions/?view=needs-info").content.decode()
    assert item_of(question).state == "watching"


def test_ac_ask_7_by_mail_only_her_new_text_is_added_and_the_question_is_open_again(client, cast, question):
    mail = comes_in(reply_to(last_mail_to(cast.ana), REPLY))
    work()
    assert (mail.state, mail.reason) == ("accepted", "")
    assert question.thread.posts.get(kind="comment").source == "It is a Pixel 8 with Android 16."
    question.refresh_from_db()
    assert question.info_wanted == ""
    assert question.needs.get().answered_at
    assert item_of(question).state == "open"
    assert "waiting for ana" not in client.get(question.get_absolute_url()).content.decode()
    assert not Question.objects.needing_info().exists()


def test_ac_ask_7_on_the_page_she_does_the_same(cast, question):
    comment(question.thread.posts.get(kind="opening"), by=cast.ana, source="It is a Pixel 8.")
    work()
    assert question.needs.get().answered_at
    assert item_of(question).state == "open"


def test_what_others_say_does_not_answer_it(cast, question):
    comment(question.thread.posts.get(kind="opening"), by=cast.ben, source="I would like to know that too.")
    work()
    assert question.needs.get().is_waiting


def test_ac_ask_7_one_reminder_after_7_days_and_closed_after_14_with_one_click_to_reopen(client, cast, question):
    age(question, 6)
    follow_up_needs(timestamp=0)
    assert question.needs.get().reminded_at is None
    age(question, 7)
    follow_up_needs(timestamp=0)
    follow_up_needs(timestamp=0)
    work()
    assert told(cast).count() == 2
    age(question, 14)
    follow_up_needs(timestamp=0)
    follow_up_needs(timestamp=0)
    work()
    assert told(cast).count() == 3
    question.refresh_from_db()
    assert question.closed_at
    assert item_of(question).state == "closed"
    link = re.search(r"/questions/reopen/[\w.-]+/", last_mail_to(cast.ana).text)[0]
    assert client.get(link).status_code == 200
    assert NeedsInfo.objects.get().closed_at, "opening the page changes nothing"
    assert NeedsInfo.objects.get().answered_at is None
    assert client.post(link).status_code == 302
    work()
    question.refresh_from_db()
    assert question.closed_at is None
    assert item_of(question).state == "open"
    assert client.get(link.replace(link[-2], "a" if link[-2] != "a" else "b", 1)[:-3] + "zz/").status_code == 404


def test_ac_ask_7_from_another_address_it_is_held_and_she_is_asked(cast, question, mailoutbox):
    mail = comes_in(reply_to(last_mail_to(cast.ana), "Pixel 8", From="ana@work.example.net"))
    work()
    assert (mail.state, mail.reason) == ("held", "unknown_sender")
    assert question.needs.get().is_waiting
    assert sum(f"/mails/{mail.pk}/" in sent.body and sent.to == ["ana@example.org"] for sent in mailoutbox) == 1


def test_ac_ask_7_an_oversized_mail_is_rejected_with_the_reason_and_its_text_kept(cast, question, settings, mailoutbox):
    settings.MAIL_MAX_BYTES = 2000
    big = reply_to(last_mail_to(cast.ana), "It is a Pixel 8, see the film.")
    big.add_attachment(b"x" * 4000, maintype="video", subtype="mp4", filename="film.mp4")
    mail = comes_in(big)
    work()
    assert (mail.state, mail.reason) == ("rejected", "too_big")
    assert Draft.objects.get(person=cast.ana).text == "It is a Pixel 8, see the film."
    assert sum("see the film" in sent.body for sent in mailoutbox) == 1
    assert InboundMail.objects.count() == 1


def test_dora_takes_it_back_and_nobody_else_may(client, cast, question):
    client.force_login(cast.mallory)
    assert client.get(f"/questions/{question.pk}/needs-info/").status_code == 404
    assert client.post(f"/questions/{question.pk}/take-back-need/").status_code == 404
    client.force_login(cast.gil)
    assert client.post(f"/questions/{question.pk}/needs-info/", {"what": "x"}).status_code == 403
    client.force_login(cast.dora)
    assert client.post(f"/questions/{question.pk}/needs-info/", {"what": " "}).status_code == 422
    assert client.get(f"/questions/{question.pk}/take-back-need/").status_code == 405
    client.post(f"/questions/{question.pk}/take-back-need/")
    question.refresh_from_db()
    assert question.info_wanted == ""


def test_what_solved_it_ends_the_wait_so_that_nobody_is_reminded_and_nothing_is_closed(client, cast, question):
    reply = ben_answers(cast, question)
    client.force_login(cast.ana)
    client.post(f"/questions/{question.pk}/accept/{reply.pk}/")
    work()
    page = client.get(question.get_absolute_url()).content.decode()
    assert "waiting for ana" not in page
    assert "Solved for ana" in page
    age(question, 14)
    follow_up_needs(timestamp=0)
    work()
    question.refresh_from_db()
    assert (question.closed_at, told(cast).count()) == (None, 1)
    assert item_of(question).state == "closed"


def test_who_asks_back_what_the_asker_calls_solved_is_told_what_to_do_and_keeps_the_words(client, cast, question):
    reply = ben_answers(cast, question)
    question.accept(reply, by=cast.ana)
    client.force_login(cast.dora)
    response = client.post(f"/questions/{question.pk}/needs-info/", {"what": "the colour of the light"})
    assert response.status_code == 409
    assert "Write a comment instead" in response.content.decode()
    assert "the colour of the light" in response.content.decode()
