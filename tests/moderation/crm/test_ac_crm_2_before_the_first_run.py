"""AC-CRM-2: a preview before the first run, and a limit a day after which the queue goes on the next day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from moderation.crm.models import Attempt, CasePush, Connection, Match, RemoteRef
from moderation.crm.previewing import preview
from moderation.crm.tasks import sweep
from tests.jobs import work
from tests.moderation.crm.scenes import dora_pushes, item_of, work_through

NOON = (datetime.now(UTC) + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
"""Tomorrow: the connection is made now, and no clock runs backwards."""


@pytest.fixture
def connection(cast, side):
    """A paused connection that may be told mail addresses, and may fill in names."""
    EmailAddress.objects.create(user=cast.ana, email=cast.ana.email, verified=True, primary=True)
    connection = side.connect()
    connection.sends_contact_data, connection.name_mode, connection.state = True, "overwrite", "paused"
    connection.save()
    return connection


def test_ac_crm_2_the_preview_says_what_would_change_and_writes_nothing(cast, client, side, connection):
    known = side.people.add_contact("Ana Lima", cast.ana.email)
    dora_pushes(cast, item_of(cast))
    work()
    client.force_login(cast.kim)
    page = f"/desk/crm/connections/{connection.pk}/"
    assert client.post(f"{page}preview/").status_code == 302
    work()
    connection.refresh_from_db()
    report = connection.preview
    assert report["counts"] == {"new": 0, "linked": 1, "several": 0, "known": 0}
    assert (report["cases"], report["entries"]) == (1, 2)
    (row,) = report["contacts"]
    assert row["changes"] == [{"field": "name", "before": "Ana Lima", "after": "ana"}]
    assert "Ana Lima → ana" in client.get(page).content.decode()
    assert side.people.contacts()[known]["firstname"] == "Ana Lima"
    assert side.people.rows["tickets"] == side.people.rows["notes"] == {}
    assert [model.objects.count() for model in (RemoteRef, Match, Attempt)] == [0, 0, 0]
    assert {method for method, path in side.people.arrived if "search" not in path} <= {"GET"}


def test_ac_crm_2_what_was_previewed_is_what_happens_when_it_begins(cast, client, side, connection):
    known = side.people.add_contact("Ana Lima", cast.ana.email)
    dora_pushes(cast, item_of(cast))
    preview(connection)
    client.force_login(cast.kim)
    client.post(f"/desk/crm/connections/{connection.pk}/pause/")
    work_through()
    assert side.people.contacts()[known]["firstname"] == "ana"
    assert len(side.people.rows["tickets"]) == 1


def test_ac_crm_2_several_and_nobody_are_told_apart(cast, side, connection):
    dora_pushes(cast, item_of(cast))
    assert preview(connection)["counts"]["new"] == 1
    for name in ("Ana Lima", "A. Lima"):
        side.people.add_contact(name, cast.ana.email)
    assert preview(connection)["counts"]["several"] == 1
    assert not Match.objects.exists()


def test_ac_crm_2_an_unreachable_crm_is_said_in_the_report(cast, side, connection):
    dora_pushes(cast, item_of(cast))
    side.proxy.faults.append("reset")
    assert "error" in preview(connection)


def test_ac_crm_2_a_new_connection_can_look_first(cast, client, side):
    client.force_login(cast.kim)
    form = {
        "name": "hub", "name_mode": "link", "email_mode": "fill", "rate": "10", "a_day": "0", "looks_first": "on",
        "setting_url": side.proxy.url, "setting_token": "pat-eu1-good", "setting_portal": "42",
        "setting_client_secret": "hub-client-secret", "setting_statuses": "new=1, waiting=2, working=3, solved=4",
    }  # fmt: skip
    answer = client.post("/desk/crm/new/hubspot/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    connection = Connection.objects.get()
    assert connection.state == "paused"
    work()
    connection.refresh_from_db()
    assert connection.preview["cases"] == 0


def test_ac_crm_2_at_the_daily_limit_the_queue_goes_on_the_next_day_and_nothing_is_lost(cast, webhook, receiver):
    Connection.objects.update(a_day=3)
    with time_machine.travel(NOON, tick=True):
        dora_pushes(cast, item_of(cast))
        work()
        assert [len(receiver.records[kind]) for kind in ("contact", "case", "note")] == [1, 1, 1]
        (left,) = CasePush.objects.unsettled()
        assert left.tries == 0
        assert timezone.localtime(left.next_at).date() == timezone.localdate() + timedelta(days=1)
        jobs = ProcrastinateJob.objects.filter(status="todo", task_name__endswith="deliver_case").count()
        sweep(timestamp=0)
        assert ProcrastinateJob.objects.filter(status="todo", task_name__endswith="deliver_case").count() == jobs
    with time_machine.travel(NOON + timedelta(hours=13), tick=True):
        work()
        assert len(receiver.records["note"]) == 2
        assert not CasePush.objects.unsettled().exists()
        webhook.refresh_from_db()
        assert webhook.said_today == 1


def test_ac_crm_2_a_raised_limit_counts_at_once(cast, webhook, receiver):
    Connection.objects.update(a_day=3)
    dora_pushes(cast, item_of(cast))
    work()
    webhook.refresh_from_db()
    webhook.a_day = 10
    webhook.save_settings(by=cast.kim, secrets={})
    work()
    assert len(receiver.records["note"]) == 2
