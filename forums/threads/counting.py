"""Counting a thread's answers again after one of them came into sight or went out of it."""

from typing import Any

from django.db import connection

from forums.threads.purging import purge_thread

COUNT = """
    SELECT count(*), count(*) FILTER (WHERE is_attempt) FROM threads_post
    WHERE thread_id IN (SELECT id FROM threads_thread WHERE id = %(home)s OR merged_into_id = %(home)s)
    AND kind = 'answer' AND NOT is_hidden AND removed_at IS NULL
"""


def recount(thread: Any, **changes: Any) -> None:
    """Set the kept counters (and other `changes`) to what readers of its page can see now, and purge that page."""
    thread = thread.home
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"home": thread.pk})
        changes["answer_count"], changes["attempt_count"] = cursor.fetchone()
    for name, value in changes.items():
        setattr(thread, name, value)
    purge_thread(thread, **changes)
