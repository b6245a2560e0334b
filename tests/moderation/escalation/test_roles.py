"""Who gets in where: strangers, members, other roles, other brands, and guessed tokens (A1, A5, A8, A15)."""

import pytest

from community.inbound.models import InboundMail
from moderation.escalation.models import Conversation, Invitation, PrivateMessage
from moderation.escalation.streams import may_listen_to_a_conversation
from tests.community.inbound.letters import comes_in
from tests.moderation.escalation.letters import letter
from tests.moderation.escalation.scenes import CANARY, ana_accepts, ana_writes_in_private, item_of

EVERYBODY = ["ana", "ben", "chris", "dora", "emil", "fay", "gil", "hana", "ivo", "jo", "kim", "leo", "mallory"]
HELPERS = {"dora", "emil", "fay", "kim"}
READERS = HELPERS | {"hana"}
STAFF_WITHOUT = {"ivo", "jo"}
NOWHERE = "a" * 32


@pytest.fixture
def talk(cast):
    return ana_accepts(cast)


def customer_pages(talk):
    return [(f"/requests/{talk.token}/", "get")] + [
        (f"/requests/{talk.token}/{deed}/", "post") for deed in ("reply", "close", "reopen", "outcome", "mails/1")
    ]


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - {"ana"}))
def test_anas_pages_exist_for_ana_alone(client, cast, talk, who):
    client.force_login(getattr(cast, who))
    for url, method in customer_pages(talk):
        answered = getattr(client, method)(url, {"text": "x", "decision": "approve"} if method == "post" else None)
        assert answered.status_code == (403 if who == "jo" and method == "post" else 404), url  # auditors send nothing
        assert CANARY not in answered.content.decode()
        unknown = getattr(client, method)(url.replace(talk.token, NOWHERE))
        assert unknown.status_code == answered.status_code
    assert PrivateMessage.objects.count() == 1
    talk.refresh_from_db()
    assert not talk.is_closed


def expected(who: str, allowed: set[str]) -> int:
    if who in allowed:
        return 200
    return 403 if who in STAFF_WITHOUT else 404


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_desks_reading_pages(client, cast, talk, who):
    client.force_login(getattr(cast, who))
    for url in (f"/desk/conversations/{talk.pk}/", f"/desk/items/{talk.item_id}/private/"):
        answered = client.get(url)
        assert answered.status_code == expected(who, READERS), url
        if who not in READERS:
            assert CANARY not in answered.content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_desks_deeds(client, cast, talk, who):
    client.force_login(getattr(cast, who))
    answered = client.post(f"/desk/conversations/{talk.pk}/reply/", {"text": "From the team"})
    wanted = 302 if who in HELPERS else 403 if who in STAFF_WITHOUT | {"hana"} else 404
    assert answered.status_code == wanted
    assert talk.messages.count() == (2 if who in HELPERS else 1)


@pytest.mark.parametrize("deed", ["reply", "close", "reopen", "outcome"])
def test_gil_of_another_brand_and_wrong_methods(client, cast, talk, deed):
    client.force_login(cast.gil)
    assert client.post(f"/desk/conversations/{talk.pk}/{deed}/", {"text": "x"}).status_code == 404
    client.force_login(cast.dora)
    assert client.get(f"/desk/conversations/{talk.pk}/{deed}/").status_code == 405
    assert client.get(f"/desk/items/{talk.item_id}/private/offer/").status_code == 405


def test_gil_sees_his_brand_and_no_mail_addresses(client, cast):
    own = ana_writes_in_private(cast, product=cast.kettle_one, title="Hum")
    foreign = ana_writes_in_private(cast, title="Beam matter")
    comes_in(letter(own, From="colleague@example.net"))
    comes_in(letter(foreign, From="colleague2@example.net"))
    client.force_login(cast.gil)
    page = client.get("/desk/escalations/").content.decode()
    assert "Hum" in page
    assert "Beam matter" not in page
    assert "c•••@e•••.net" in page
    assert "colleague" not in page
    assert "ana@example.org" not in page
    assert client.get(f"/desk/conversations/{own.pk}/").status_code == 200
    assert "ana@example.org" not in client.get(f"/desk/conversations/{own.pk}/").content.decode()
    held = InboundMail.objects.held().get(about=foreign.pk)
    assert client.post(f"/desk/escalations/mails/{held.pk}/", {"decision": "admit"}).status_code == 404
    client.force_login(cast.dora)
    assert "colleague@example.net" in client.get("/desk/escalations/").content.decode()


