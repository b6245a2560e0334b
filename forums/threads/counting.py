"""Counting a thread's answers again after one of them came into sight or went out of it."""

from typing import Any

from forums.threads.purging import purge_thread

COUNTED = """
    (answer_count, attempt_count) = (
        SELECT count(*), count(*) FILTER (WHERE is_attempt) FROM threads_post
        WHERE thread_id IN (SELECT id FROM threads_thread WHERE id = %s OR merged_into_id = %s)
        AND kind = 'answer' AND NOT is_hidden AND removed_at IS NULL
    )
"""


def recount(thread: Any, **changes: Any) -> None:
    """Set the kept counters (and other `changes`) to what readers of its page can see now, and purge that page."""
    thread = thread.home
    for name, value in changes.items():
        setattr(thread, name, value)
    counts = purge_thread(thread, counted=(COUNTED, [thread.pk, thread.pk]), **changes)
    thread.answer_count, thread.attempt_count = counts
