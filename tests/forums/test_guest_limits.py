"""AC-ASK-2: what is refused to those who ask without an account, and how often they may."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.notifications.models import EmailDelivery
from community.people.joining import confirm_address
from forums.questions.models import GuestQuestion, Question
from tests.forums.test_guest_questions import EMAIL, leave, link_in_mail
from tests.jobs import work
from tests.scenes import BODY, TITLE


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "not an address"}, "valid email"),
        ({"email": ""}, "required"),
        ({"name": ""}, "required"),
        ({"name": "moderator"}, "kept for the team"),
        ({"title": "help"}, "15 characters"),
        ({"text": "No."}, "30 characters"),
    ],
)
def test_what_is_wrong_is_said_and_the_text_given_back(client, typed, changes, words):
    reply = leave(client, typed, **changes)
    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert (BODY if "text" not in changes else TITLE) in reply.content.decode()
    assert not GuestQuestion.objects.exists()
    assert not EmailDelivery.objects.exists()


def test_a_taken_name_is_asked_again(client, cast, typed):
    reply = leave(client, typed, name=cast.ben.username.upper())
    assert reply.status_code == 422
    assert "Somebody has this name already" in reply.content.decode()


@pytest.mark.parametrize(("title", "text"), [("help", BODY), (TITLE, "No.")])
def test_the_first_step_refuses_what_says_nothing(client, typed, title, text):
    reply = client.post("/questions/new/guest/", {**typed, "title": title, "text": text})
    assert reply.status_code == 422
    assert "Send me the link" not in reply.content.decode()
    assert text in reply.content.decode()


def test_personal_data_is_noticed_before_any_mail_and_can_be_blacked_out(client, typed):
    typed["text"] = BODY + " My card is 4111 1111 1111 1111."
    refused = client.post("/questions/new/guest/", typed)
    assert refused.status_code == 422
    assert 'name="black_out"' in refused.content.decode()
    assert "/requests/new/" not in refused.content.decode().partition("<main")[2].partition("<aside")[0]
    step = client.post("/questions/new/guest/", {**typed, "black_out": "1"}).content.decode()
    assert "Send me the link" in step
    assert "4111" not in step
    assert leave(client, typed).status_code == 422
    assert not EmailDelivery.objects.exists()


def test_what_the_writer_says_is_no_phone_number_stays_so(client, typed):
    typed["text"] = BODY + " The label says +49 30 901820."
    step = client.post("/questions/new/guest/", {**typed, "keep": "1"})
    assert re.search(r'name="keep" value="True"', step.content.decode())
    leave(client, typed, keep="True")
    assert Client().post(link_in_mail()).status_code == 302
    assert "901820" in Question.objects.get().thread.posts.get().source


def test_links_are_counted_as_for_new_members(client, typed):
    typed["text"] = BODY + " https://a.example https://b.example https://c.example"
    assert client.post("/questions/new/guest/", typed).status_code == 422
    assert leave(client, typed).status_code == 422


def test_one_network_leaves_five_questions_an_hour(client, typed):
    now = timezone.now()
    with time_machine.travel(now):
        for number in range(5):
            sent = leave(client, typed, email=f"guest{number}@example.org", name=f"guest{number}x")
            assert sent.status_code == 302
        sixth = leave(client, typed)
        assert sixth.status_code == 429
        assert int(sixth["Retry-After"]) <= 3600
        assert BODY in sixth.content.decode()
        elsewhere = Client(REMOTE_ADDR="203.0.113.9")
        assert leave(elsewhere, typed).status_code == 302
    with time_machine.travel(now + timedelta(minutes=61)):
        assert leave(client, typed, email="late@example.org", name="late").status_code == 302


def test_one_mailbox_gets_three_questions_a_day_and_four_links_for_each(client, typed):
    for number in range(3):
        assert leave(Client(REMOTE_ADDR=f"203.0.{number}.9"), typed, name=f"vera{number}").status_code == 302
    assert leave(Client(REMOTE_ADDR="203.0.113.9"), typed, email=EMAIL.upper()).status_code == 429
    link = link_in_mail()
    for _ in range(3):
        assert client.post(f"{link}new-link/").status_code == 302
    assert client.post(f"{link}new-link/").status_code == 429
    assert EmailDelivery.objects.count() == 6


def test_no_address_of_a_visitor_is_kept(client, typed):
    leave(client, typed)
    assert "127.0.0.1" not in str(GuestQuestion.objects.values().get())


def test_the_link_cannot_be_guessed_and_leads_nowhere_when_changed(client, typed):
    leave(client, typed)
    link = link_in_mail()
    for wrong in (f"{link[:-2]}x/", "/questions/guest/abc/", f"/questions/guest/{GuestQuestion.objects.get().key}/"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong).status_code == 404
    assert not Question.objects.exists()


def test_publishing_needs_the_button_of_our_page(client, typed):
    leave(client, typed)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link_in_mail()).status_code == 403
    assert strict.post("/questions/guest/", typed).status_code == 403
    assert not Question.objects.exists()


def test_sent_twice_kept_once(client, typed):
    for _ in range(2):
        assert leave(client, typed, once="k1").status_code == 302
    assert GuestQuestion.objects.count() == 1


def test_somebody_with_an_account_signs_in_and_the_text_is_there(client, cast, typed):
    reply = client.post("/questions/new/sign-in/", typed)
    assert reply["Location"].startswith("/account/login/?next=%2Fquestions%2Fnew%2Fsign-in%2F")
    confirm_address(cast.ana)
    client.post(reply["Location"], {"login": "ana", "password": "porchlight-ana"})
    assert BODY in client.get("/questions/new/").content.decode()


def test_signed_in_people_see_the_normal_page(client, cast, typed):
    client.force_login(cast.ana)
    assert 'action="/questions/new/"' in client.get("/questions/new/").content.decode()
    again = client.post("/questions/new/guest/", typed).content.decode()
    assert 'action="/questions/new/"' in again
    assert BODY in again
    assert not Question.objects.exists()
    assert client.get("/questions/new/guest/")["Location"] == "/questions/new/"


def test_nobody_else_sees_a_question_that_waits(client, cast, typed):
    leave(client, typed)
    for name in ("hana", "dora", "mallory"):
        client.force_login(getattr(cast, name))
        assert TITLE not in client.get("/questions/").content.decode()
    work()
    assert not Question.objects.exists()


def test_the_mail_forgets_the_link_once_it_is_sent(client, typed):
    leave(client, typed)
    work()
    mail = EmailDelivery.objects.get()
    assert (mail.state, mail.text, mail.html) == ("sent", "", "")
