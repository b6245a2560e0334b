"""Votes of the demo: cast in a few rounds over the year, for each ballot alone would take as long as a question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from community.staging import Stage, span
from forums.threads.models import Post, Vote

ROUNDS = (240, 150, 90, 45, 20, 10)
"""Days ago, and once in the end. The ledger of thanks is read after each (`forums/reputation/demo.py`)."""


@dataclass(frozen=True)
class Ballot:
    """So many people found a post useful by then."""

    at: datetime
    post: Callable[[], Post]
    count: int


class Ballots:
    """All of them, and who votes: the first who are neither author nor team, each in their own time."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.waiting: list[Ballot] = []
        for days in ROUNDS:
            stage.at(stage.now - timedelta(days=days), self.cast)
        stage.in_the_end(self.cast)

    def plan(self, moment: datetime, post: Callable[[], Post], count: int) -> None:
        if count:
            self.waiting.append(Ballot(min(moment, self.stage.latest), post, count))

    def cast(self) -> None:
        """Those whose time has come."""
        now = timezone.now()
        due = [ballot for ballot in self.waiting if ballot.at <= now]
        self.waiting = [ballot for ballot in self.waiting if ballot.at > now]
        posts, votes = [], []
        for ballot in due:
            post = ballot.post()
            own = [vote_of(person, post, ballot.at) for person in self.able(post)[: ballot.count]]
            post.score = len(own)
            posts.append(post)
            votes += own
        moments = [vote.created_at for vote in votes]
        Vote.objects.bulk_create(votes)
        for vote, moment in zip(votes, moments, strict=True):
            vote.created_at = moment
        Vote.objects.bulk_update(votes, ["created_at"])
        Post.objects.bulk_update(posts, ["score"])

    def able(self, post: Post) -> list[Any]:
        return [person for person in self.stage.props["owners"] if person.pk != post.author_id]


def vote_of(person: Any, post: Post, until: datetime) -> Vote:
    """At some moment since it was written."""
    apart = min(until - post.created_at, span("9h")) / 41
    return Vote(post=post, person=person, created_at=until - person.pk % 40 * apart)
