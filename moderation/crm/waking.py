"""Waking the delivery of a case: a job, written with what it is about."""

from datetime import datetime

from procrastinate.contrib.django import app

from community.deferring import put_off

QUEUE = "crm"


def wake(case_id: int, at: datetime | None = None) -> None:
    """See to the case's outbox now, or at a later moment. Too many wakings do no harm."""
    put_off(app.configure_task("moderation.crm.tasks.deliver_case", queue=QUEUE, schedule_at=at), case_id=case_id)


def wake_connection(connection_id: int) -> None:
    """See to every case that waited for this connection."""
    put_off(app.configure_task("moderation.crm.tasks.begin_connection", queue=QUEUE), connection_id=connection_id)
