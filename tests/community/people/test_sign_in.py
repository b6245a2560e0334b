"""Signing up and signing in: by code, password and second step; limits; nobody learns who has an account."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from community.events.models import Event
from community.notifications.models import EmailDelivery
from community.people.models import Person
from tests.cast import TOTP_SECRET, Cast
from tests.jobs import work

pytestmark = pytest.mark.django_db


def sign_in(client, name: str, password: str = "", **extra):
    return client.post("/account/login/", {"login": name, "password": password or f"porchlight-{name}"}, **extra)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def code_in_mail() -> str:
    work()
    return re.search(r"^ {4}([A-Z0-9-]+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def totp(step: int = 0) -> str:
    return format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // 30 + step))


def test_somebody_joins_with_a_code_and_no_password(client, db):
    answer = client.post("/account/signup/", {"email": "nina@example.org", "username": "nina"}, follow=True)
    assert answer.status_code == 200
    assert not is_signed_in(client)
    assert mail.outbox == []  # no mail leaves within the request
    client.post("/account/confirm-email/", {"code": code_in_mail()})
    assert is_signed_in(client)
    nina = Person.objects.get(username="nina")
    assert nina.emailaddress_set.get().verified
    assert Event.objects.filter(verb="person.joined", actor=nina).count() == 1
    assert "Welcome" in mail.outbox[0].subject
    assert not EmailDelivery.objects.filter(state="sent").exclude(text="").exists()


def test_ana_signs_in_with_a_code_by_mail(cast: Cast, client):
    cast.confirm(cast.ana)
    client.post("/account/login/code/", {"email": "ana@example.org"})
    client.post("/account/login/code/confirm/", {"code": code_in_mail()})
    assert is_signed_in(client)


def test_a_code_is_worth_three_tries(cast: Cast, client):
    cast.confirm(cast.ana)
    client.post("/account/login/code/", {"email": "ana@example.org"})
    code = code_in_mail()
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "WRONG1"})
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_signed_in(client)


@pytest.mark.parametrize("login", ["ana", "ANA", "ana@example.org"])
def test_ana_signs_in_with_her_password(cast: Cast, client, login):
    cast.confirm(cast.ana)
    sign_in(client, login, "porchlight-ana")
    assert is_signed_in(client)


def test_the_sixth_wrong_password_waits_however_the_account_is_named(cast: Cast, client):
    cast.confirm(cast.ana)
    for login in ("ana", "ANA", "ana@example.org", "Ana@Example.org", "ana"):
        assert sign_in(client, login, "wrong-password").status_code == 200
    answer = sign_in(client, "ana", "porchlight-ana")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "porchlight-ana" not in answer.content.decode()
    assert not is_signed_in(client)


def test_the_eleventh_wrong_password_of_a_minute_from_one_place_waits(cast: Cast, client):
    cast.confirm(cast.ana)
    for n in range(10):
        assert sign_in(client, f"somebody{n}", "wrong-password").status_code == 200
    assert sign_in(client, "another", "wrong-password").status_code == 429


def test_a_success_between_failures_does_not_clear_the_count(cast: Cast, client):
    cast.confirm(cast.ana)
    for n in range(10):
        sign_in(client, f"somebody{n}", "wrong-password")
        if n == 5:
            visitor = Client()
            sign_in(visitor, "ana")
            assert is_signed_in(visitor)
    assert sign_in(client, "another", "wrong-password").status_code == 429


def test_a_made_up_forwarding_header_is_no_other_place(cast: Cast, client):
    for n in range(10):
        sign_in(client, f"somebody{n}", "wrong-password", headers={"X-Forwarded-For": f"203.0.113.{n}"})
    answer = sign_in(client, "another", "wrong-password", headers={"X-Forwarded-For": "203.0.113.99"})
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("/account/login/code/", "email"),
        ("/account/password/reset/", "email"),
    ],
)
def test_known_and_unknown_addresses_get_the_same_answer(cast: Cast, url, field):
    cast.confirm(cast.ana)
    known, unknown = Client(), Client()
    answers = [known.post(url, {field: "ana@example.org"}), unknown.post(url, {field: "nobody@example.org"})]
    assert len({(a.status_code, a.headers.get("Location"), tuple(sorted(a.headers))) for a in answers}) == 1
    pages = [visitor.get(a["Location"]).content.decode() for visitor, a in zip((known, unknown), answers, strict=True)]
    ana, nobody = (re.sub(r'value="[^"]*"', "", page).replace("nobody@", "ana@") for page in pages)
    assert re.sub(r"X-CSRFToken.{0,100}", "", ana) == re.sub(r"X-CSRFToken.{0,100}", "", nobody)


def test_signing_up_with_a_known_address_says_nothing_here_and_writes_to_its_owner(cast: Cast):
    cast.confirm(cast.ana)
    known, unknown = Client(), Client()
    a = known.post("/account/signup/", {"email": "ana@example.org", "username": "other"})
    b = unknown.post("/account/signup/", {"email": "new@example.org", "username": "newcomer"})
    assert (a.status_code, a["Location"]) == (b.status_code, b["Location"])
    work()
    assert "already have an account" in next(m.subject for m in mail.outbox if m.to == ["ana@example.org"])
    assert not Person.objects.filter(username="other").exists()


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is really computed: that is where the time of an answer goes."""

    algorithm = "counting"
    computed = 0

    def encode(self, password, salt):
        type(self).computed += 1
        return super().encode(password, salt)


