"""AC-ASK-2: somebody without an account asks first, and confirms their address afterwards. Nothing is lost."""

import re
from datetime import timedelta

import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from community.events.models import Event
from community.notifications.models import EmailDelivery
from community.people.joining import confirm_address
from community.people.models import Person
from forums.questions.models import GuestQuestion, Question
from forums.questions.tasks import forget_guests
from forums.threads.models import Draft, Follow
from tests.scenes import BODY, TITLE, one_line

EMAIL = "vera@example.org"


def leave(client, typed, **changes):
    """Press Ask, then give an address and a name."""
    return client.post("/questions/guest/", {**typed, "email": EMAIL, "name": "vera", **changes})


def link_in_mail(number=-1) -> str:
    """The path of the link in the last mail."""
    mail = list(EmailDelivery.objects.filter(key__startswith="guest-question").order_by("pk"))[number]
    return re.search(r"https?://[^/\s]+(/questions/guest/\S+)", mail.text)[1]


def test_the_page_is_the_same_for_everybody_and_sets_no_cookie(client, cast):
    page = client.get(f"/questions/new/?product={cast.beam2.slug}&title=No+sound+at+all+today")
    body = page.content.decode()
    assert page.status_code == 200
    assert not page.cookies
    assert "public" in page["Cache-Control"]
    assert "csrf" not in body
    assert 'name="once"' not in body
    assert f'<option value="{cast.beam2.pk}" selected>' in body
    assert 'value="No sound at all today"' in body
    assert "/drafts/" not in body  # without an account drafts stay in the browser


def test_ac_ask_2_a_guest_asks_confirms_on_another_device_and_the_question_is_published(client, cast, typed):
    first = Client(enforce_csrf_checks=True).post("/questions/new/guest/", typed)
    assert first.status_code == 200
    body = first.content.decode()
    assert "Send me the link" in body
    assert BODY in body  # the text is kept
    assert TITLE in body
    assert not GuestQuestion.objects.exists()

    reply = leave(client, typed)
    assert reply["Location"] == "/questions/guest/sent/"
    assert EMAIL in client.get(reply["Location"]).content.decode()
    assert not Question.objects.exists()
    assert not Person.objects.filter(username="vera").exists()
    mail = EmailDelivery.objects.get()
    assert mail.recipient == EMAIL
    assert TITLE in mail.text.replace("\u2060", "")
    assert "vera" in mail.text
    assert "48 hours" in mail.text
    assert "ignore" in mail.text

    phone, link = Client(), link_in_mail()
    shown = one_line(phone.get(link))
    assert "Publish my question" in shown
    assert BODY in shown
    assert not Question.objects.exists()  # looking changes nothing: mail programs look too
    done = phone.post(link)
    assert done.status_code == 302
    question = Question.objects.get()
    vera = question.thread.author
    assert (question.thread.title, vera.username, vera.email) == (TITLE, "vera", EMAIL)
    assert (question.thread.product_version, question.environment) == (cast.fw32, "iPhone 15")
    assert set(question.thread.tags.names()) == {"bluetooth"}
    assert EmailAddress.objects.get(user=vera, email=EMAIL).verified
    assert not vera.has_usable_password()
    assert Follow.objects.filter(thread=question.pk, person=vera).exists()
    assert "your question is confirmed" in one_line(phone.get(done["Location"]))
    assert TITLE in client.get(question.get_absolute_url()).content.decode()
    assert set(Event.objects.values_list("verb", flat=True)) >= {"person.joined", "question.asked"}


def test_ac_ask_2_the_second_use_of_the_link_says_already_confirmed(client, typed):
    leave(client, typed)
    link = link_in_mail()
    Client().post(link)
    for again in (Client().get(link), Client().post(link)):
        assert again.status_code == 200
        assert "already confirmed" in again.content.decode()
        assert Question.objects.get().get_absolute_url() in again.content.decode()
    assert Question.objects.count() == 1
    waiting = GuestQuestion.objects.get()
    assert (waiting.email, waiting.source, waiting.network) == ("", "", "")  # not needed any longer


