"""AC-CRM-1: whatever the line does, one contact, one case, and one entry for each event, in order."""

from datetime import timedelta
from zlib import crc32

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from community.events.models import Event
from community.events.verbs import Verb
from moderation.crm import tasks
from moderation.crm.delivering import deliver
from moderation.crm.models import Attempt, CasePush, Connection, RemoteRef
from moderation.crm.waking import DELIVER
from tests.jobs import work
from tests.moderation.crm.scenes import dora_pushes, item_of, posts_of, the_case, time_passes, work_through

pytestmark = pytest.mark.usefixtures("quick")
WORST = [500, 500, "hang"]


def one_of_each(receiver):
    return {kind: len(records) for kind, records in receiver.records.items()}


def test_ac_crm_1_500_twice_then_done_but_unanswered_is_still_one_case_and_one_entry_per_event(cast, webhook, receiver):
    item = item_of(cast)
    receiver.faults.extend(WORST * 4)  # contact, case and both notes each meet 500, 500, 200 without an answer
    dora_pushes(cast, item)
    work_through(20)
    assert one_of_each(receiver) == {"contact": 1, "case": 1, "note": 2}
    assert len({message for message, _ in receiver.arrived}) == 4
    assert list(CasePush.objects.values_list("state", flat=True)) == ["sent"] * 4
    tries = Attempt.objects.filter(push__kind="contact").values_list("outcome", flat=True)
    assert list(tries) == ["Transient", "Transient", "Ambiguous", "ok"]


def test_entries_arrive_in_order_though_one_of_them_fails(cast, webhook, receiver):
    item = item_of(cast)
    receiver.faults.extend([None, None, 500, "drop"])
    dora_pushes(cast, item)
    work_through()
    arrived = [what for _, what in receiver.arrived]
    assert arrived == ["contact.upserted", "case.upserted", "note.upserted", "note.upserted"]
    assert "asked" in receiver.notes()[0]
    assert "answered" in receiver.notes()[1]


def test_pushing_again_tells_only_what_is_new(cast, webhook, receiver):
    item = item_of(cast)
    dora_pushes(cast, item)
    work_through()
    dora_pushes(cast, item)
    work_through()
    assert len(receiver.arrived) == 4
    assert RemoteRef.objects.count() == 4


def test_ac_crm_1_an_edited_post_gets_its_new_wording_and_a_removed_one_a_tombstone(cast, webhook, receiver):
    item = item_of(cast)
    dora_pushes(cast, item)
    work_through()
    answer = item.thread.posts.get(kind="answer")
    answer.edit("Turn LE Audio off, then on again.", by=cast.ben, version=1)
    work_through()
    assert "then on again" in receiver.notes()[1]
    answer.remove(by=cast.ben)
    work_through()
    assert len(receiver.records["note"]) == 2
    assert receiver.notes()[1] == "[removed by its author]"
    assert "LE Audio" not in str(receiver.records)


def test_an_edited_opening_changes_the_case_too(cast, webhook, receiver):
    item = item_of(cast)
    dora_pushes(cast, item)
    work_through()
    opening = item.thread.posts.get(kind="opening")
    opening.edit("It drops every two minutes now, with three phones.", by=cast.ana, version=1, title="Drops, still")
    work_through()
    (case,) = receiver.records["case"].values()
    assert case["title"] == "Drops, still"
    assert "three phones" in case["data"]["text"]


def test_a_page_instead_of_an_answer_is_never_success(cast, webhook, receiver):
    receiver.faults.append("html")
    dora_pushes(cast, item_of(cast))
    work()
    push = CasePush.objects.get(kind="contact")
    assert push.state == "dead"
    assert "not JSON" in push.error
    assert CasePush.objects.filter(state="waiting").count() == 3  # nothing overtakes a contact that is not there


def test_ac_crm_1_after_24_hours_it_is_a_dead_letter_a_supervisor_is_told_and_a_replay_mends_it(
    cast, webhook, receiver
):
    fay, kim = cast.fay, cast.kim
    item = item_of(cast)
    receiver.faults.extend([500] * 3)
    dora_pushes(cast, item)
    work()
    time_passes()
    work()
    CasePush.objects.filter(kind="contact").update(first_tried_at="2020-01-01T00:00Z")
    time_passes()
    work()
    push = CasePush.objects.get(kind="contact")
    assert push.state == "dead"
    assert Event.objects.filter(verb=Verb.PUSH_DEAD).count() == 1
    assert fay.notifications.filter(text__contains="given up").count() == 1
    assert CasePush.objects.filter(state="dead").replay(by=kim) == 1
    work_through()
    assert one_of_each(receiver) == {"contact": 1, "case": 1, "note": 2}


@pytest.mark.parametrize("header", ["120", "Sun, 06 Nov 2094 08:49:37 GMT"])
def test_ac_crm_2_retry_after_wins_in_seconds_and_as_a_date(cast, webhook, receiver, header):
    receiver.faults.append((429, header))
    dora_pushes(cast, item_of(cast))
    work()
    webhook.refresh_from_db()
    push = CasePush.objects.get(kind="contact")
    wait = (push.next_at - Attempt.objects.get().ended_at).total_seconds()
    assert wait == pytest.approx(120 if header == "120" else 3600, abs=5)
    assert webhook.is_open
    work_through()
    assert one_of_each(receiver)["case"] == 1


