"""Counting a thread's answers again after one of them came into sight or went out of it."""

from typing import Any

from forums.threads.purging import purge_thread


def recount(thread: Any) -> None:
    """Set the kept counters to what readers can see now, and purge the thread's pages."""
    seen = thread.posts.filter(kind="answer", is_hidden=False, removed_at__isnull=True)
    thread.answer_count = seen.count()
    thread.attempt_count = seen.filter(is_attempt=True).count()
    thread.save(update_fields=["answer_count", "attempt_count"])
    purge_thread(thread)
