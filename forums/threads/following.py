"""Following a thread, tracking it, muting it, and leaving it."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.notifications.models import Level
from community.people.models import Person
from community.prepared import planned_once
from forums.threads.models import Follow, Muting, Thread


@transaction.atomic(savepoint=False)
def follow(thread: Thread, *, by: Person) -> None:
    """Be told of what is new in a thread. Repeating it changes nothing."""
    with planned_once() as cursor:
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


@transaction.atomic
def hear(thread: Thread, level: str, *, by: Person) -> None:
    """Say how much of a thread somebody wants to hear: watch, track, mute, or the usual (empty)."""
    read_here = Thread.objects.read_with(thread)
    if level != Level.MUTE:
        Muting.objects.filter(thread__in=read_here, person=by).delete()
    if level in (Level.WATCH, Level.TRACK):
        follow(thread, by=by)
        Follow.objects.filter(thread__in=read_here, person=by).update(level=level)
    else:
        unfollow(thread, by=by)
    if level == Level.MUTE:
        Muting.objects.get_or_create(thread=thread, person=by)


def heard_level(thread: Thread, person: Any) -> str:
    """What somebody said of a thread and of what is read with it; empty for the usual."""
    read_here = Thread.objects.read_with(thread)
    if Muting.objects.filter(thread__in=read_here, person=person).exists():
        return Level.MUTE
    return Follow.objects.filter(thread__in=read_here, person=person).values_list("level", flat=True).first() or ""


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
