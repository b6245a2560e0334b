"""record(): the only way an event comes to be."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from community.events.models import Event
from community.events.requests import current_request_id
from community.events.subscribing import subscribers_of
from community.events.tasks import deliver
from community.events.verbs import Verb

_is_history = ContextVar("is_history", default=False)


def record(verb: Verb, *, actor: Any, subject: models.Model, **details: Any) -> Event:
    """Write down what happened and defer its delivery, both in the caller's transaction.

    `details` are ids and small facts that JSON can hold, never private words.
    """
    event = Event.objects.create(
        verb=verb,
        actor=actor,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        details=details,
        request_id=current_request_id(),
    )
    if subscribers_of(verb) and not _is_history.get():
        deliver.defer(event_id=event.pk)
    return event


@contextmanager
def history() -> Iterator[None]:
    """What is recorded within happened long ago: it is written down, and nobody is told."""
    before = _is_history.set(True)
    try:
        yield
    finally:
        _is_history.reset(before)
