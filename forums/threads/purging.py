"""After a change to a thread: its kept fragments are outdated and the pages that show it are purged."""

from typing import Any

from django.db.models import F, Model
from django.utils import timezone

from community.live.purging import purge
from community.prepared import planned_once

CHANGE = "UPDATE threads_thread SET changed_at = %s, version = version + 1{} WHERE id = %s"
RETURNING = " RETURNING answer_count, attempt_count"
MANY = 100
"""Beyond so many threads all kept pages are dropped: that is one word instead of thousands."""


def purge_threads(threads: Any) -> None:
    """The same thing has changed on many threads, such as somebody's picture."""
    ids = list(threads.values_list("pk", flat=True)[: MANY + 1])
    threads.model.objects.filter(pk__in=threads.values("pk")).update(version=F("version") + 1)
    purge(*(["*"] if len(ids) > MANY else [f"thread-{pk}" for pk in ids]))


def purge_thread(thread: Any, *, counted: tuple[str, list[Any]] = ("", []), **changes: Any) -> tuple[int, int]:
    """Mark the thread as changed now, write `changes` in the same statement, and purge every page that names it.

    `counted` sets further columns to what is counted in that statement. Answers how many answers and attempts it has.

    Every write of a thread comes by here, so the statement is not put together by the ORM.

    A merged thread is read on another one's page, which has changed as well.
    """
    now = timezone.now()
    columns = "".join(f", {thread._meta.get_field(name).column} = %s" for name in changes)
    values = [value.pk if isinstance(value, Model) else value for value in changes.values()]
    if counted[0]:
        columns, values = f"{columns}, {counted[0]}", values + counted[1]
    with planned_once() as cursor:
        cursor.execute(CHANGE.format(columns) + RETURNING, [now, *values, thread.pk])
        counts = cursor.fetchone() or (thread.answer_count, thread.attempt_count)
        if thread.merged_into_id:
            cursor.execute(CHANGE.format(""), [now, thread.merged_into_id])
    thread.changed_at = now
    thread.version += 1
    purge(*thread.surrogate_keys)
    return counts
