"""Following and leaving a thread."""

from django.db import models, transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from forums.threads.models import Follow, Thread


@transaction.atomic(savepoint=False)
def follow(thread: Thread, *, by: Person) -> None:
    """Be told of what is new in a thread. Repeating it changes nothing."""
    _, is_new = Follow.objects.get_or_create(thread=thread, person=by)
    if is_new:
        Thread.objects.filter(pk=thread.pk).update(follower_count=models.F("follower_count") + 1)
        record(Verb.THREAD_FOLLOWED, actor=by, subject=thread)


@transaction.atomic
def unfollow(thread: Thread, *, by: Person) -> None:
    """Hear no more of a thread."""
    if Follow.objects.filter(thread=thread, person=by).delete()[0]:
        Thread.objects.filter(pk=thread.pk).update(follower_count=models.F("follower_count") - 1)
