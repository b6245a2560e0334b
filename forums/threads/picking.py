"""Picking the one thread that somebody reads or writes in: asked at nearly every request, so by prepared queries."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from community.people.models import Person
from community.prepared import Prepared, PreparedRow
from forums.threads.models import Post, Thread
from forums.threads.models.thread import brands_overseen_by


def held(pk: int) -> Thread:
    """The thread as it is now, locked until the transaction ends."""
    thread = locked.get(pk=pk)
    if thread is None:
        raise Thread.DoesNotExist
    return thread


def seen(person: Any, pk: int) -> Thread:
    """The thread, if the person can read it; hidden and missing look alike (404)."""
    if person.is_authenticated and brands_overseen_by(person) == set():
        thread = seen_by_member.get(pk=pk, person=person.pk)
    else:
        thread = Thread.objects.visible_to(person).filter(pk=pk).first()
    if thread is None:
        raise Http404
    return thread


def readable_among(person: Any, ids: list[int]) -> set[int]:
    """Which of these threads the person may read now (None: a visitor)."""
    if person is None or not person.is_authenticated:
        return {pk for (pk,) in public.rows(ids=ids)}
    return set(Thread.objects.visible_to(person).filter(pk__among=ids).values_list("pk", flat=True))


def openings_of(threads: Iterable[int], *along: str) -> dict[int, Post]:
    """The opening of each thread with its author, and what else is read `along` with it; one query for all of them."""
    found = Post.objects.filter(thread__in=list(threads), kind=Post.Kind.OPENING).select_related("author")
    return {post.thread_id: post for post in found.prefetch_related(*along)}


def _public(ids: list[int]) -> QuerySet[Thread, tuple[Any, ...]]:
    return Thread.objects.visible_to(None).filter(pk__among=ids).values_list("pk")


def _seen_by_member(pk: int, person: int) -> QuerySet[Thread]:
    member = Person(pk=person)
    member.current_grants = []
    return Thread.objects.visible_to(member).filter(pk=pk)


locked = PreparedRow(lambda pk: Thread.objects.select_for_update().filter(pk=pk), pk=int)
public = Prepared(_public, ids=list)
seen_by_member = PreparedRow(_seen_by_member, pk=int, person=int)