def test_the_time_of_an_answer_tells_nothing(cast: Cast, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["tests.community.people.test_sign_in.CountingHasher"]
    cast.confirm(cast.ana)

    def computed(login: str) -> int:
        before = CountingHasher.computed
        sign_in(Client(), login, "wrong-password")
        return CountingHasher.computed - before

    assert computed("ana@example.org") == computed("nobody@example.org") == 1


def test_staff_pass_a_second_step(cast: Cast, client):
    cast.confirm(cast.dora)
    assert sign_in(client, "dora")["Location"] == "/account/2fa/authenticate/"
    assert not is_signed_in(client)
    client.post("/account/2fa/authenticate/", {"code": totp()})
    assert is_signed_in(client)


def test_a_code_of_the_app_works_once(cast: Cast, client):
    cast.confirm(cast.dora)
    code = totp()
    sign_in(client, "dora")
    client.post("/account/2fa/authenticate/", {"code": code})
    second = Client()
    sign_in(second, "dora")
    second.post("/account/2fa/authenticate/", {"code": code})
    assert not is_signed_in(second)


def test_wrong_codes_of_the_app_lock_the_second_step(cast: Cast, client):
    cast.confirm(cast.dora)
    sign_in(client, "dora")
    for _ in range(10):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    client.post("/account/2fa/authenticate/", {"code": totp()})
    assert not is_signed_in(client)


def test_the_secret_of_the_app_is_unreadable_in_the_database(cast: Cast):
    assert TOTP_SECRET not in str(cast.dora.authenticator_set.get().data)


def test_a_session_has_another_key_after_signing_in(cast: Cast, client):
    cast.confirm(cast.ana)
    client.get("/account/login/")
    client.session["seed"] = 1
    before = client.session.session_key
    sign_in(client, "ana")
    assert client.session.session_key != before
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 14 * 24 * 3600


def test_where_else_to_go_after_signing_in_is_ours_only(cast: Cast, client):
    cast.confirm(cast.ana)
    answer = sign_in(client, "ana", QUERY_STRING="next=https://evil.example/")
    assert answer["Location"] == "/"


def test_the_page_of_somebody_too_quick_says_when_to_come_back(client, db):
    for _ in range(20):
        client.post("/account/signup/", {"email": "not-an-address"})
    answer = client.post("/account/signup/", {"email": "not-an-address"})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
