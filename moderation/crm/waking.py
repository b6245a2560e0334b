"""Waking the delivery of a case: a job, written with what it is about."""

from datetime import datetime

from procrastinate.contrib.django import app

from community.deferring import put_off

QUEUE, DELIVER = "crm", "moderation.crm.tasks.deliver_case"


def wake(case_id: int) -> None:
    """See to the case's outbox now: something was written into it."""
    put_off(app.configure_task(DELIVER, queue=QUEUE), case_id=case_id)


def remind(case_id: int, why: str, at: datetime | None = None) -> None:
    """See to the case's outbox again. Of one case only one reminder for each reason waits.

    Deliveries and the sweep remind each other of the same cases. Without that bound, each of a case's jobs would leave
    another one behind, for as long as its CRM is away.
    """
    name = f"crm.case.{case_id}.{why}"
    put_off(app.configure_task(DELIVER, queue=QUEUE, schedule_at=at, queueing_lock=name), case_id=case_id)


def wake_connection(connection_id: int) -> None:
    """See to every case that waited for this connection."""
    put_off(app.configure_task("moderation.crm.tasks.begin_connection", queue=QUEUE), connection_id=connection_id)
