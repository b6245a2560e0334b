"""After a change to a thread: its kept fragments are outdated and the pages that show it are purged."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from community.live.purging import purge

MANY = 100
"""Beyond so many threads all kept pages are dropped: that is one word instead of thousands."""


def purge_threads(threads: Any) -> None:
    """The same thing has changed on many threads, such as somebody's picture."""
    ids = list(threads.values_list("pk", flat=True)[: MANY + 1])
    threads.model.objects.filter(pk__in=threads.values("pk")).update(version=F("version") + 1)
    purge(*(["*"] if len(ids) > MANY else [f"thread-{pk}" for pk in ids]))


def purge_thread(thread: Any, **changes: Any) -> None:
    """Mark the thread as changed now, write `changes` in the same statement, and purge every page that names it.

    A merged thread is read on another one's page, which has changed as well.
    """
    now = timezone.now()
    type(thread).objects.filter(pk=thread.pk).update(changed_at=now, version=F("version") + 1, **changes)
    if thread.merged_into_id:
        type(thread).objects.filter(pk=thread.merged_into_id).update(changed_at=now, version=F("version") + 1)
    thread.changed_at = now
    thread.version += 1
    purge(*thread.surrogate_keys)
