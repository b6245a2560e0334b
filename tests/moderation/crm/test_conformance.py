"""The contract of a connector, the same for all: a real Tryton, and the stateful other side of the webhook."""

from uuid import uuid4

import pytest

from moderation.crm.connectors import kinds
from moderation.crm.connectors.base import STATUSES
from moderation.crm.connectors.errors import AuthExpired, ConnectorError, Gone, Transient
from moderation.crm.sealing import seal
from tests.moderation.crm.conftest import connect_tryton
from tests.moderation.crm.scenes import connect_webhook

pytestmark = pytest.mark.slow


@pytest.fixture(params=["webhook", pytest.param("tryton", marks=pytest.mark.crm)])
def connection(request, db):
    if request.param == "webhook":
        return connect_webhook(request.getfixturevalue("receiver"))
    return connect_tryton(request.getfixturevalue("tryton").url)


@pytest.fixture
def connector(connection):
    connector = connection.connector()
    with connector.wire:
        yield connector


@pytest.fixture
def site():
    return uuid4().hex


@pytest.fixture
def case(connector, site):
    """A contact with a case."""
    contact = connector.upsert_contact(f"{site}:contact:1", {"name": "ana", "key": "k1"})
    return connector.upsert_case(f"{site}:case:1", case_data(contact.id))


def case_data(contact, title="Drops every minute", key="k2"):
    return {
        "title": title,
        "text": "It drops.",
        "product": "Beam 2",
        "contact": contact,
        "key": key,
        "url": "https://x.example/1",
    }


def note_data(text="Turn it off.", version=1, key="k3", **more):
    return {"text": text, "version": version, "key": key, "is_public": True, "author": "ben", **more}


def test_a_check_says_whom_we_reached(connector):
    assert len(connector.check()) > 10


def test_a_contact_is_made_once_and_changed_afterwards(connector, site):
    first = connector.upsert_contact(f"{site}:contact:1", {"name": "ana", "key": "a"})
    second = connector.upsert_contact(f"{site}:contact:1", {"name": "ana-b", "key": "b"})
    assert first.id == second.id
    (found,) = connector.find("contact", f"{site}:contact:1")
    assert found.id == first.id
    assert found.fields["name"] == "ana-b"


def test_two_references_are_two_contacts(connector, site):
    ids = {connector.upsert_contact(f"{site}:contact:{n}", {"name": "ana", "key": f"{n}"}).id for n in (1, 2)}
    assert len(ids) == 2


def test_a_case_is_made_once_and_changed_afterwards(connector, site, case):
    again = connector.upsert_case(f"{site}:case:1", case_data("contact-1", "Another title", "k9"), case.id)
    assert again.id == case.id
    (found,) = connector.find("case", f"{site}:case:1")
    assert found.fields["title"] == "Another title"


def test_a_case_made_twice_without_knowing_is_still_one(connector, site, case):
    contact = connector.find("contact", f"{site}:contact:1")[0].id
    assert connector.upsert_case(f"{site}:case:1", case_data(contact)).id == case.id
    assert len(connector.find("case", f"{site}:case:1")) == 1


def test_a_new_case_is_new(connector, case):
    assert case.status in {"", "new"}
    assert connector.read_case(case.id).status == "new"


def test_a_note_said_twice_is_there_once(connector, site, case):
    for _time in range(2):
        connector.append_note(case.id, f"{site}:event:1-1", note_data())
    assert len(connector.find("note", f"{site}:event:1-1")) == 1


def test_a_note_gets_its_new_wording_in_place(connector, site, case):
    first = connector.append_note(case.id, f"{site}:event:1-1", note_data())
    newer = note_data("[removed]", version=2, key="k4")
    assert connector.append_note(case.id, f"{site}:event:1-1", newer, first.id).id == first.id
    (found,) = connector.find("note", f"{site}:event:1-1")
    assert found.version == 2


def test_what_nobody_made_is_not_found(connector, site):
    assert [connector.find(kind, f"{site}:{kind}:9") for kind in ("contact", "case", "note")] == [[], [], []]


def test_a_case_moves_and_its_version_grows(connector, case):
    moved = connector.set_status(case.id, "working", 0)
    assert moved.status == "working"
    assert moved.version > case.version
    assert connector.set_status(case.id, "solved", 0).status == "solved"


def test_statuses_are_the_words_of_the_house(connector, case):
    assert connector.read_case(case.id).status in STATUSES


def test_a_case_that_is_not_there_is_gone(connector):
    with pytest.raises(Gone):
        connector.read_case("987654")


def test_erasing_a_contact_takes_its_name_and_can_be_repeated(connector, site):
    made = connector.upsert_contact(f"{site}:contact:1", {"name": "CANARY", "email": "canary@example.org", "key": "a"})
    for _time in range(2):
        connector.erase("contact", f"{site}:contact:1", made.id)
    assert "CANARY" not in str(connector.find("contact", f"{site}:contact:1")[0].fields)


def test_changes_begin_somewhere_and_do_not_fail_when_repeated(connector, case):
    _changes, cursor = connector.changes("", 50)
    again, _cursor = connector.changes(cursor, 50)
    assert all(change.case for change in again)


def test_a_wrong_secret_is_an_expired_sign_in(connection):
    wrong = {"password": "wrong-word", "secret": "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}
    connection.sealed, connection.session = seal(wrong), ""
    connection.save()
    connector = connection.connector()
    with connector.wire, pytest.raises(AuthExpired):
        connector.check()


def test_nobody_there_is_transient(connection):
    connection.settings = {**connection.settings, "url": "http://127.0.0.1:9"}
    connector = connection.connector()
    with connector.wire, pytest.raises(Transient):
        connector.upsert_contact("x:contact:1", {"name": "ana", "key": "a"})


def test_inside_addresses_are_refused_unless_allowed(connection, settings):
    settings.CRM_MAY_REACH_INSIDE = False
    connector = connection.connector()
    with connector.wire, pytest.raises(ConnectorError, match="public addresses"):
        connector.check()


def test_every_kind_asks_for_an_address():
    assert set(kinds()) == {"tryton", "webhook"}
    assert all(any(ask.name == "url" for ask in kind.asks) for kind in kinds().values())
