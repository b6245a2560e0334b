"""One click turns a kind of mail off (RFC 8058); looking changes nothing; undo works once."""

import pytest
from django.urls import reverse

from community.notifications.preferences import wish, wish_for
from community.notifications.unsubscribing import unsubscribe_url
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(cast: Cast) -> str:
    return unsubscribe_url(cast.ana, "answer").removeprefix("http://localhost:8000")


def test_ac_note_2_looking_changes_nothing(cast: Cast, client, link):
    page = client.get(link)
    assert page.status_code == 200
    assert client.head(link).status_code == 200
    assert "Stop these mails" in page.content.decode()
    assert wish_for(cast.ana, "answer").mail
    assert not page.cookies


def test_ac_note_2_a_post_without_cookies_turns_this_kind_off_and_no_other(cast: Cast, link, client_with_csrf):
    answer = client_with_csrf.post(link, ONE_CLICK)
    assert answer.status_code == 200
    assert not wish_for(cast.ana, "answer").mail
    assert wish_for(cast.ana, "answer").tray
    assert wish_for(cast.ana, "comment").mail
    assert client_with_csrf.post(link, ONE_CLICK).status_code == 200


@pytest.mark.parametrize(
    "alter", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "x" + t, lambda t: t + "=="]
)
def test_ac_note_2_an_altered_link_finds_nothing(cast: Cast, client, link, alter):
    token = link.split("/")[3]
    for method in (client.get, client.post):
        assert method(link.replace(token, alter(token))).status_code == 404
    assert wish_for(cast.ana, "answer").mail


def test_ac_note_2_the_words_of_one_person_with_the_seal_of_another_find_nothing(cast: Cast, client, link):
    anas, bens = (one.rstrip("/").rpartition("/")[2] for one in (link, unsubscribe_url(cast.ben, "answer")))
    forged = f"{bens.rpartition(':')[0]}:{anas.rpartition(':')[2]}"
    client.force_login(cast.ana)
    for method in (client.get, client.post):
        assert method(link.replace(anas, forged)).status_code == 404
    assert wish_for(cast.ana, "answer").mail
    assert wish_for(cast.ben, "answer").mail


def test_ac_note_2_a_token_of_another_purpose_finds_nothing(cast: Cast, client, link):
    page = client.post(link)
    undo = page.context["undo_token"]
    assert client.post(reverse("community:mail-off", args=[undo])).status_code == 404
    assert client.post(reverse("community:mail-on-again", args=[link.split("/")[3]])).status_code == 404


def test_ac_note_2_undo_works_once(cast: Cast, client, link):
    undo = reverse("community:mail-on-again", args=[client.post(link).context["undo_token"]])
    assert client.get(undo).status_code == 405
    assert not wish_for(cast.ana, "answer").mail
    assert client.post(undo).status_code == 200
    assert wish_for(cast.ana, "answer").mail
    assert client.post(undo).status_code == 404


def test_ac_note_2_undo_gives_back_the_digest_where_it_was_the_digest_also_after_a_second_click(cast, client, link):
    wish(cast.ana, "answer", mail=False, digest=True)
    client.post(link)
    undo = reverse("community:mail-on-again", args=[client.post(link).context["undo_token"]])
    assert wish_for(cast.ana, "answer").by_mail == "never"
    client.post(undo)
    assert wish_for(cast.ana, "answer").by_mail == "digest"
