"""AC-PEOPLE-4: who speaks for the team under a persona is nowhere to be found by the account's name or address."""

import pytest
from django.core.cache import cache

from community.notifications.models import EmailDelivery
from community.people.distance import block
from community.people.models import Person
from forums.threads.replying import answer
from tests.security.faces import ACCOUNT, MAIL, OUTSIDE, behind_a_persona


@pytest.fixture(scope="module")
def made_of_world():
    return behind_a_persona


def test_ac_people_4_nor_do_mails_and_their_headers(world):
    mails = EmailDelivery.objects.exclude(recipient=MAIL)
    assert mails.filter(text__contains="Dora, Bluetooth").exists()
    for mail in mails:
        words = [mail.subject, mail.text, mail.html, mail.sender, mail.reply_to, mail.envelope_from, str(mail.headers)]
        assert not [word for word in words if ACCOUNT in word.replace(f"@{ACCOUNT} or", "")]


def test_ac_people_4_the_persona_has_its_own_address_and_the_account_none(world, browser_of, cast):
    for role in OUTSIDE:
        assert browser_of(role).get(f"/people/{ACCOUNT}/").status_code == 404
        assert browser_of(role).get(f"/feeds/people/{ACCOUNT}/").status_code == 404
    shown = browser_of("anonymous").get("/people/dora-bluetooth/").content.decode()
    assert "Dora, Bluetooth" in shown
    assert "Northlight team" in shown
    for role in ("agent", "supervisor", "manager"):
        assert browser_of(role).get(f"/people/{ACCOUNT}/").headers["Location"] == "/people/dora-bluetooth/"
    client = browser_of("anonymous")
    client.force_login(cast.dora)
    assert client.get(f"/people/{ACCOUNT}/").status_code == 302


def test_ac_people_4_a_persona_is_called_by_its_handle_and_the_account_is_no_name(world, browser_of):
    page = browser_of("anonymous").get(world.thread.get_absolute_url()).content.decode()
    assert 'href="/people/dora-bluetooth/" class="mention"' in page
    assert f'href="/people/{ACCOUNT}/"' not in page


def test_ac_people_4_nobody_takes_the_name_of_a_persona(world, client):
    for name in ("dora-bluetooth", "Dora-Bluetooth", ACCOUNT):
        words = {"email": "new@example.org", "username": name, "password1": "correct-horse-battery"}
        client.post("/account/signup/", words)
        assert not Person.objects.filter(email="new@example.org").exists()


def test_ac_people_4_leaving_the_team_does_not_uncover_the_name(world, browser_of, cast):
    grant = cast.dora.grants.get()
    grant.revoke(by=cast.kim, reason="moved on")
    cache.clear()
    pages = [browser_of("member").get(url).content.decode() for url in ("/people/dora-bluetooth/", "/people/",
             world.thread.get_absolute_url())]  # fmt: skip
    assert not [page for page in pages if ACCOUNT in page.replace(f"@{ACCOUNT} or", "")]


def test_ac_people_4_whom_she_blocks_sees_the_team_only(world, browser_of, cast):
    from_dora = answer(world.thread, by=cast.dora, source="One more thing: reset it.", as_staff=True)
    assert from_dora.byline == "Dora, Bluetooth"
    block(cast.ana, by=cast.dora)
    later = answer(world.thread, by=cast.dora, source="And then pair it again.", as_staff=True)
    assert later.byline == "Northlight team"
    page = browser_of("ana").get(later.get_absolute_url()).content.decode()
    own = page.partition(f'id="post-{later.pk}"')[2].partition("</article>")[0]
    assert "Northlight team" in own
    assert "dora" not in own.casefold()
