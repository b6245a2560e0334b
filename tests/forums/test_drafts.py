"""AC-ASK-3: text that is being written survives reloads, sign-outs, second tabs and second devices."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from forums.threads.models import Draft
from tests.scenes import ana_asks, ben_answers

TYPED = ("With the cable it works, without it the left side is silent after a minute. " * 3)[:200].strip() + "."


@pytest.fixture
def question(cast):
    return ana_asks(cast)


def save(client, place, text, version=0, **more):
    return client.post("/drafts/", {"place": place, "text": text, "version": version, **more})


def test_ac_ask_3_200_characters_survive_a_comment_elsewhere_a_reload_and_a_phone(client, cast, question):
    post = ben_answers(cast, question)
    client.force_login(cast.ana)
    place = f"thread:{question.pk}"
    assert save(client, place, TYPED).json()["version"] == 1
    client.post(f"/posts/{post.pk}/comment/", {"text": "Thank you, I will try that tonight."})
    assert TYPED in client.get(question.get_absolute_url()).content.decode()
    phone = Client()
    phone.force_login(cast.ana)
    assert TYPED in phone.get(question.get_absolute_url()).content.decode()


def test_ac_ask_3_what_is_sent_after_the_session_expired_is_there_after_sign_in(client, cast, question):
    ana = cast.ana
    reply = client.post(f"/threads/{question.pk}/reply/", {"text": TYPED})
    assert reply.status_code == 302
    assert "next=%2Fthreads" in reply["Location"]
    EmailAddress.objects.update_or_create(user=ana, email=ana.email, defaults={"verified": True, "primary": True})
    signed_in = client.post(reply["Location"], {"login": "ana", "password": "porchlight-ana"})
    assert signed_in["Location"] == f"/threads/{question.pk}/reply/"
    assert TYPED in client.get(f"/threads/{question.pk}/reply/").content.decode()
    assert Draft.objects.get(person=ana).text == TYPED


def test_ac_ask_3_two_tabs_the_later_save_gets_both_texts_and_their_difference(client, cast, question):
    client.force_login(cast.ana)
    place = f"thread:{question.pk}"
    save(client, place, "The left side is silent.")
    first = save(client, place, "The left side is silent after a minute.", version=1)
    assert first.json()["version"] == 2
    late = save(client, place, "The right side is silent.", version=1)
    assert late.status_code == 409
    both = late.json()
    assert both["newer"]["text"] == "The left side is silent after a minute."
    assert both["mine"] == "The right side is silent."
    assert "<ins>" in both["diff"]
    assert "<del>" in both["diff"]
    assert Draft.objects.get().text == both["newer"]["text"]
    chosen = save(client, place, "The right side is silent.", version=both["newer"]["version"])
    assert chosen.json()["version"] == 3


def test_ac_ask_3_publishing_removes_only_this_draft(client, cast, question):
    post = ben_answers(cast, question)
    client.force_login(cast.ana)
    save(client, f"thread:{question.pk}", TYPED)
    save(client, f"post:{post.pk}", "A comment that is not finished")
    save(client, "ask", "Another question", title="Something else")
    client.post(f"/threads/{question.pk}/reply/", {"text": TYPED})
    assert set(Draft.objects.values_list("place", flat=True)) == {f"post:{post.pk}", "ask"}


def test_nobody_reads_or_overwrites_anothers_draft(client, cast, question):
    Draft.objects.keep(by=cast.ana, place="ask", text="Canary 7f3a")
    client.force_login(cast.mallory)
    assert client.get("/drafts/ask/").status_code == 404
    save(client, "ask", "Mine", version=1)
    assert Draft.objects.get(person=cast.ana).text == "Canary 7f3a"
    client.force_login(cast.ana)
    assert client.get("/drafts/ask/").json()["text"] == "Canary 7f3a"


def test_an_emptied_text_leaves_no_draft(client, cast):
    client.force_login(cast.ana)
    save(client, "ask", "Something")
    assert save(client, "ask", "  ", version=1).status_code == 204
    assert not Draft.objects.exists()


@pytest.mark.parametrize("place", ["", "Ask", "thread:", "../etc", "thread:1x", "a" * 90, "thread:1:2"])
def test_odd_places_are_refused(client, cast, place):
    client.force_login(cast.ana)
    assert save(client, place, "Text").status_code == 422
    assert not Draft.objects.exists()


def test_a_draft_is_no_longer_than_a_post(client, cast):
    client.force_login(cast.ana)
    assert save(client, "ask", "x" * 32_001).status_code == 422


def test_a_stranger_saves_nothing(client, db):
    assert save(client, "ask", "Text").status_code == 302
    assert not Draft.objects.exists()


def test_saving_needs_a_post(client, cast):
    client.force_login(cast.ana)
    assert client.get("/drafts/").status_code == 405
    assert client.post("/drafts/ask/").status_code == 405


def test_two_hundred_and_one_drafts_are_two_hundred(cast):
    Draft.objects.bulk_create(Draft(person=cast.ana, place=f"thread:{n}", text="x") for n in range(200))
    Draft.objects.keep(by=cast.ana, place="ask", text="One more")
    assert Draft.objects.count() == 200
    assert Draft.objects.filter(place="ask").exists()


def test_what_was_chosen_beside_a_text_is_kept_with_it_and_stays_when_only_words_come(client, cast):
    client.force_login(cast.ana)
    place = f"review:{cast.beam2.pk}"
    stars = {"chosen": "1", "chosen-stars": "2", "chosen-cons": "The case"}
    assert save(client, place, "", **stars).json()["chosen"] == {"stars": "2", "cons": "The case"}
    Draft.objects.keep(by=cast.ana, place=place, text="Words by mail", seen=None)
    assert client.get(f"/drafts/{place}/").json()["chosen"] == {"stars": "2", "cons": "The case"}
    late = save(client, place, "Words by mail", **stars | {"chosen-stars": "5"}, version=1)
    assert (late.status_code, late.json()["newer"]["chosen"]["stars"]) == (409, "2")
    assert save(client, place, "", chosen="1", version=2).status_code == 204, "nothing is left of it"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("odd", [{f"chosen-{n}": "x" for n in range(61)}, {"chosen-cons": "x" * 8_000}])
def test_what_is_chosen_is_no_more_than_a_form_can_say(client, cast, odd):
    client.force_login(cast.ana)
    assert save(client, "ask", "Text", chosen="1", **odd).status_code == 422
    assert not Draft.objects.exists()


@pytest.mark.parametrize("odd", [{"chosen-cons": "a\0b"}, {"chosen-\0": "a"}, {"text": "a\0b"}])
def test_signs_that_no_form_sends_are_refused_calmly(client, cast, odd):
    client.force_login(cast.ana)
    told = {"place": "ask", "text": "Text", "chosen": "1", "version": 0} | odd
    assert client.post("/drafts/", told).status_code == 400
    assert not Draft.objects.exists()
