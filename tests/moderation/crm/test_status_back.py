"""AC-CRM-3 and R4: status comes back by signed messages and by polling, in order, once, and nothing internal stays."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from community.events.models import Event
from community.events.verbs import Verb
from moderation.crm.connectors.webhook import sign
from moderation.crm.models import Case, CaseComment, HookMessage
from moderation.crm.polling import poll
from moderation.queue.models import Item
from tests.jobs import work
from tests.moderation.crm.receiver import OLD_SECRET, SECRET
from tests.moderation.crm.scenes import dora_pushes, item_of, the_case, work_through

HOOK = "/hooks/crm/desk/"


@pytest.fixture
def item(cast, webhook, receiver):
    """A pushed question. The receiver cannot be looked up, so that its messages speak for themselves."""
    item = item_of(cast)
    dora_pushes(cast, item)
    work_through()
    webhook.settings = {"url": receiver.url, "changes_url": f"{receiver.url}/changes"}
    webhook.save()
    return item


def send(client, data, name="msg-1", at=None, secret=SECRET, **more):
    """The CRM sends a message."""
    at = at or datetime.now(UTC)
    body = json.dumps({"type": "case.changed", "data": {"case": "case-1", **data}}).encode()
    headers = {
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign(secret, name, at, body),
        **more,
    }
    return client.post(HOOK, body, content_type="application/json", headers=headers)


def test_ac_crm_3_working_stays_though_an_older_new_comes_late(client, item):
    assert send(client, {"status": "working", "version": 3}).status_code == 202
    assert send(client, {"status": "new", "version": 2}, name="msg-2").status_code == 202
    work()
    assert the_case(item).status == "working"
    assert the_case(item).status_version == 3


def test_ac_crm_3_solved_shows_on_the_thread_and_ana_is_told(client, item, cast, mailoutbox):
    send(client, {"status": "solved", "version": 4})
    work()
    notice = item.thread.open_notices.get(kind="case_status")
    assert notice.text == "Our team has solved this."
    assert cast.ana.notifications.filter(kind="case").count() == 1
    assert [mail.to for mail in mailoutbox if "solved" in mail.body] == [["ana@example.org"]]
    assert "case-1" not in notice.text


def test_ac_crm_3_a_public_comment_appears_and_an_internal_one_is_never_kept(client, item, cast, webhook):
    webhook.spokesperson = cast.dora
    webhook.save()
    send(client, {"id": "c1", "version": 5, "text": "Firmware 3.3 mends it.", "public": True, "author": "Sam"})
    send(client, {"id": "c2", "version": 6, "text": "CANARY-INTERNAL", "public": False}, name="msg-2")
    send(client, {"id": "c3", "version": 7, "text": "CANARY-UNMARKED"}, name="msg-3")
    work()
    assert list(CaseComment.objects.values_list("text", flat=True)) == ["Firmware 3.3 mends it."]
    assert item.thread.posts.get(kind="comment").alias == "Dora, Bluetooth"
    assert "CANARY" not in str(list(HookMessage.objects.values()))


def test_ac_crm_3_the_same_message_twice_is_one_change(client, item):
    for _time in range(2):
        assert send(client, {"status": "working", "version": 3}).status_code == 202
    work()
    assert HookMessage.objects.count() == 1
    assert Event.objects.filter(verb=Verb.CASE_STATUS_CHANGED).count() == 1


def test_ac_crm_3_a_bad_signature_is_401(client, item):
    assert send(client, {"status": "solved"}, secret="whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").status_code == 401
    assert client.post(HOOK, b"{}", content_type="application/json").status_code == 401
    assert HookMessage.objects.count() == 0


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_message_six_minutes_old_or_early_is_401(client, item, minutes):
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    assert send(client, {"status": "solved", "version": 9}, at=at).status_code == 401


def test_both_secrets_are_taken_while_they_rotate(client, item):
    assert send(client, {"status": "working", "version": 3}, secret=OLD_SECRET).status_code == 202


@pytest.mark.parametrize(
    "data",
    [{"status": "sparkling"}, {"version": "3"}, {"version": -1}, {"case": None}, {"version": True}],
)
def test_what_nobody_understands_is_400_and_kept_nowhere(client, item, data):
    assert send(client, data).status_code == 400
    assert HookMessage.objects.count() == 0


def test_an_unknown_case_is_taken_and_changes_nothing(client, item):
    assert send(client, {"case": "case-999", "status": "solved", "version": 9}).status_code == 202
    work()
    assert the_case(item).status == "new"


def test_ten_times_the_messages_are_all_taken_quickly(client, item):
    begun = datetime.now(UTC)
    for number in range(100):
        assert send(client, {"status": "working", "version": 3}, name=f"m{number}").status_code == 202
    assert (datetime.now(UTC) - begun).total_seconds() < 100
    work()
    assert Event.objects.filter(verb=Verb.CASE_STATUS_CHANGED).count() == 1


def test_ac_crm_3_a_silent_webhook_is_caught_up_by_polling_for_active_cases_only(cast, item, webhook, receiver):
    other = item_of(cast, title="A second matter altogether", source="The left side hums at night.")
    dora_pushes(cast, other)
    work_through()
    Case.objects.filter(item=other).update(status="closed")
    receiver.changes += [
        {"case": "case-1", "version": 8, "status": "solved"},
        {"case": "case-2", "version": 8, "status": "working"},
    ]
    assert poll(webhook) == 1
    assert the_case(item).status == "solved"
    assert the_case(other).status == "closed"
    assert poll(webhook) == 0


def test_a_case_deleted_there_breaks_the_link_and_supervisors_are_told(client, item, cast):
    fay = cast.fay
    item.close(by=cast.dora)
    send(client, {"deleted": True, "version": 9})
    work()
    assert the_case(item).broken_at is not None
    assert Item.objects.get(pk=item.pk).state == "open"
    assert fay.notifications.filter(text__contains="no longer has the case").count() == 1


def test_ac_crm_3_closed_in_the_crm_while_dora_writes_makes_her_page_stale(client, item, cast):
    seen = Item.objects.get(pk=item.pk).version
    send(client, {"status": "closed", "version": 4})
    work()
    assert Item.objects.get(pk=item.pk).version > seen


def test_get_is_not_how_a_message_comes(client, item):
    assert client.get(HOOK).status_code == 405
    assert client.post("/hooks/crm/nobody/").status_code == 404


def test_kim_sees_on_the_connection_where_messages_go_and_what_became_of_the_last(client, item, cast, webhook):
    client.force_login(cast.kim)
    page = f"/desk/crm/connections/{webhook.pk}/"
    before = client.get(page).content.decode()
    assert HOOK in before
    assert "No message has come lately." in before
    send(client, {"status": "working", "version": 3})
    assert "being taken over" in client.get(page).content.decode()
    work()
    after = client.get(page).content.decode()
    assert "Last message:" in after
    assert "taken over" in after
    assert "being taken over" not in after


def test_what_the_page_says_of_long_messages_is_true(client, item):
    """docs/connectors-webhook.md: 400 for a message of more than 1 MB."""
    assert send(client, {"status": "working", "version": 3, "text": "x" * 1_000_001}).status_code == 400
    assert HookMessage.objects.count() == 0
