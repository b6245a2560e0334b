"""Closing a thread as a duplicate: it stays readable, takes no replies, and leads to where the talk goes on."""

from django.db import transaction
from django.db.models import Q

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from forums.threads.holding import hold, refuse_pair
from forums.threads.models import Duplicate, Thread
from forums.threads.purging import purge_thread


@transaction.atomic
def close_as_duplicate(
    thread: Thread, *, of: Thread, by: Person, reason: str = "", version: int | None = None
) -> Duplicate:
    """Say that it was asked before. Its followers hear of news there; both pages say so."""
    thread, of = hold(thread, of.home, version=version)
    thread.refuse_reshaping(by)
    of.refuse_reshaping(by)
    refuse_pair(thread, of)
    row = Duplicate.objects.create(thread=thread, of=of, by=by, reason=reason)
    Thread.objects.filter(Q(pk=thread.pk) | Q(duplicate_of=thread.pk)).update(duplicate_of=of)
    thread.duplicate_of = of
    purge_thread(thread)
    purge_thread(of)
    record(Verb.DUPLICATE_CLOSED, actor=by, subject=thread, of=of.pk, reason=reason)
    return row


@transaction.atomic
def reopen_duplicate(row: Duplicate, *, by: Person) -> None:
    """It is a matter of its own after all."""
    thread, of = hold(row.thread, row.of)
    thread.refuse_reshaping(by)
    row.mark_undone(by=by)
    its_own = Duplicate.objects.standing().filter(of=thread).values("thread")
    Thread.objects.filter(pk__in=its_own).update(duplicate_of=thread)
    purge_thread(thread, duplicate_of=None)
    thread.duplicate_of = None
    purge_thread(of)
    record(Verb.DUPLICATE_REOPENED, actor=by, subject=thread, of=of.pk)


def is_identical(thread: Thread) -> bool:
    """Whether a duplicate says the same, word for word, as its original: then its address can lead there at once."""
    other = thread.duplicate_of
    if other is None or _words(thread.title) != _words(other.title):
        return False
    texts = [one.posts.filter(kind="opening").values_list("source", flat=True).first() for one in (thread, other)]
    return None not in texts and _words(texts[0]) == _words(texts[1])


def _words(text: str | None) -> list[str]:
    return (text or "").casefold().split()
