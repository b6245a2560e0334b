"""Counting a thread's answers again after one of them came into sight or went out of it."""

from typing import Any

from django.db.models import Count, Q

from forums.threads.purging import purge_thread


def recount(thread: Any, **changes: Any) -> None:
    """Set the kept counters (and other `changes`) to what readers of its page can see now, and purge that page."""
    thread = thread.home
    seen = thread.all_posts.filter(kind="answer", is_hidden=False, removed_at__isnull=True)
    counts = seen.aggregate(answers=Count("pk"), attempts=Count("pk", filter=Q(is_attempt=True)))
    changes |= {"answer_count": counts["answers"], "attempt_count": counts["attempts"]}
    for name, value in changes.items():
        setattr(thread, name, value)
    purge_thread(thread, **changes)
