"""Delivering events: several at once, or one, or to each subscriber alone, with its own retries and in nobody's way."""

import logging
from datetime import timedelta
from threading import Lock

from django.db import connection, transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from community.events.causes import because_of
from community.events.models import Delivery, Event
from community.events.subscribing import Subscriber, subscribers_of
from community.events.together import MOST, bring, taken_along

log = logging.getLogger(__name__)
LAST_TRY = 8
FAILED = RetryStrategy(max_attempts=LAST_TRY, wait=2, exponential_wait=3)
SWEEP_AFTER = timedelta(hours=1)
QUICKLY = "SELECT set_config('lock_timeout', '200ms', true), set_config('synchronous_commit', 'off', true)"
"""The lock's time is less than that after which PostgreSQL looks for deadlocks: it ends this try, nobody else's."""


class SomeFailed(Exception):
    """At least one subscriber failed; the delivery is tried again for those that are not done."""


@app.task(queue="events", retry=FAILED)
def deliver(event_id: int) -> None:
    """Bring one event to each subscriber that has not had it. Raises SomeFailed so that the job is tried again."""
    is_own = not connection.in_atomic_block
    if (is_own and ONE_AT_A_TIME.delivers(event_id)) or deliver_together({event_id}):
        return
    event = Event.objects.get(pk=event_id)  # what the failed try has read and changed is forgotten
    outcomes = [deliver_to(name, call, event) for name, call in subscribers_without(event).items()]
    if not all(outcomes):
        raise SomeFailed(f"event {event_id}")


def subscribers_without(event: Event) -> dict[str, Subscriber]:
    """Who has not had it yet."""
    done = set(event.deliveries.exclude(state=Delivery.State.WAITING).values_list("subscriber", flat=True))
    return {name: call for name, call in subscribers_of(event.verb).items() if name not in done}


def deliver_together(ids: set[int], *, with_others: bool = False) -> bool:
    """Bring events to all their subscribers in one transaction, which is the rule, and with others that wait.

    False when anything fails: then nothing has happened, the others wait as before, and each is tried alone. It
    waits for no lock, lest a subscriber that holds one for another be in the way of somebody's request; nor for the
    disk, for should the machine lose what was written, the jobs are not done either, and are done again.
    """
    is_own = not connection.in_atomic_block
    try:
        with transaction.atomic():
            if is_own:
                with connection.cursor() as cursor:
                    cursor.execute(QUICKLY)
            bring(ids | (taken_along(MOST - len(ids)) if with_others else set()))
        return True
    except Exception as error:
        log.info("not together", extra={"events": sorted(ids), "error": f"{type(error).__name__}: {error}"})
        return False


class InTurn:
    """The threads of this process deliver one after the other: whoever is next takes along what the others hold.

    Each by itself would bring one event or two, and most of what that costs surrounds them.
    """

    def __init__(self) -> None:
        self.turn = Lock()
        self.held: set[int] = set()

    def delivers(self, event_id: int) -> bool:
        """Whether the event has been brought, by this thread or by one before it."""
        self.held.add(event_id)
        with self.turn:
            if event_id not in self.held:
                return True
            ids = {event_id, *sorted(self.held)[: MOST - 1]}
            is_done = deliver_together(ids, with_others=True)
            self.held -= ids if is_done else {event_id}
            return is_done


ONE_AT_A_TIME = InTurn()


def deliver_to(name: str, subscriber: Subscriber, event: Event) -> bool:
    """Run one subscriber; True when it is done or given up. A failure is written down and never passed on."""
    try:
        with transaction.atomic(), because_of(event):
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
