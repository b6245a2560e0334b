"""Several events at once: what waits in the line of jobs shares a transaction, and what can be done once for all of it.

An answer's event costs a few milliseconds then, of which most had gone into what surrounds it.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack

from django.db import connection
from django.utils import timezone

from community.events.causes import because_of
from community.events.models import Delivery, Event
from community.events.subscribing import subscribers_of

MOST = 10
TASK = "community.events.tasks.deliver"
TAKE = """
    DELETE FROM procrastinate_jobs WHERE id = ANY(ARRAY(
        SELECT id FROM procrastinate_jobs
        WHERE status = 'todo' AND task_name = %s AND attempts = 0 AND scheduled_at IS NULL
        ORDER BY priority DESC, id LIMIT %s FOR UPDATE SKIP LOCKED
    )) RETURNING (args->>'event_id')::bigint
"""
"""Their jobs are gone when the transaction is committed, and wait as before when it is not. A job that has failed once
is tried by itself."""
NOTE = """
    INSERT INTO events_delivery (event_id, subscriber, state, attempts, error, updated_at)
    SELECT event, name, 'done', 0, '', %s FROM unnest(%s::bigint[], %s::text[]) AS told (event, name)
"""
_around: list[Callable[[], AbstractContextManager[None]]] = []


class Apart(Exception):
    """Some of an event's subscribers have had it: the others are called each alone."""


def around_deliveries(make: Callable[[], AbstractContextManager[None]]) -> None:
    """Within this all subscribers of a transaction are called, so that what each of them wants can be done once."""
    _around.append(make)


def taken_along(most: int = MOST - 1) -> set[int]:
    """Events that wait as well; their jobs are done with this one."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [TASK, most])
        return {event_id for (event_id,) in cursor.fetchall()}


def bring(ids: Iterable[int]) -> None:
    """Call the subscribers of these events, the older ones first, and note it. Raises what any of them raises."""
    events = Event.objects.in_bulk(list(ids))
    had = set(Delivery.objects.filter(event__in=events).exclude(state=Delivery.State.WAITING).values_list("event"))
    told: list[tuple[int, str]] = []
    with ExitStack() as stack:
        for make in _around:
            stack.enter_context(make())
        for pk in sorted(events):
            if (pk,) in had:
                raise Apart(f"event {pk}")
            events[pk].read_subject()
            for name, call in subscribers_of(events[pk].verb).items():
                with because_of(events[pk]):
                    call(events[pk])
                told.append((pk, name))
    if told:
        with connection.cursor() as cursor:
            cursor.execute(NOTE, [timezone.now(), *(list(column) for column in zip(*told, strict=True))])
