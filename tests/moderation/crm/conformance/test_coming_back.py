"""The contract, what comes back: statuses, public comments, losses, and messages that prove themselves."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook as Signer

from moderation.crm.connectors._marks import is_ours
from moderation.crm.connectors.errors import Invalid
from tests.moderation.crm.conformance.conftest import note_data
from tests.moderation.crm.conformance.proofs import ADDRESS, message_of, proof_of
from tests.moderation.crm.conformance.sides import skip_unless
from tests.moderation.crm.receiver import OLD_SECRET

pytestmark = pytest.mark.slow


def poll(connector, cursor=""):
    """All that is new, page by page, as the worker asks for it."""
    news = []
    for _page in range(20):
        changes, following = connector.changes(cursor, 50)
        news += changes
        if following == cursor or len(changes) < 50:
            return news, following
        cursor = following
    raise AssertionError("polling never ends")


def test_a_status_that_people_set_comes_back(connector, people, case):
    people.move(case.id, "working")
    news, _cursor = poll(connector)
    assert [change.status for change in news if change.case == case.id and change.status][-1] == "working"


def test_the_later_status_has_the_later_version(connector, people, case):
    people.move(case.id, "working")
    first = [change.version for change in poll(connector)[0] if change.case == case.id][-1]
    people.move(case.id, "solved")
    last = [change for change in poll(connector)[0] if change.case == case.id][-1]
    assert (last.status, last.version > first) == ("solved", True)


def test_a_public_comment_comes_back_with_its_words(connector, people, case):
    people.comment(case.id, "We sent you new tips.")
    news = [change for change in poll(connector)[0] if change.case == case.id and change.note]
    assert [(change.is_public, "new tips" in change.note) for change in news] == [(True, True)]


def test_an_internal_comment_is_never_public(connector, people, case):
    people.comment(case.id, "INTERNAL-CANARY", public=False)
    news = [change for change in poll(connector)[0] if change.case == case.id]
    assert not [change for change in news if change.is_public and "INTERNAL-CANARY" in change.note]
    assert "INTERNAL-CANARY" not in str([note for note in connector.notes(case.id) if note.is_public])


def test_our_own_entries_are_known_as_ours(connector, site, case):
    connector.append_note(case.id, f"{site}:event:1-1", note_data(site, "We wrote this."))
    news = [change for change in poll(connector)[0] if change.case == case.id and "We wrote this." in change.note]
    assert all(is_ours(change.note) or not change.is_public for change in news)


def test_polling_again_is_no_mistake_and_skips_nothing(connector, people, case):
    _news, cursor = poll(connector)
    people.move(case.id, "working")
    news, _cursor = poll(connector, cursor)
    assert "working" in [change.status for change in news if change.case == case.id]
    again, _cursor = poll(connector, cursor)
    assert "working" in [change.status for change in again if change.case == case.id]


def test_small_pages_reach_the_end(connector, people, case):
    people.move(case.id, "working")
    people.comment(case.id, "One.")
    cursor, seen = "", []
    for _page in range(300):
        changes, following = connector.changes(cursor, 2)
        seen += [change for change in changes if change.case == case.id]
        if following == cursor:
            break
        cursor = following
    assert "working" in [change.status for change in seen]


def test_a_deleted_case_is_missing(connector, people, side, case):
    assert connector.missing([case.id]) == set()
    people.delete(case.id)
    if side.kind in {"webhook", "xml"}:  # they tell it themselves
        assert [change.is_deleted for change in poll(connector)[0] if change.case == case.id][-1]
    else:
        assert connector.missing([case.id]) == {case.id}


def test_a_proved_message_is_understood(connector, people, side, case):
    skip_unless(side, "messages")
    body = message_of(side.kind, case.id, "working")
    headers = proof_of(side.kind, body, timezone.now())
    assert connector.verify_webhook("POST", ADDRESS, headers, body, timezone.now())
    (change,) = connector.parse_webhook(body)
    assert (change.case, change.status) == (case.id, "working")


def test_the_same_message_has_the_same_name(connector, side, case):
    skip_unless(side, "messages")
    body, now = message_of(side.kind, case.id, "working"), timezone.now()
    headers = proof_of(side.kind, body, now)
    assert len({connector.verify_webhook("POST", ADDRESS, headers, body, now) for _time in range(2)}) == 1


@pytest.mark.parametrize("what", ["changed", "unsigned", "old", "early", "foreign"])
def test_a_message_that_is_not_proved_is_refused(connector, side, case, what):
    now = timezone.now()
    body = message_of(side.kind, case.id, "working") if connector.capabilities().hooks else b"{}"
    sent = {"old": now - timedelta(minutes=6), "early": now + timedelta(minutes=6)}.get(what, now)
    headers = {} if what == "unsigned" else proof_of(side.kind, body, sent, is_foreign=what == "foreign")
    with pytest.raises(Invalid):
        connector.verify_webhook("POST", ADDRESS, headers, body + b" " if what == "changed" else body, now)


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null", b'"text"', b"<a/>", b"<a>"])
def test_a_message_that_nobody_understands_is_refused(connector, body):
    with pytest.raises(Invalid):
        connector.parse_webhook(body)


def test_while_the_secret_is_rotated_both_are_good(connector, side, case):
    skip_unless(side, "two secrets")
    body, now = message_of(side.kind, case.id, "working"), datetime.now(UTC)
    signature = Signer(OLD_SECRET).sign("msg-1", now, body.decode())
    headers = {"webhook-id": "msg-1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    assert connector.verify_webhook("POST", ADDRESS, headers, body, now) == "msg-1"
    assert json.dumps(connector.secrets).count("whsec_") == 2
