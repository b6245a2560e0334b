"""The contract, the CRM's own fields: told by their paths, written alone, and emptied."""

import pytest

from moderation.crm.connectors._fields import paths_in, value_at
from moderation.crm.connectors.errors import Gone
from tests.moderation.crm.conformance.sides import FIELDS

pytestmark = pytest.mark.slow
PAGE = "https://community.example.org/people/ana/"


@pytest.fixture
def fields(side):
    return FIELDS[side.kind]


def test_a_field_of_a_contact_is_written_and_read_by_its_path(connector, fields, contact, site):
    connector.set_fields("contact", contact.id, {fields[0]: PAGE})
    assert value_at(connector.whole("contact", contact.id), fields[0]) == PAGE
    (found,) = connector.find("contact", f"{site}:contact:1")
    assert (found.id, found.fields["name"]) == (contact.id, "ana")


def test_a_field_of_a_case_is_written_and_the_rest_stays(connector, fields, case, site):
    told = connector.set_fields("case", case.id, {fields[1]: "Beam 2"})
    assert value_at(connector.whole("case", case.id), fields[1]) == "Beam 2"
    assert (told.id, told.status or "new") == (case.id, "new")
    assert told.version >= case.version
    (found,) = connector.find("case", f"{site}:case:1")
    assert (found.id, found.fields["title"]) == (case.id, "Drops every minute")


def test_written_twice_and_changed_it_is_the_last(connector, fields, case):
    for value in ("Beam 2", "Beam 2", "Beam 3"):
        connector.set_fields("case", case.id, {fields[1]: value})
    assert value_at(connector.whole("case", case.id), fields[1]) == "Beam 3"


def test_any_sign_survives_in_a_field(connector, fields, case):
    words = "Ünï 🎧 “quoted” it's 100% <b> & more"
    connector.set_fields("case", case.id, {fields[1]: words})
    assert value_at(connector.whole("case", case.id), fields[1]) == words


def test_a_field_can_be_emptied_and_stays_known(side, connector, fields, contact, case):
    for kind, record, path in (("contact", contact.id, fields[0]), ("case", case.id, fields[1])):
        connector.set_fields(kind, record, {path: PAGE})
        connector.set_fields(kind, record, {path: ""})
        there = connector.whole(kind, record)
        assert value_at(there, path) == ""
        assert path in set(paths_in(there))


def test_a_decision_after_a_field_was_written_is_no_conflict(connector, fields, case):
    told = connector.set_fields("case", case.id, {fields[1]: "Beam 2"})
    assert connector.set_status(case.id, "working", told.version).status == "working"


def test_a_record_that_is_not_there_has_no_fields(connector, contact):
    for kind in ("contact", "case"):
        with pytest.raises(Gone):
            connector.whole(kind, "987654")


def test_the_fields_that_the_connector_needs_are_not_for_others(connector, contact, case):
    assert len(connector.own_fields) >= 5
    assert "" not in connector.own_fields