def test_ac_ask_2_a_link_older_than_48_hours_offers_a_new_one_and_the_text_is_kept_7_days(client, typed):
    now = timezone.now()
    with time_machine.travel(now):
        leave(client, typed)
        link = link_in_mail()
    with time_machine.travel(now + timedelta(hours=47, minutes=59)):
        assert Client().get(link).status_code == 200
    with time_machine.travel(now + timedelta(hours=48, minutes=1)):
        late = Client().get(link)
        assert late.status_code == 410
        assert "Request a new link" in late.content.decode()
        assert BODY in late.content.decode()
        assert Client().post(link).status_code == 410
        assert not Question.objects.exists()
        assert Client().post(f"{link}new-link/").status_code == 302
        fresh = link_in_mail()
        assert fresh != link
    with time_machine.travel(now + timedelta(days=4)):
        forget_guests(0)
        assert Client().post(fresh).status_code == 302
    assert Question.objects.count() == 1


def test_after_seven_days_the_text_and_the_address_are_gone(client, typed):
    now = timezone.now()
    with time_machine.travel(now):
        leave(client, typed)
        link = link_in_mail()
    with time_machine.travel(now + timedelta(days=6, hours=23)):
        forget_guests(0)
        assert BODY in Client().get(link).content.decode()
    with time_machine.travel(now + timedelta(days=7, minutes=1)):
        forget_guests(0)
        gone = Client().get(link)
    assert not GuestQuestion.objects.exists()
    assert gone.status_code == 410
    assert "after 7 days" in gone.content.decode()


def test_in_the_browser_that_asked_a_new_account_is_signed_in(client, typed):
    leave(client, typed)
    done = client.post(link_in_mail())
    question = Question.objects.get()
    assert done["Location"] == question.get_absolute_url()
    page = client.get(done["Location"]).content.decode()
    assert "you are signed in" in page
    assert "Your answer" in page


def test_an_address_with_an_account_is_not_revealed_and_the_question_is_theirs(client, cast, typed):
    confirm_address(cast.ana)
    Draft.objects.keep(by=cast.ana, place="ask", text="Something else entirely")
    known = leave(client, typed, email="ANA@example.org", name="somebody")
    sent = client.get(known["Location"]).content
    stranger = Client()
    unknown = leave(stranger, typed, email="ano@example.org", name="nobody-else")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert sent.lower().replace(b"ana@", b"ano@") == stranger.get(unknown["Location"]).content.lower()
    assert "under your name, ana" in " ".join(EmailDelivery.objects.order_by("pk")[0].text.split())

    done = client.post(link_in_mail(0))
    question = Question.objects.get()
    assert question.thread.author == cast.ana
    assert not Person.objects.filter(username="somebody").exists()
    assert "?just=1" in done["Location"]
    assert "_auth_user_id" not in client.session  # the link confirms a question, it does not open an account
    assert Draft.objects.get(person=cast.ana).text == "Something else entirely"


def test_an_unfinished_sign_up_of_somebody_else_loses_the_address(client, typed):
    squatter = Person.objects.create_user("squatter", EMAIL, "porchlight-squatter")
    EmailAddress.objects.create(user=squatter, email=EMAIL, primary=True, verified=False)
    leave(client, typed)
    Client().post(link_in_mail())
    author = Question.objects.get().thread.author
    assert author.username == "vera"
    assert list(EmailAddress.objects.values_list("user", "verified")) == [(author.pk, True)]
    squatter.refresh_from_db()
    assert squatter.email == ""


def test_a_suspended_persons_question_is_not_published(client, cast, typed):
    confirm_address(cast.chris)
    cast.chris.suspend(by=cast.hana, reason="Rude again")
    leave(client, typed, email=cast.chris.email)
    refused = Client().post(link_in_mail())
    assert refused.status_code == 403
    assert "Rude again" in refused.content.decode()
    assert BODY in refused.content.decode()
    assert not Question.objects.exists()


def test_the_team_asks_behind_its_second_step(client, cast, typed):
    confirm_address(cast.dora)
    leave(client, typed, email=cast.dora.email)
    refused = Client().post(link_in_mail())
    assert refused.status_code == 403
    assert "/account/login/" in refused.content.decode()
    assert not Question.objects.exists()


def test_a_name_that_somebody_took_meanwhile_is_asked_again(client, cast, typed):
    leave(client, typed)
    cast.person("Vera")
    link, elsewhere = link_in_mail(), Client()
    assert "Please choose another" in elsewhere.get(link).content.decode()
    assert elsewhere.post(link).status_code == 422
    assert elsewhere.post(link, {"name": "admin"}).status_code == 422
    assert elsewhere.post(link, {"name": "vera-k"}).status_code == 302
    assert Question.objects.get().thread.author.username == "vera-k"
