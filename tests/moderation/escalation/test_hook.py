"""The signed door for mail."""

import pytest

from community.inbound.models import InboundMail
from community.notifications.addresses import reply_address
from tests.jobs import work
from tests.moderation.escalation.letters import letter, push
from tests.moderation.escalation.scenes import ana_writes_in_private


@pytest.fixture(autouse=True)
def secret(settings):
    settings.MAIL_HOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    return settings


@pytest.fixture
def request_of_ana(cast):
    return ana_writes_in_private(cast)


def test_a_signed_mail_becomes_a_message(client, request_of_ana, secret):
    answered = push(client, letter(request_of_ana).as_bytes(), secret)
    assert answered.status_code == 202
    work()
    assert request_of_ana.messages.last().source == "It is 4711-A."
    assert InboundMail.objects.get(pk=answered.json()["id"]).state == "accepted"


def test_the_envelope_names_the_recipient_of_a_blind_copy(client, request_of_ana, secret):
    raw = letter(request_of_ana, To="undisclosed-recipients:;").as_bytes()
    address = reply_address("c", request_of_ana.pk, request_of_ana.customer)
    push(client, raw, secret, **{"X-Envelope-To": address})
    work()
    assert request_of_ana.messages.count() == 2


def test_pushed_twice_said_once(client, request_of_ana, secret):
    raw = letter(request_of_ana).as_bytes()
    assert [push(client, raw, secret).status_code for _ in range(2)] == [202, 202]
    work()
    assert request_of_ana.messages.count() == 2
    assert InboundMail.objects.filter(reason="duplicate").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"spoil": b"x"},
        {"late_by": 302},
        {"late_by": -302},
        {"webhook-id": "other"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
        {"webhook-timestamp": "soon"},
    ],
    ids=str,
)
def test_a_bad_signature_is_401_and_nothing_is_kept(client, request_of_ana, secret, wrong):
    assert push(client, letter(request_of_ana).as_bytes(), secret, **wrong).status_code == 401
    assert InboundMail.objects.count() == 0


def test_without_a_secret_the_door_is_shut(client, request_of_ana, secret):
    secret.MAIL_HOOK_SECRET = ""
    assert push(client, letter(request_of_ana).as_bytes(), secret).status_code == 401


def test_wrong_methods_and_sizes(client, db, secret, monkeypatch):
    assert client.get("/hooks/email/").status_code == 405
    monkeypatch.setattr("community.inbound.hook.LARGEST", 1000)
    assert push(client, b"x" * 1001, secret).status_code == 413
    assert push(client, b"", secret).status_code == 422


def test_nothing_in_the_answer_tells_whether_the_token_was_good(client, request_of_ana, secret):
    good = push(client, letter(request_of_ana).as_bytes(), secret)
    bad = push(
        client, letter(request_of_ana, To="reply+1.1.aaaaaaaaaaaaaaaaaaaaaaaaaa@northlight.example").as_bytes(), secret
    )
    assert (good.status_code, set(good.json())) == (bad.status_code, set(bad.json()))