def test_dora_lets_a_held_mail_in_and_discards_another(client, cast):
    own = ana_writes_in_private(cast)
    first, second = (comes_in(letter(own, f"{n}", From="colleague@example.net")) for n in range(2))
    client.force_login(cast.dora)
    client.post(f"/desk/escalations/mails/{first.pk}/", {"decision": "admit"})
    client.post(f"/desk/escalations/mails/{second.pk}/", {"decision": "discard"})
    assert own.messages.count() == 2
    assert client.post(f"/desk/escalations/mails/{second.pk}/", {"decision": "admit"}).status_code == 409
    assert own.messages.count() == 2


def test_a_mail_without_a_conversation_cannot_be_let_in(client, cast):
    held = comes_in(letter(None))
    client.force_login(cast.dora)
    assert client.post(f"/desk/escalations/mails/{held.pk}/", {"decision": "admit"}).status_code == 422


def test_the_signed_out_are_sent_to_sign_in(client, cast, talk):
    for url, method in [*customer_pages(talk), ("/requests/", "get"), ("/requests/new/", "get")]:
        assert getattr(client, method)(url).url.startswith("/account/login/"), url
    for url in (f"/desk/conversations/{talk.pk}/", "/desk/escalations/"):
        assert client.get(url).url.startswith("/account/login/")
    assert client.get(f"/requests/{talk.token}/", headers={"HX-Request": "true"}).status_code == 401


def test_the_socket_is_for_both_sides_only(cast, talk, django_user_model):
    allowed = {who for who in EVERYBODY if may_listen_to_a_conversation(getattr(cast, who), str(talk.pk))}
    assert allowed == READERS | {"ana"}
    assert not may_listen_to_a_conversation(cast.ana, "0")
    assert not may_listen_to_a_conversation(cast.ana, "x")


def test_a_role_that_is_withdrawn_ends_at_once(client, cast, talk):
    client.force_login(cast.dora)
    assert client.get(f"/desk/conversations/{talk.pk}/").status_code == 200
    cast.dora.grants.update(revoked_at="2026-01-01T00:00Z")
    assert client.get(f"/desk/conversations/{talk.pk}/").status_code == 404


def test_fields_that_nobody_asked_for_change_nothing(client, cast, talk):
    client.force_login(cast.ana)
    form = {"text": "mine", "side": "team", "alias": "Dora", "author": cast.dora.pk, "number": "99", "via": "mail"}
    client.post(f"/requests/{talk.token}/reply/", form)
    message = talk.messages.last()
    assert (message.side, message.alias, message.author, message.number, message.via) == (
        "customer", "", cast.ana, 2, "page"
    )  # fmt: skip


def test_script_in_a_message_a_subject_or_a_name_is_text(client, cast):
    evil = '<script>alert(1)</script><img src=x onerror="alert(1)" hx-get="/x">'
    talk = ana_writes_in_private(cast, title=evil[:150], text=evil)
    comes_in(letter(talk, evil))
    client.force_login(cast.ana)
    page = client.get(f"/requests/{talk.token}/").content.decode()
    client.force_login(cast.dora)
    page += client.get(f"/desk/conversations/{talk.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_nothing_was_made_by_looking(client, cast):
    thread_item = item_of(ana_accepts(cast).thread)
    before = (Invitation.objects.count(), Conversation.objects.count(), PrivateMessage.objects.count())
    client.force_login(cast.dora)
    client.get(f"/desk/items/{thread_item.pk}/private/")
    client.get("/desk/escalations/")
    assert before == (Invitation.objects.count(), Conversation.objects.count(), PrivateMessage.objects.count())
