"""Delivering events: each subscriber in its own transaction, with its own retries, never in another's way."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from community.events.models import Delivery, Event
from community.events.subscribing import Subscriber, subscribers_of

log = logging.getLogger(__name__)
LAST_TRY = 8
FAILED = RetryStrategy(max_attempts=LAST_TRY, wait=2, exponential_wait=3)
SWEEP_AFTER = timedelta(hours=1)


class SomeFailed(Exception):
    """At least one subscriber failed; the delivery is tried again for those that are not done."""


@app.task(queue="events", retry=FAILED)
def deliver(event_id: int) -> None:
    """Bring one event to each subscriber that has not had it. Raises SomeFailed so that the job is tried again."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:  # its transaction was rolled back after the job had been read
        return
    done = set(event.deliveries.exclude(state=Delivery.State.WAITING).values_list("subscriber", flat=True))
    missing = {name: call for name, call in subscribers_of(event.verb).items() if name not in done}
    outcomes = [deliver_to(name, call, event) for name, call in missing.items()]  # all of them, whatever one does
    if not all(outcomes):
        raise SomeFailed(f"event {event_id}")


def deliver_to(name: str, subscriber: Subscriber, event: Event) -> bool:
    """Run one subscriber; True when it is done or given up. A failure is written down and never passed on."""
    try:
        with transaction.atomic():
            subscriber(event)
            Delivery.objects.update_or_create(
                event=event, subscriber=name, defaults={"state": Delivery.State.DONE, "error": ""}
            )
        return True
    except Exception as error:
        log.exception("subscriber failed", extra={"subscriber": name, "event": event.pk})
        delivery, _ = Delivery.objects.get_or_create(event=event, subscriber=name)
        delivery.attempts += 1
        delivery.error = f"{type(error).__name__}: {error}"[:2000]
        given_up = delivery.attempts >= LAST_TRY
        delivery.state = Delivery.State.DEAD if given_up else Delivery.State.WAITING
        delivery.save()
        return given_up


@app.periodic(cron="*/10 * * * *")
@app.task(queue="events", queueing_lock="events.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Defer again what was left waiting: a job can be lost with its worker, a row cannot."""
    old = timezone.now() - SWEEP_AFTER
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, updated_at__lt=old)
    for event_id in set(waiting.values_list("event_id", flat=True)[:1000]):
        deliver.defer(event_id=event_id)
