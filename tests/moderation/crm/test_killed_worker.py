"""R2: the worker is killed after the CRM took an entry and before that was written down."""

import os
import signal

import pytest

from moderation.crm.models import CasePush
from moderation.crm.tasks import sweep
from tests.moderation.crm.scenes import connect_webhook, dora_pushes, item_of
from tests.moderation.crm.workers import start_worker
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_kill_9_between_the_crm_and_the_row_leaves_each_entry_once(cast, receiver, settings):
    item = item_of(cast)
    connect_webhook(receiver)
    receiver.faults.extend([None, None, "hang"])  # the first note is taken, its answer never comes
    dora_pushes(cast, item)
    worker = start_worker()
    try:
        until(lambda: len(receiver.records["note"]) == 1)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    assert CasePush.objects.filter(state="sending").count() == 1
    CasePush.objects.unsettled().update(next_at="2020-01-01T00:00Z")
    sweep(timestamp=0)  # what the periodic job does a minute later
    worker = start_worker()
    try:
        until(lambda: not CasePush.objects.unsettled().exists())
    finally:
        worker.terminate()
        worker.wait()
    assert {kind: len(rows) for kind, rows in receiver.records.items()} == {"contact": 1, "case": 1, "note": 2}
    notes = [what for _, what in receiver.arrived if what == "note.upserted"]
    assert len(notes) == 2  # found before it was sent again
    assert list(CasePush.objects.order_by("sequence").values_list("state", flat=True)) == ["sent"] * 4
