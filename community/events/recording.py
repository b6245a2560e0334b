"""record(): the only way an event comes to be."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from community.events.models import Event
from community.events.requests import current_request_id
from community.events.subscribing import subscribers_of
from community.events.tasks import deliver
from community.events.verbs import Verb


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
    if subscribers_of(verb):
        deliver.defer(event_id=event.pk)
    return event
