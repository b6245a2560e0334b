"""Following and leaving a thread."""

from django.db import transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from forums.threads.models import Follow, Thread


@transaction.atomic(savepoint=False)
def follow(thread: Thread, *, by: Person) -> None:
    """Be told of what is new in a thread. Repeating it changes nothing."""
    _, is_new = Follow.objects.get_or_create(thread=thread, person=by)
    if is_new:
        count_followers(thread)
        record(Verb.THREAD_FOLLOWED, actor=by, subject=thread)


@transaction.atomic
def unfollow(thread: Thread, *, by: Person) -> None:
    """Hear no more of a thread, nor of what was merged into it."""
    if Follow.objects.filter(thread__in=Thread.objects.read_with(thread), person=by).delete()[0]:
        count_followers(thread)


def count_followers(thread: Thread) -> None:
    """Keep the number of people who follow what is read on the thread's page: each counts once."""
    home = thread.merged_into_id or thread.pk
    people = Follow.objects.filter(thread__in=Thread.objects.read_with(thread)).values("person").distinct()
    Thread.objects.filter(pk=home).update(follower_count=people.count())
