"""AC-CRM-6: what another system tells in JSON of its own shape is mapped by path, as XML is, with versions."""

import json
from datetime import UTC, datetime

import pytest

from moderation.crm.connectors._signed import sign
from moderation.crm.connectors.errors import Invalid
from moderation.crm.models import Case
from tests.jobs import work
from tests.moderation.crm.receiver import SECRET
from tests.moderation.crm.scenes import dora_pushes, item_of, work_through

PATHS = {
    "records": "events", "path_case": "ticket/key", "path_version": "rev", "path_status": "ticket/state/name",
    "path_text": "remark/body", "path_author": "remark/by", "path_public": "remark/visible", "path_id": "no",
}  # fmt: skip


def told(case, status="solved", rev=7):
    """A message as another system writes it."""
    event = {"no": 31, "rev": rev, "ticket": {"key": case, "state": {"name": status}}}
    event["remark"] = {"body": "Please try again.", "by": "Sam", "visible": True}
    return json.dumps({"sent": "2026-11-26", "events": [event]})


@pytest.fixture
def case(cast, webhook):
    case = dora_pushes(cast, item_of(cast), webhook)
    work_through()
    case.refresh_from_db()
    return case


@pytest.fixture
def kim(client, cast):
    client.force_login(cast.kim)
    return client


def page_of(connection):
    return f"/desk/crm/connections/{connection.pk}/mapping/"


def send(client, raw):
    now = datetime.now(UTC)
    headers = {"webhook-id": f"m-{now.timestamp()}", "webhook-timestamp": str(int(now.timestamp()))}
    headers["webhook-signature"] = sign(SECRET, headers["webhook-id"], now, raw.encode())
    return client.post("/hooks/crm/desk/", raw, content_type="application/json", headers=headers)


def save(client, connection, based_on, **changes):
    return client.post(page_of(connection), {**PATHS, **changes, "based_on": based_on, "reason": "as they send it"})


def test_ac_crm_6_a_json_message_shows_what_its_paths_find_and_a_dry_run_counts(kim, webhook, case):
    form = {**PATHS, "sample": told(case.remote_id), "dry": "1"}
    page = kim.post(f"{page_of(webhook)}preview/", form).content.decode()
    assert "1 record found" in page
    assert "1 about cases of ours; 1 of them change the status; 0 about others; 0 faulty." in page
    for cell in ("Please try again.", "Sam", case.remote_id):
        assert cell in page
    assert Case.objects.get().status == "new"


def test_ac_crm_6_what_comes_is_read_by_the_version_in_force(kim, client, webhook, receiver, case):
    assert send(client, told(case.remote_id)).status_code == 400
    assert save(kim, webhook, 0).status_code == 302
    receiver.move(case.remote_id, "solved")
    assert send(client, told(case.remote_id)).status_code == 202
    webhook.refresh_from_db()
    with webhook.connector().wire:
        (change,) = webhook.connector().parse_webhook(told(case.remote_id).encode())
    assert (change.case, change.status, change.version, change.id) == (case.remote_id, "solved", 7, "31")
    assert (change.note, change.author, change.is_public) == ("Please try again.", "Sam", True)
    work()
    case.refresh_from_db()
    assert case.status == "solved"
    assert save(kim, webhook, 1, path_status="ticket/word").status_code == 302
    assert kim.post(f"{page_of(webhook)}back/", {"number": 1, "based_on": 2}).status_code == 302
    webhook.refresh_from_db()
    assert "status=ticket/state/name" in webhook.settings["paths"]


@pytest.mark.parametrize("raw", ["{", "[" * 5_000, json.dumps({"events": []}), '{"a":' * 60 + "1" + "}" * 60])
def test_ac_crm_6_what_is_no_message_is_refused(kim, client, webhook, case, raw):
    save(kim, webhook, 0)
    webhook.refresh_from_db()
    with webhook.connector().wire, pytest.raises(Invalid):
        webhook.connector().parse_webhook(raw.encode())
    assert send(client, raw).status_code == 400


def test_a_crm_with_messages_of_its_maker_has_no_such_page(kim, side):
    assert kim.get(page_of(side.connect())).status_code == 404
