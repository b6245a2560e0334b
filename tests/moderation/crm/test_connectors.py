"""What is true of all connectors together, and what is special to one."""

import pytest

from moderation.crm.connectors import kinds
from moderation.crm.connectors.errors import Conflict, Invalid, RateLimited
from tests.moderation.crm.conformance.conftest import case_data
from tests.moderation.crm.conformance.sides import fake_side

EXPECTED = {"hubspot", "odoo", "salesforce", "tryton", "webhook", "xml", "zendesk"}


def test_every_kind_asks_for_an_address():
    assert set(kinds()) == EXPECTED
    assert all(any(ask.name == "url" for ask in kind.asks) for kind in kinds().values())


@pytest.fixture
def reach(db):
    """A connector of a kind with its fake beside it."""
    opened = []

    def reach(kind, **settings):
        side = fake_side(kind)
        side.settings |= settings
        connector = side.connect().connector()
        opened.append((side, connector))
        return side, connector

    yield reach
    for side, connector in opened:
        connector.wire.client.close()
        side.stop()


def test_one_entry_of_a_batch_that_failed_is_not_a_success(reach):
    """HubSpot answers 207 for a batch with a contact whose address somebody else has already."""
    _side, connector = reach("hubspot")
    connector.upsert_contact("s:contact:1", {"name": "ana", "email": "ana@example.org"})
    with pytest.raises(Conflict, match="already exists"):
        connector.upsert_contact("s:contact:2", {"name": "ana two", "email": "ana@example.org"})
    assert connector.find("contact", "s:contact:2") == []


def test_a_day_that_is_used_up_waits_and_loses_nothing(reach):
    side, connector = reach("salesforce")
    contact = connector.upsert_contact("s:contact:1", {"name": "ana"})
    side.people.is_used_up = True
    with pytest.raises(RateLimited) as caught:
        connector.upsert_case("s:case:1", case_data(contact.id))
    assert caught.value.retry_after == 3600
    side.people.is_used_up = False
    assert connector.upsert_case("s:case:1", case_data(contact.id)).status == "new"


def test_words_of_a_company_for_its_statuses(reach):
    _side, connector = reach("salesforce", statuses="new=New, working=In Arbeit, solved=Closed")
    assert connector.word_for("working") == "In Arbeit"
    with pytest.raises(Invalid, match="no status"):
        connector.word_for("waiting")
    with pytest.raises(Invalid, match="does not name"):
        connector.status_of("Auf dem Mond")


def test_a_setting_that_nobody_understands_is_told_at_the_check(reach):
    _side, connector = reach("odoo", statuses="fresh=New")
    with pytest.raises(Invalid, match="setting of the statuses"):
        connector.check()


def test_two_records_with_our_reference_are_for_a_person_to_merge(reach):
    side, connector = reach("salesforce")
    for _time in range(2):
        side.people.write(side.people.make("Contact", {"Porchlight_Ref__c": "s:contact:1"}), {"LastName": "ana"})
    with pytest.raises(Invalid, match="several records"):
        connector.upsert_contact("s:contact:1", {"name": "ana"})


def test_zendesk_makes_one_ticket_for_one_key(reach):
    side, connector = reach("zendesk")
    contact = connector.upsert_contact("s:contact:1", {"name": "ana"})
    made = connector.upsert_case("s:case:1", case_data(contact.id, key="one"))
    side.people.tickets[int(made.id)]["external_id"] = ""  # as if the look-up did not show it yet
    assert connector.upsert_case("s:case:1", case_data(contact.id, key="one")).id == made.id


def test_a_zendesk_agent_has_to_be_one(reach):
    side, connector = reach("zendesk")
    side.people.me = lambda request: (200, {"user": {"id": 1, "name": "ana", "role": "end-user"}})
    with pytest.raises(Invalid, match="no agent"):
        connector.check()


HOSTILE = {
    "an outside entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><events>&x;</events>',
    "entities that multiply": b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><events>&b;</events>',
    "an outside document type": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><events/>',
    "the wrong encoding": '<?xml version="1.0" encoding="utf-8"?><events>\xe4</events>'.encode("latin-1"),
    "an unknown encoding": b'<?xml version="1.0" encoding="klingon"?><events/>',
    "a deep nest": b"<a>" * 20_000 + b"</a>" * 20_000,
    "no document": b"hello",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_documents_are_refused(reach, what):
    _side, connector = reach("xml")
    with pytest.raises(Invalid):
        connector.parse_webhook(HOSTILE[what])


def test_a_path_that_is_none_is_refused(reach):
    _side, connector = reach("xml", paths="changes=//[[")
    with pytest.raises(Invalid, match="path"):
        connector.parse_webhook(b"<events/>")


def test_owners_are_told_by_documents_too(reach):
    _side, connector = reach("xml")
    body = b'<told><entitlement id="ENT-7" email="Ana@example.org" product="beam-2"/></told>'
    body = body.replace(b'id="ENT-7"', b"").replace(b"/>", b"><key>ENT-7</key></entitlement>")
    assert connector.parse_webhook(body) == []
    (owner,) = connector.parse_entitlements(body)
    assert (owner.id, owner.email, owner.product, owner.is_ended) == ("ENT-7", "ana@example.org", "beam-2", False)
