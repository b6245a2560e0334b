"""Putting work off: a job never begins before what it is about is there."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer


def put_off(job: JobDeferrer, **about: Any) -> None:
    """Write the job down: in the caller's transaction, or after it where the caller is a task of the worker.

    The worker's tasks defer by a line of its own. A job that they defer would begin while their rows are not yet to
    be seen, find nothing to do, and be done. A job with a `queueing_lock` is not written while one with the same waits.
    """
    if isinstance(app.connector, DjangoConnector):
        written(job, about)
    else:
        transaction.on_commit(partial(written, job, about))


def written(job: JobDeferrer, about: dict[str, Any]) -> None:
    """The job as a row, if it may be there twice or is not there yet."""
    if job.job.queueing_lock is None:
        job.defer(**about)
        return
    with suppress(AlreadyEnqueued), transaction.atomic():  # PostgreSQL gives up the transaction of whoever is refused
        job.defer(**about)
