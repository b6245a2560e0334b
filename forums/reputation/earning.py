"""Which lines the ledger should have, read from the facts: votes, solutions, verifications and what can be seen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from community.people.standing_then import RolesThen
from forums.questions.models import Solution, Verification
from forums.reputation.models import Point
from forums.reputation.rules import RULES, Giver, Kind
from forums.threads.models import Post, Suggestion, Vote

Key = tuple[int, str, int, int]
"""A cause: post, kind, who gave it, and to whom."""


@dataclass(frozen=True)
class Earned:
    """A line as the facts have it; with `ended_by` it stands in the ledger but counts nothing."""

    person_id: int
    post_id: int
    kind: str
    giver_id: int
    giver_class: str
    at: datetime
    ended_by: str = ""

    @property
    def key(self) -> Key:
        return self.post_id, self.kind, self.giver_id, self.person_id

    @property
    def amount(self) -> int:
        return RULES[Kind(self.kind)].amount


def earned_on(posts: Iterable[Post], giver: int | None = None) -> dict[Key, Earned]:
    """The lines that these posts (with their threads) have earned; of one giver's votes only, when asked."""
    everything = {post.pk: post for post in posts}
    able = {pk: post for pk, post in everything.items() if not post.alias}
    votes = Vote.objects.filter(post__in=able).select_related("voiding")
    if giver is not None:
        found = list(_votes(able, list(votes.filter(person=giver))))
    else:
        found = [*_votes(able, list(votes)), *_solutions(able), *_verifications(able), *_edits(everything)]
    return {line.key: line for line in found}


def _votes(posts: dict[int, Post], votes: list[Vote]) -> Iterator[Earned]:
    roles = RolesThen.of({vote.person_id for vote in votes})
    for vote in votes:
        post = posts[vote.post_id]
        kind = {Post.Kind.ANSWER: Kind.ANSWER_VOTE, Post.Kind.OPENING: Kind.QUESTION_VOTE}.get(Post.Kind(post.kind))
        giver = giver_class(roles, vote.person_id, vote.created_at)
        if kind and giver is not Giver.STAFF and vote.person_id != post.author_id:
            ended = Point.Ended.VOIDED if hasattr(vote, "voiding") else unseen(post)
            yield Earned(post.author_id, post.pk, kind, vote.person_id, giver, vote.created_at, ended)


def _solutions(posts: dict[int, Post]) -> Iterator[Earned]:
    solutions = [row for row in Solution.objects.filter(post__in=posts) if row.by_id != posts[row.post_id].author_id]
    roles = RolesThen.of({row.by_id for row in solutions})
    for row in solutions:
        post, giver = posts[row.post_id], giver_class(roles, row.by_id, row.created_at)
        yield Earned(post.author_id, post.pk, Kind.SOLUTION, row.by_id, giver, row.created_at, unseen(post))
        if giver is not Giver.STAFF:
            yield Earned(row.by_id, post.pk, Kind.SAID_SO, row.by_id, giver, row.created_at, unseen(post))


def _verifications(posts: dict[int, Post]) -> Iterator[Earned]:
    """One for each answer, however many versions it was verified for: the first counts."""
    first: dict[int, Verification] = {}
    for row in Verification.objects.filter(post__in=posts).order_by("created_at", "pk"):
        first.setdefault(row.post_id, row)
    for row in first.values():
        post = posts[row.post_id]
        if row.by_id != post.author_id:
            yield Earned(post.author_id, post.pk, Kind.VERIFIED, row.by_id, Giver.STAFF, row.created_at, unseen(post))


def _edits(posts: dict[int, Post]) -> Iterator[Earned]:
    """One for each text that somebody made better, whoever wrote it; the first time counts."""
    taken_over = Suggestion.objects.filter(post__in=posts, state=Suggestion.State.ACCEPTED, decided_by__isnull=False)
    first: dict[tuple[int, int], Suggestion] = {}
    for row in taken_over.order_by("decided_at", "pk"):
        first.setdefault((row.post_id, row.by_id), row)
    roles = RolesThen.of({pk for row in first.values() for pk in (row.by_id, row.decided_by_id)})
    for row in first.values():
        post, giver = posts[row.post_id], giver_class(roles, row.decided_by_id, row.decided_at)
        if not roles.was_team(row.by_id, row.decided_at):
            yield Earned(row.by_id, post.pk, Kind.EDIT, row.decided_by_id, giver, row.decided_at, unseen(post))


def unseen(post: Any) -> str:
    """Why a line on this post does not count: nobody can read it."""
    return Point.Ended.UNSEEN if post.is_hidden or post.removed_at or post.thread.is_hidden else ""


def giver_class(roles: RolesThen, person_id: int, moment: datetime) -> Giver:
    """What kind of person somebody was when they gave it. People who work here count as the team."""
    if roles.was_team(person_id, moment):
        return Giver.STAFF
    return Giver.CHAMPION if roles.was_champion(person_id, moment) else Giver.CUSTOMER
