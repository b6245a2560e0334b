"""Merging a thread into another: a pointer that can be taken away again. Nothing is rewritten."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from forums.threads.counting import recount
from forums.threads.following import count_followers
from forums.threads.holding import hold, refuse_pair
from forums.threads.models import Merge, Thread
from forums.threads.purging import purge_thread


@transaction.atomic
def merge(thread: Thread, *, into: Thread, by: Person, reason: str = "", version: int | None = None) -> Merge:
    """Read a thread on the page of another one from now on.

    Its address leads to its opening there. Who follows either hears of both; replies to either land there.
    """
    thread, into = hold(thread, into.home, version=version)
    thread.refuse_reshaping(by)
    into.refuse_reshaping(by)
    refuse_pair(thread, into)
    row = Merge.objects.create(thread=thread, into=into, by=by, reason=reason)
    _point(thread, into)
    purge_thread(thread)
    record(Verb.THREAD_MERGED, actor=by, subject=thread, into=into.pk, reason=reason)
    return row


@transaction.atomic
def unmerge(row: Merge, *, by: Person) -> None:
    """Give a merged thread its own page again, with all that was ever written under it, before the merge or since."""
    thread, into = hold(row.thread, row.thread.home)
    thread.refuse_reshaping(by)
    if not thread.posts.filter(kind="opening").exists():
        raise Refusal(_("Its opening went back to where it came from, so there is nothing to open."), code="empty")
    row.mark_undone(by=by)
    inside = threads_inside(thread)
    opening = thread.posts.get(kind="opening")
    Thread.objects.filter(pk__in=inside).update(merged_into=thread, is_hidden=opening.is_hidden)
    Thread.objects.filter(pk=thread.pk).update(merged_into=None, is_hidden=opening.is_hidden)
    thread.refresh_from_db()
    into.refresh_from_db()
    for one in (thread, into):
        recount(one)
        count_followers(one)
    record(Verb.THREAD_UNMERGED, actor=by, subject=thread, source=into.pk)


def threads_inside(thread: Thread) -> set[int]:
    """Ids of the threads that were merged into this one, and into those."""
    inside: set[int] = set()
    fresh = {thread.pk}
    while fresh:
        fresh = set(Merge.objects.standing().filter(into__in=fresh).values_list("thread", flat=True)) - inside
        inside |= fresh
    return inside - {thread.pk}


def _point(thread: Thread, into: Thread) -> None:
    """Lead the thread, and what it has taken in before, to the other one's page, and count there anew."""
    led = Q(pk=thread.pk) | Q(merged_into=thread.pk)
    Thread.objects.filter(led).update(merged_into=into, is_hidden=into.is_hidden)
    thread.merged_into = into
    active_at = max(thread.active_at, into.active_at)
    recount(into, active_at=active_at)
    count_followers(into)
