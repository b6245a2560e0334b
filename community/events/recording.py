"""record(): the only way an event comes to be."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.utils import timezone

from community.events.causes import CAUSED_BY, current_cause
from community.events.models import Event
from community.events.requests import current_request_id
from community.events.subscribing import subscribers_of
from community.events.tasks import deliver
from community.events.verbs import Verb

JOB = (deliver.queue, deliver.name)
_passed_on: ContextVar[Callable[[Event], None] | None] = ContextVar("_passed_on", default=None)
"""Whom events are told to; the rule is a job for the worker, in the caller's transaction."""


def record(verb: Verb, *, actor: Any, subject: models.Model, **details: Any) -> Event:
    """Write down what happened and defer its delivery, both in the caller's transaction.

    `details` are ids and small facts that JSON can hold, never private words. What an automation caused says so.
    """
    if cause := current_cause():
        details[CAUSED_BY] = cause
    event = Event(
        verb=verb,
        actor=actor,
        subject=subject,
        details=details,
        request_id=current_request_id(),
        created_at=timezone.now(),
    )
    passed_on, has_subscribers = _passed_on.get(), bool(subscribers_of(verb))
    event.write(JOB if has_subscribers and passed_on is None else None)
    if has_subscribers and passed_on is not None:
        passed_on(event)
    return event


@contextmanager
def told_to(hear: Callable[[Event], None]) -> Iterator[None]:
    """What is recorded within is written down as ever, and told to `hear` instead of to the worker."""
    before = _passed_on.set(hear)
    try:
        yield
    finally:
        _passed_on.reset(before)
