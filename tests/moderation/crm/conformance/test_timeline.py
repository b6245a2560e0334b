"""The contract, entries of the timeline: each once, in order, in its last wording."""

from contextlib import suppress

import pytest

from moderation.crm.connectors.errors import ConnectorError, Gone
from tests.moderation.crm.conformance.conftest import case_data, note_data
from tests.moderation.crm.conformance.sides import skip_unless

pytestmark = pytest.mark.slow


@pytest.fixture
def note(connector, site, case):
    return connector.append_note(case.id, f"{site}:event:1-1", note_data(site))


def test_an_entry_is_there_with_its_words(connector, people, case, note):
    assert any("Turn it off." in text for text in people.texts(case.id))


def test_an_entry_said_twice_is_there_once(connector, people, site, case, note):
    connector.append_note(case.id, f"{site}:event:1-1", note_data(site))
    assert len(connector.find("note", f"{site}:event:1-1", case.id)) == 1
    assert len([text for text in people.texts(case.id) if "Turn it off." in text]) == 1


def test_an_entry_gets_its_new_wording(connector, people, site, case, note):
    newer = note_data(site, "[removed by its author]", version=2, key="k4")
    connector.append_note(case.id, f"{site}:event:1-1", newer, note.id)
    (found,) = connector.find("note", f"{site}:event:1-1", case.id)
    assert found.version == 2
    shown = "\n".join(people.texts(case.id))
    assert "Turn it off." not in shown
    assert "removed by its author" in shown


def test_a_new_wording_keeps_the_place_where_the_crm_can(connector, site, case, note):
    if connector.capabilities().edits_notes:
        newer = note_data(site, "Better.", version=2, key="k4")
        assert connector.append_note(case.id, f"{site}:event:1-1", newer, note.id).id == note.id


def test_entries_stand_in_the_order_in_which_they_were_said(connector, people, site, case):
    for number in range(5):
        words = note_data(site, f"word-{number}.", key=f"o{number}")
        connector.append_note(case.id, f"{site}:event:1-{number}", words)
    shown = "\n".join(people.texts(case.id))
    places = [shown.index(f"word-{number}.") for number in range(5)]
    assert places == sorted(places)


def test_lines_and_signs_of_an_entry_survive(connector, people, site, case):
    said = "First line\nsecond <b>line</b> & “more” 🎧"
    connector.append_note(case.id, f"{site}:event:1-1", note_data(site, said))
    (shown,) = [text for text in people.texts(case.id) if "First line" in text]
    plain = shown.replace("<br>", "\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert said in plain


def test_a_long_entry_arrives_with_its_mark(connector, site, case):
    long = "It drops when I walk. " * 1200
    connector.append_note(case.id, f"{site}:event:1-1", note_data(site, long, url="https://x.example/1#2"))
    (found,) = connector.find("note", f"{site}:event:1-1", case.id)
    assert found.version == 1


def test_two_cases_have_timelines_of_their_own(connector, people, site, contact, case):
    other = connector.upsert_case(f"{site}:case:2", case_data(contact.id, "Another", f"{site}c2"))
    connector.append_note(other.id, f"{site}:event:2-1", note_data(site, "Only here."))
    connector.append_note(case.id, f"{site}:event:1-1", note_data(site, "Only there.", key="x"))
    assert len(connector.find("note", f"{site}:event:2-1", other.id)) == 1
    assert len(connector.find("note", f"{site}:event:1-1", case.id)) == 1


def test_an_entry_of_a_deleted_case_is_gone_or_refused(connector, people, side, site, case):
    skip_unless(side, "deleted cases")
    people.delete(case.id)
    with suppress(ConnectorError):
        connector.append_note(case.id, f"{site}:event:1-9", note_data(site))
    with pytest.raises(Gone):
        connector.read_case(case.id)


def test_erasing_an_entry_takes_its_words(connector, people, site, case):
    ref = f"{site}:event:1-1"
    made = connector.append_note(case.id, ref, note_data(site, f"CANARY{site}"))
    for _time in range(2):
        connector.erase("note", ref, made.id, case.id)
    assert f"CANARY{site}" not in str(people.texts(case.id))
