"""Changing one's address never opens somebody else's account."""

import re
from pathlib import Path

import allauth
import pytest
from django.core import mail

from community.notifications.account_letters import LETTERS
from community.people.models import Person
from tests.cast import Cast
from tests.jobs import work

pytestmark = pytest.mark.django_db


def enter(client, name: str) -> None:
    client.post("/account/login/", {"login": name, "password": f"porchlight-{name}"})
    client.post("/account/reauthenticate/", {"password": f"porchlight-{name}"})


def newest_code(to: str) -> str:
    work()
    letter = [m for m in mail.outbox if m.to == [to]][-1]
    return re.search(r"^ {4}([A-Z0-9-]+)$", letter.body, re.MULTILINE)[1]


def test_the_new_address_counts_once_its_code_is_entered(cast: Cast, client):
    cast.confirm(cast.ana)
    enter(client, "ana")
    client.post("/account/email/", {"email": "ana@new.example", "action_add": ""})
    assert Person.objects.get(pk=cast.ana.pk).email == "ana@example.org"
    client.post("/account/confirm-email/", {"code": newest_code("ana@new.example")})
    assert Person.objects.get(pk=cast.ana.pk).email == "ana@new.example"
    work()
    assert "Your address was changed" in [m.subject for m in mail.outbox if m.to == ["ana@example.org"]]


@pytest.mark.parametrize("address", ["chris@example.org", "CHRIS@Example.org"])
def test_an_address_of_somebody_else_is_never_taken_over(cast: Cast, client, address):
    cast.confirm(cast.ana)
    cast.confirm(cast.chris)
    enter(client, "ana")
    client.post("/account/email/", {"email": address, "action_add": ""})
    assert cast.chris.emailaddress_set.get(primary=True).verified
    assert not cast.ana.emailaddress_set.filter(email__iexact=address, verified=True).exists()
    assert Person.objects.get(pk=cast.ana.pk).email == "ana@example.org"


def test_a_code_for_one_session_is_worth_nothing_in_another(cast: Cast, client):
    cast.confirm(cast.ana)
    client.post("/account/login/code/", {"email": "ana@example.org"})
    code = newest_code("ana@example.org")
    other = type(client)()
    other.post("/account/login/code/", {"email": "nobody@example.org"})
    other.post("/account/login/code/confirm/", {"code": code})
    assert "_auth_user_id" not in other.session


def test_links_in_account_mails_lead_to_the_configured_site_only(cast: Cast, client):
    client.post("/account/login/code/", {"email": "nobody@example.org"}, headers={"Host": "evil.example"})
    work()
    assert "evil.example" not in mail.outbox[-1].body
    assert "http://localhost:8000/account/signup/" in mail.outbox[-1].body


def test_sensitive_pages_ask_again(cast: Cast, client):
    cast.confirm(cast.dora)
    client.force_login(cast.dora)
    answer = client.get("/account/2fa/recovery-codes/generate/")
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


def test_every_account_mail_has_words_of_ours():
    templates = Path(allauth.__file__).parent / "templates"
    subjects = {
        str(p.relative_to(templates)).removesuffix("_subject.txt") for p in templates.glob("*/email/*_subject.txt")
    }
    unused = {"account/email/password_reset_key"}  # resets go by code
    assert subjects - unused == set(LETTERS)
