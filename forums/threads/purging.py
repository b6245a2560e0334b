"""After a change to a thread: its kept fragments are outdated and the pages that show it are purged."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from community.live.purging import purge


def purge_thread(thread: Any, **changes: Any) -> None:
    """Mark the thread as changed now, write `changes` in the same statement, and purge every page that names it."""
    now = timezone.now()
    type(thread).objects.filter(pk=thread.pk).update(changed_at=now, version=F("version") + 1, **changes)
    thread.changed_at = now
    thread.version += 1
    purge(*thread.surrogate_keys)
