"""Staff without a second factor reach its enrolment and the way out, nothing else."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from community.people.roles import Role
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare(cast: Cast):
    """Dora as she begins: an agent without an app or a passkey."""
    cast.confirm(cast.dora)
    Authenticator.objects.filter(user=cast.dora).delete()
    return cast.dora


@pytest.mark.parametrize("path", ["/", "/desk/", "/settings/", "/notifications/", "/questions/", "/account/sessions/"])
def test_every_page_leads_to_enrolment(bare, client, path):
    client.force_login(bare)
    assert client.get(path)["Location"] == "/account/2fa/"
    answer = client.get(path, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (403, "/account/2fa/")


def test_enrolment_and_the_way_out_are_open(bare, client):
    client.force_login(bare)
    assert client.get("/account/2fa/").status_code == 200
    assert client.get("/account/2fa/totp/activate/").status_code in (200, 302)
    assert client.get("/account/logout/").status_code == 200
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_a_role_given_in_the_middle_of_a_session_asks_for_it_too(cast: Cast, client):
    client.force_login(cast.leo)
    assert client.get("/settings/").status_code == 200
    cast.leo.grant(Role.AGENT, by=cast.kim, reason="New")
    assert client.get("/settings/")["Location"] == "/account/2fa/"
    cast.second_factor(cast.leo)
    assert client.get("/settings/").status_code == 200


def test_members_are_not_asked(cast: Cast, client):
    client.force_login(cast.ben)
    assert client.get("/settings/").status_code == 200


def test_staff_are_signed_out_after_half_an_hour_without_a_click(cast: Cast, client):
    client.force_login(cast.dora)
    session = client.session
    session["seen_at"] = time.time() - 31 * 60
    session.save()
    assert client.get("/settings/")["Location"].startswith("/account/login/")
    assert "_auth_user_id" not in client.session


def test_members_stay_for_two_weeks(cast: Cast, client):
    client.force_login(cast.ana)
    session = client.session
    session["seen_at"] = time.time() - 3 * 3600
    session.save()
    assert client.get("/settings/").status_code == 200
    assert client.session["seen_at"] > time.time() - 60


def test_a_session_can_be_ended_from_another_one(cast: Cast, client):
    cast.confirm(cast.ana)
    other = Client()
    for visitor in (client, other):
        visitor.post("/account/login/", {"login": "ana", "password": "porchlight-ana"})
    assert other.get(reverse("community:settings")).status_code == 200
    row = cast.ana.usersession_set.get(session_key=other.session.session_key)
    cast.ana.end_sessions(but=client.session.session_key)
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert other.get(reverse("community:settings")).status_code == 302
    assert client.get(reverse("community:settings")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/account/signup/",
        "/account/login/code/",
        "/account/password/reset/",
    ],
)
def test_pages_for_signed_out_people_answer(client, db, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/account/2fa/",
        "/account/sessions/",
        "/account/email/",
        "/account/logout/",
        "/account/password/change/",
        "/account/reauthenticate/",
        "/account/2fa/webauthn/",
    ],
)
def test_pages_for_signed_in_people_answer(cast: Cast, client, path):
    cast.confirm(cast.ana)
    client.force_login(cast.ana)
    assert client.get(path, follow=True).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/account/logout/",
        "/settings/",
        "/notifications/read/",
        "/settings/notifications/",
    ],
)
def test_posts_without_a_token_change_nothing(cast: Cast, path):
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(cast.ana)
    assert visitor.post(path, {"login": "ana", "password": "porchlight-ana"}).status_code == 403
    answer = visitor.post(path, {"csrfmiddlewaretoken": "a" * 64}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "_auth_user_id" in visitor.session


def test_signing_out_takes_a_post(cast: Cast, client):
    client.force_login(cast.ana)
    client.get("/account/logout/")
    assert "_auth_user_id" in client.session
