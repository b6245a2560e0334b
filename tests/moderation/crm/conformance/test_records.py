"""The contract, contacts and cases: made once, found again, changed, moved, forgotten."""

from contextlib import suppress

import pytest
from django.utils import timezone

from moderation.crm.connectors.base import STATUSES
from moderation.crm.connectors.errors import Conflict, ConnectorError, Gone, Invalid
from tests.moderation.crm.conformance.conftest import case_data

pytestmark = pytest.mark.slow


def test_a_check_says_whom_we_reached(connector):
    assert len(connector.check()) > 10


def test_a_contact_is_made_once_and_changed_afterwards(connector, site):
    first = connector.upsert_contact(f"{site}:contact:1", {"name": "ana", "key": f"{site}a"})
    second = connector.upsert_contact(f"{site}:contact:1", {"name": "ana-b", "key": f"{site}b"})
    assert first.id == second.id
    (found,) = connector.find("contact", f"{site}:contact:1")
    assert found.id == first.id
    assert found.fields["name"] == "ana-b"


def test_a_known_contact_is_changed_by_its_id(connector, site, contact):
    again = connector.upsert_contact(f"{site}:contact:1", {"name": "ana-c", "key": f"{site}c"}, contact.id)
    assert again.id == contact.id
    assert connector.find("contact", f"{site}:contact:1")[0].fields["name"] == "ana-c"


def test_two_references_are_two_contacts(connector, site):
    made = [connector.upsert_contact(f"{site}:contact:{n}", {"name": "ana", "key": f"{site}{n}"}) for n in (1, 2)]
    assert len({remote.id for remote in made}) == 2


def test_a_changed_mail_address_makes_no_second_contact(connector, site):
    ref = f"{site}:contact:1"
    for number, email in enumerate((f"{site}@example.org", f"new-{site}@example.org")):
        connector.upsert_contact(ref, {"name": "ana", "email": email, "key": f"{site}{number}"})
    assert len(connector.find("contact", ref)) == 1


def test_a_case_is_made_once_and_changed_afterwards(connector, site, contact, case):
    again = connector.upsert_case(f"{site}:case:1", case_data(contact.id, "Another title", f"{site}k9"), case.id)
    assert again.id == case.id
    (found,) = connector.find("case", f"{site}:case:1")
    assert found.fields["title"] == "Another title"


def test_a_case_made_twice_without_knowing_is_still_one(connector, site, contact, case):
    assert connector.upsert_case(f"{site}:case:1", case_data(contact.id, key=f"{site}k9")).id == case.id
    assert len(connector.find("case", f"{site}:case:1")) == 1


def test_a_case_goes_below_another_contact(connector, people, site, contact, case):
    other = connector.upsert_contact(f"{site}:contact:2", {"name": "chris", "key": f"{site}o"})
    assert people.contact_of(case.id) == contact.id
    connector.upsert_case(f"{site}:case:1", case_data(other.id, key=f"{site}k9"), case.id)
    assert people.contact_of(case.id) == other.id
    assert connector.find("contact", f"{site}:contact:1")


def test_a_new_case_is_new(connector, case):
    assert case.status in {"", "new"}
    assert connector.read_case(case.id).status == "new"


def test_statuses_are_the_words_of_the_house(connector, case):
    assert connector.read_case(case.id).status in STATUSES


def test_what_nobody_made_is_not_found(connector, site, case):
    assert [connector.find(kind, f"{site}:{kind}:9", case.id) for kind in ("contact", "case", "note")] == [[], [], []]


def test_any_sign_survives(connector, site, contact):
    title = "Ünïcode 🎧 “quoted” it's 100% <b>\\o/</b> & more"
    made = connector.upsert_case(f"{site}:case:7", case_data(contact.id, title, f"{site}k7"))
    assert connector.read_case(made.id).fields["title"] == title


def test_a_reference_with_odd_signs_harms_nothing(connector, site, case):
    for odd in (f"{site}:case:1' OR Name != '", f"{site}:case:%", f"{site}:case:1/../2"):
        with suppress(Gone, Invalid):
            assert connector.find("case", odd) == []


def test_a_case_moves_and_its_version_never_shrinks(connector, case):
    moved = connector.set_status(case.id, "working", 0)
    assert moved.status == "working"
    assert moved.version >= case.version
    solved = connector.set_status(case.id, "solved", 0)
    assert (solved.status, connector.read_case(case.id).status) == ("solved", "solved")
    assert solved.version >= moved.version


def test_moving_to_where_it_is_already_is_no_mistake(connector, case):
    for _time in range(2):
        assert connector.set_status(case.id, "working", 0).status == "working"


def test_a_status_that_is_none_is_refused(connector, case):
    with pytest.raises(ConnectorError):
        connector.set_status(case.id, "on-the-moon", 0)
    assert connector.read_case(case.id).status == "new"


def test_a_decision_on_an_older_state_is_a_conflict(connector, people, case):
    seen = connector.read_case(case.id).version
    people.move(case.id, "working")
    with pytest.raises(Conflict):
        connector.set_status(case.id, "solved", seen)
    assert connector.read_case(case.id).status == "working"


def test_a_case_that_is_not_there_is_gone(connector):
    with pytest.raises(Gone):
        connector.read_case("987654")


def test_a_deleted_case_is_gone(connector, people, case):
    people.delete(case.id)
    with pytest.raises(Gone):
        connector.read_case(case.id)


def test_erasing_a_contact_takes_its_name_and_can_be_repeated(connector, site):
    ref, data = f"{site}:contact:5", {"name": f"CANARY{site}", "email": f"canary{site}@example.org", "key": f"{site}e"}
    made = connector.upsert_contact(ref, data)
    for _time in range(2):
        connector.erase("contact", ref, made.id)
    assert f"CANARY{site}" not in str(connector.find("contact", ref))


def test_erasing_a_case_takes_its_words(connector, site, contact):
    ref = f"{site}:case:8"
    made = connector.upsert_case(ref, case_data(contact.id, f"CANARY{site}", f"{site}k8"))
    for _time in range(2):
        connector.erase("case", ref, made.id)
    assert f"CANARY{site}" not in str(connector.find("case", ref))


def test_capabilities_are_true(connector, side):
    can = connector.capabilities()
    assert can.finds
    assert can.polls
    if not can.hooks:
        with pytest.raises(Invalid):
            connector.verify_webhook("POST", "https://x", {}, b"{}", timezone.now())
