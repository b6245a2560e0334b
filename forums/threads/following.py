"""Following and leaving a thread."""

from django.db import connection, transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from forums.threads.models import Follow, Thread


@transaction.atomic(savepoint=False)
def follow(thread: Thread, *, by: Person) -> None:
    """Be told of what is new in a thread. Repeating it changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, [thread.pk, by.pk, timezone.now()])
        is_new = cursor.rowcount > 0
    if is_new:
        count_followers(thread)
        record(Verb.THREAD_FOLLOWED, actor=by, subject=thread)


FOLLOW = """
    INSERT INTO threads_follow (thread_id, person_id, created_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""


@transaction.atomic
def unfollow(thread: Thread, *, by: Person) -> None:
    """Hear no more of a thread, nor of what was merged into it."""
    if Follow.objects.filter(thread__in=Thread.objects.read_with(thread), person=by).delete()[0]:
        count_followers(thread)


def count_followers(thread: Thread) -> None:
    """Keep the number of people who follow what is read on the thread's page: each counts once."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"home": thread.merged_into_id or thread.pk})


COUNT = """
    UPDATE threads_thread SET follower_count = (
        SELECT count(DISTINCT person_id) FROM threads_follow
        WHERE thread_id IN (SELECT id FROM threads_thread WHERE id = %(home)s OR merged_into_id = %(home)s)
    ) WHERE id = %(home)s
"""
