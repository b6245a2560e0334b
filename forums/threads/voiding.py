"""Voiding votes: staff take those that were part of a game out of the count, and can put them back."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from forums.threads.models import Post, Thread, Voiding, Vote
from forums.threads.purging import purge_threads
from forums.threads.tallying import tally


@transaction.atomic
def void(votes: Iterable[Vote], *, by: Person | None, reason: str, rule: str = "") -> int:
    """These votes no longer count, by a person or a `rule`. Repeating changes nothing. Answers how many there were."""
    rows = _locked(votes).filter(voiding=None)
    found = list(rows)
    Voiding.objects.bulk_create([Voiding(vote=vote, by=by, rule=rule, reason=reason) for vote in found])
    _count(found, -1)
    for vote in found:
        record(Verb.VOTE_VOIDED, actor=by, subject=vote.post, voter=vote.person_id, reason=reason[:200])
    return len(found)


@transaction.atomic
def reinstate(votes: Iterable[Vote], *, by: Person | None) -> int:
    """These votes count again. Answers how many."""
    found = list(_locked(votes).filter(voiding__isnull=False))
    Voiding.objects.filter(vote__in=found).delete()
    _count(found, +1)
    for vote in found:
        record(Verb.VOTE_REINSTATED, actor=by, subject=vote.post, voter=vote.person_id)
    return len(found)


def _locked(votes: Iterable[Vote]) -> Any:
    """Two people deciding on the same votes come one after the other."""
    rows = Vote.objects.filter(pk__in=[vote.pk for vote in votes]).select_related("post")
    return rows.select_for_update(of=("self",)).order_by("pk")


def _count(votes: list[Vote], step: int) -> None:
    for post_id, count in sorted(Counter(vote.post_id for vote in votes).items()):
        Post.objects.filter(pk=post_id).update(score=F("score") + step * count)
    threads = Thread.objects.filter(posts__in={vote.post_id for vote in votes}).distinct()
    for thread in threads:
        tally(thread)
    purge_threads(threads)
