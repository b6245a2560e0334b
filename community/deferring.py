"""Putting work off: a job never begins before what it is about is there."""

from functools import partial
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer


def put_off(job: JobDeferrer, **about: Any) -> None:
    """Write the job down: in the caller's transaction, or after it where the caller is a task of the worker.

    The worker's tasks defer by a line of its own. A job that they defer would begin while their rows are not yet to
    be seen, find nothing to do, and be done.
    """
    if isinstance(app.connector, DjangoConnector):
        job.defer(**about)
    else:
        transaction.on_commit(partial(job.defer, **about))
