"""AC-MOD-5 in full: duration and last day of an appeal to the minute, the same record by the API, and each action told.

Whatever a decision does has its statement, its place in the sealed audit log and its line in the public log; and so has
its undoing.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.html import strip_tags

from community.events.models import Event
from community.notifications.models import EmailDelivery
from community.people.models import Person
from moderation.actions.models import Seal
from moderation.actions.sealing import faults, seal_events
from moderation.decisions.deciding import undo
from moderation.decisions.deeds import DEEDS
from moderation.decisions.models import LogEntry
from tests.community.api.program import Program
from tests.scenes import one_line

ELSEWHERE = {"void_votes", "sweep", "move", "merge", "decline"}
"""What is no deed on a post that somebody reported."""
DECIDED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_ac_mod_5_the_end_and_the_last_day_of_an_appeal_are_told_to_the_minute(
    client, cast, case, decided, time_machine
):
    Person.objects.filter(pk=cast.ana.pk).update(locale="en", time_zone="Europe/Berlin")
    time_machine.move_to(DECIDED, tick=False)
    statement = decided(case, "hide", "silence", days=3).statement
    assert (statement.until, statement.appeal_until) == (DECIDED + timedelta(days=3), DECIDED + timedelta(days=183))
    page = one_line(client.get(statement.get_absolute_url()))
    assert "until 23 November 2026, 11:00" in page
    assert "You can appeal once, until 22 May 2027." in page
    mail = " ".join(EmailDelivery.objects.get(key=f"statement-{statement.pk}").text.split())
    assert "Until 23 November 2026, 11:00." in mail
    assert "You can appeal until 22 May 2027; somebody else answers within seven days." in mail
    assert statement.get_absolute_url() in mail
    assert statement.rule_text in page
    assert statement.rule_text in mail


def test_ac_mod_5_each_measure_tells_its_own_end(client, cast, case, decided, time_machine):
    """A post that is hidden for good does not read as if it came back with the end of a silence of three days."""
    Person.objects.filter(pk=cast.ana.pk).update(locale="en", time_zone="Europe/Berlin")
    time_machine.move_to(DECIDED, tick=False)
    statement = decided(case, "hide", "silence", "warn", days=3).statement
    hidden = "Your post was hidden. Nobody but the team can read it. Without an end, unless it is taken back."
    silenced = "You can read, and write to the team. {} 23 November 2026, 11:00."
    warned = "This is a warning. Nothing was taken from you."
    page = " ".join(strip_tags(one_line(client.get(statement.get_absolute_url()))).split())
    mail = " ".join(EmailDelivery.objects.get(key=f"statement-{statement.pk}").text.split())
    for text, until in ((page, "It ends by itself: until"), (mail, "Until")):
        assert hidden in text
        assert silenced.format(until) in text
        assert warned in text
        assert f"{warned} Without" not in text
    told = Program(statement.person).get(f"/statements/{statement.token}/").json()["measures"]
    assert [(one["until"] or "", one["lasts"]) for one in told] == [
        ("", True), ("2026-11-23T10:00:00Z", False), ("", False)]  # fmt: skip


def test_ac_mod_5_the_api_returns_every_field_of_the_record(client, cast, case, decided):
    statement = decided(case, "hide", "silence", days=3).statement
    told = Program(statement.person).get(f"/statements/{statement.token}/").json()
    record = client.get(f"{statement.get_absolute_url()}record.json").json()
    for name in ("what", "where", "rule", "facts", "scope", "automation"):
        assert told[name] == record[name], name
    for name, its in (("since", "from"), ("until", "until"), ("appeal_until", "appeal_until")):
        assert datetime.fromisoformat(told[name]) == datetime.fromisoformat(record[its]), name
    assert told["is_standing"] == record["standing"] is True


def sealed(verb: str, **facts) -> Event:
    """The one event of this kind, which the audit log has sealed."""
    event = Event.objects.get(verb=verb, **facts)
    assert Seal.objects.filter(event=event.pk).exists()
    return event


@pytest.mark.parametrize("name", sorted(set(DEEDS) - ELSEWHERE))
def test_ac_pol_5_each_action_has_a_statement_a_sealed_place_in_the_audit_and_a_public_line(case, decided, cast, name):
    decision = decided(case, name, text="Changed by the team, so that it keeps to the rules.")
    seal_events()
    made = sealed("decision.made", subject_id=decision.pk)
    assert (made.actor, made.details["rule"], made.details["reason"]) == (cast.hana, "spam", "It advertises a shop.")
    taken = sealed("action.taken", details__kind=name)
    assert taken.actor == cast.hana
    statement = decision.statement
    assert (statement.rule_title, statement.facts) == ("Advertising and spam", "It advertises a shop.")
    assert statement.scope
    line = LogEntry.objects.get(decision=decision)
    assert (str(DEEDS[name].logged) in line.what, line.rule, line.undone_at) == (True, "Advertising and spam", None)

    undo(decision, by=cast.hana, reason="It was wrong")
    seal_events()
    assert sealed("decision.undone").details["reason"] == "It was wrong"
    assert sealed("action.undone").details["kind"] == name
    line.refresh_from_db()
    assert line.undone_at is not None
    assert list(faults()) == []