def test_a_bad_thread_does_not_stop_others(cast, webhook, receiver):
    first, second = (
        item_of(cast),
        item_of(cast, title="Another matter entirely", source="The case broke off its hinge."),
    )
    receiver.faults.append(422)
    dora_pushes(cast, first)
    dora_pushes(cast, second)
    work()
    assert the_case(first).remote_id == ""
    assert the_case(second).remote_id == "case-1"


def test_five_failures_in_a_row_leave_the_crm_alone_for_half_a_minute(cast, webhook, receiver, settings):
    settings.POSTS_A_MINUTE = settings.NEW_MEMBER_POSTS_A_DAY = 100
    receiver.faults.extend([500] * 20)
    items = [item_of(cast, title=f"Matter number {n}", source=f"Something is wrong, kind {n}.") for n in range(7)]
    for item in items:
        dora_pushes(cast, item)
    work()
    webhook.refresh_from_db()
    assert webhook.is_open
    assert Attempt.objects.count() == 5


def test_a_crm_that_no_longer_knows_us_pauses_the_connection_and_an_administrator_is_told(cast, webhook, receiver):
    kim = cast.kim
    receiver.faults.append(401)
    dora_pushes(cast, item_of(cast))
    work()
    webhook.refresh_from_db()
    assert webhook.state == "paused"
    assert kim.notifications.filter(text__contains="paused").exists()
    webhook.resume(by=kim)
    work_through()
    assert one_of_each(receiver)["note"] == 2


def test_without_any_crm_it_waits_and_flows_when_one_is_connected(cast, receiver, db):
    from tests.moderation.crm.scenes import connect_webhook

    item = item_of(cast)
    dora_pushes(cast, item)
    work()
    assert CasePush.objects.filter(state="waiting").count() == 4
    connect_webhook(receiver).save_settings(by=cast.kim, secrets={})
    work_through()
    assert one_of_each(receiver) == {"contact": 1, "case": 1, "note": 2}
    assert posts_of(item)[0] in RemoteRef.objects.values_list("source", flat=True)


def test_those_who_waited_for_the_breaker_go_on_as_soon_as_one_try_went_well(cast, webhook, receiver, settings):
    settings.POSTS_A_MINUTE = 100
    items = [item_of(cast, title=f"Matter number {n}", source=f"Something is wrong, kind {n}.") for n in range(7)]
    receiver.faults.extend([500] * 5)
    for item in items:
        dora_pushes(cast, item)
    work()
    time_passes(31)  # the breaker's half minute, and every wait of a retry but the longest
    CasePush.objects.unsettled().update(next_at="2020-01-01T00:00Z")
    Connection.objects.update(open_until="2020-01-01T00:00Z")
    work()  # no more time passes
    assert one_of_each(receiver) == {"contact": 1, "case": 7, "note": 14}


def test_what_the_crm_asked_for_is_not_undone_by_an_answer_to_somebody_else(cast, webhook):
    began, until = timezone.now(), timezone.now() + timedelta(minutes=2)
    assert webhook.wait_for_turn(began) is None
    webhook.hold(until)  # another worker was told 429 with Retry-After meanwhile
    webhook.went_well(began)
    assert webhook.wait_for_turn(timezone.now()) == until


def test_a_turn_without_a_token_is_no_trial(cast, webhook):
    now = timezone.now()
    Connection.objects.update(open_until=now - timedelta(seconds=1), tokens=0, tokens_at=now, rate=10)
    again = webhook.wait_for_turn(now)
    assert (again - now).total_seconds() == pytest.approx(0.1)
    assert webhook.wait_for_turn(again) is None


def waiting_jobs():
    return ProcrastinateJob.objects.filter(task_name=DELIVER, status="todo").count()


@pytest.mark.django_db(transaction=True)
def test_a_case_that_is_busy_or_waits_is_reminded_of_by_few_jobs_however_often_it_is_looked_at(
    cast, webhook, receiver, monkeypatch
):
    item = item_of(cast)
    receiver.faults.extend([500] * 10)
    case = dora_pushes(cast, item)
    work()
    assert waiting_jobs() == 1  # the next try
    time_passes(seconds=120)
    monkeypatch.setattr(tasks, "LOST_AFTER", timedelta(0))
    other = connection.copy()
    try:
        with other.cursor() as cursor:  # another worker is at it
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [crc32(b"crm.case") - 2**31, case.pk % 2**31])
        for _minute in range(20):
            tasks.sweep(timestamp=0)
            deliver(case.pk)
        assert waiting_jobs() == 3  # the next try, one for the sweep, one for when it is free
    finally:
        other.close()
    work_through(20)
    assert set(CasePush.objects.values_list("state", flat=True)) == {"sent"}
