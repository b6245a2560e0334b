"""What was written in thirty days, as the gate would meet it again: each text with its author as they were then."""

import bisect
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from community.people.models import Person
from forums.reputation.models import LevelChange
from forums.threads.models import Post
from moderation.rules.trying import BACK, WITHIN, recent_posts, texts_of

DOORS = {Post.Kind.OPENING: "question", Post.Kind.ANSWER: "answer", Post.Kind.COMMENT: "comment"}


class Then:
    """Somebody at the level they had at that time."""

    def __init__(self, person: Person, level: int) -> None:
        self.pk, self.level, self.is_team = person.pk, level, person.is_team
        self.created_at = person.created_at
        self.can = person.can


class Past:
    """The posts of thirty days, the newest first, as far as there is time."""

    def __init__(self) -> None:
        self.since = timezone.now() - BACK
        self.ends = time.monotonic() + WITHIN
        self.is_whole = True
        self.looked_at = 0

    def posts(self) -> Iterator[tuple[Post, Any]]:
        """Each with its author as they were."""
        for post in recent_posts():
            if time.monotonic() > self.ends:
                self.is_whole = False
                return
            self.looked_at += 1
            author = self.authors.get(post.author_id)
            if author is not None:
                yield post, Then(author, self.level_of(author, post.created_at))

    @cached_property
    def authors(self) -> dict[int, Person]:
        """Everybody who wrote something."""
        rows = Post.objects.filter(created_at__gt=self.since).values("author")
        return {person.pk: person for person in Person.objects.filter(pk__in=rows)}

    @cached_property
    def levels(self) -> dict[int, list[tuple[datetime, int]]]:
        """When somebody left a level, and which."""
        found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
        changes = LevelChange.objects.filter(created_at__gt=self.since).order_by("created_at", "pk")
        for person, at, before in changes.values_list("person", "created_at", "before"):
            found[person].append((at, before))
        return found

    def level_of(self, person: Person, at: datetime) -> int:
        """The level they had then: what they left at the first change afterwards, or still have."""
        changes = self.levels.get(person.pk, [])
        number = bisect.bisect_right(changes, at, key=lambda change: change[0])
        return changes[number][1] if number < len(changes) else person.level

    def by_author(self) -> Iterator[list[tuple[Post, Any]]]:
        """The posts of each author, the oldest first."""
        found: dict[int, list[tuple[Post, Any]]] = defaultdict(list)
        for post, then in self.posts():
            found[then.pk].append((post, then))
        for rows in found.values():
            yield rows[::-1]


def whole(post: Post) -> str:
    """All its texts, one below the other."""
    return "\n\n".join(text for _part, text in texts_of(post))


def crowded(times: list[datetime], most: int, span: timedelta) -> list[int]:
    """The numbers of those moments that were one too many: `most` others lie within the span before them."""
    return [n for n in range(most, len(times)) if times[n] - times[n - most] < span]
