"""The contract, contacts that the CRM had before us: found by address, read, and changed by their own id only."""

import pytest

from moderation.crm.connectors.errors import Gone
from tests.moderation.crm.conformance.sides import skip_unless

pytestmark = pytest.mark.slow


@pytest.fixture
def known(side, people, site):
    """Two contacts of one address, and one of another."""
    skip_unless(side, "look-up by address")
    address = f"ana-{site}@example.org"
    return address, [people.add_contact(name, address) for name in ("Ana Lima", "A. Lima (old)")]


def test_contacts_are_found_by_their_address(connector, people, site, known):
    address, ids = known
    people.add_contact("Somebody else", f"else-{site}@example.org")
    found = connector.find_contacts(address)
    assert [one.id for one in found] == ids
    assert [one.fields["name"] for one in found] == ["Ana Lima", "A. Lima (old)"]
    assert {one.fields["email"] for one in found} == {address}


def test_an_address_that_nobody_has_finds_nobody(connector, site, known):
    assert connector.find_contacts(f"nobody-{site}@example.org") == []
    assert connector.find_contacts(f"' OR Email != '{site}") == []


def test_a_contact_is_read_by_its_id(connector, known):
    address, (first, _second) = known
    there = connector.read_contact(first)
    assert (there.id, there.fields["name"], there.fields["email"]) == (first, "Ana Lima", address)


def test_a_contact_of_theirs_is_changed_by_its_id_and_stays_one(connector, site, known):
    address, ids = known
    connector.upsert_contact(f"{site}:contact:1", {"name": "Ana L.", "key": f"{site}k"}, ids[0])
    assert connector.read_contact(ids[0]).fields["name"] == "Ana L."
    assert [one.id for one in connector.find_contacts(address)] == ids


def test_a_contact_that_is_not_there_is_gone(connector, known):
    with pytest.raises(Gone):
        connector.read_contact("987654321")
