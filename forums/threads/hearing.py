"""Who hears of a new post: followers of its thread, and whoever watches its product, a tag of it, or its author.

Muting wins: whoever mutes the thread, its author, its product or one of its tags hears nothing of it. Only the asker
of a question hears of it whatever they say of its product, because it is their own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.notifications.models import Level, Watch
from community.people.distance import kept_out_by
from community.people.models import Person
from community.prepared import Prepared
from forums.threads.models import Follow, Muting, Post, Thread

A_BATCH = 500
WATCHED = _("You get this because you watch {name}.")
TRACKED = _("You get this because you track {name}.")


@dataclass(frozen=True)
class Listener:
    """Somebody who wants to hear of a post, how much, and through which place."""

    person: Person
    kind: str
    cause: str
    reason: Any = ""
    is_tracked: bool = False


@dataclass
class Hearing:
    """One post, and who hears of it."""

    post: Post

    @cached_property
    def heard(self) -> list[int]:
        """The threads whose followers want to hear of it; mostly its own alone."""
        home = self.post.thread.home
        alone = not home.relatives
        return [home.pk] if alone else list(Thread.objects.heard_with(home).values_list("pk", flat=True))

    @cached_property
    def askers(self) -> set[int]:
        return {thread.author_id for thread in self.post.thread.home.family}

    @cached_property
    def tags(self) -> dict[int, str]:
        return {tag.pk: tag.name for tag in self.post.thread.tags.all()}

    @property
    def is_opening(self) -> bool:
        """An opening has no followers yet."""
        return self.post.kind == Post.Kind.OPENING

    @property
    def is_question(self) -> bool:
        """A question reaches those who watch its product and tags; all else is for followers."""
        return self.is_opening and self.post.thread.kind == Thread.Kind.QUESTION

    @property
    def follows(self) -> QuerySet[Follow]:
        """Who follows the thread, what was merged with it, or a duplicate of it."""
        return Follow.objects.none() if self.is_opening else Follow.objects.filter(thread__among=self.heard)

    @property
    def watches(self) -> QuerySet[Watch]:
        """Who wants to hear of its author and, when it is a question, of its product and tags."""
        wanted = Watch.objects.heard().about(**(self.places if self.is_question else {"people": [self.post.author_id]}))
        following = Q(other=self.post.author_id, person__in=kept_out_by(self.post.author_id))
        return wanted.exclude(following)  # whom its author has blocked

    @property
    def places(self) -> dict[str, list[int]]:
        """All that can be watched about it beside the thread."""
        product = self.post.thread.product_id
        return {"products": [product] if product else [], "tags": list(self.tags), "people": [self.post.author_id]}

    def not_muted(self, people: QuerySet[Person]) -> QuerySet[Person]:
        """Those of these people who have muted nothing about it."""
        them, muted = OuterRef("pk"), Watch.objects.muted()
        places = muted.about(**(self.places | {"people": []})).filter(person=them)
        people = people.exclude(Exists(Muting.objects.filter(thread__among=self.heard, person=them)))
        people = people.exclude(Exists(muted.about(people=[self.post.author_id]).filter(person=them)))
        return people.exclude(Exists(places) & ~Q(pk__in=self.askers))

    def listeners(self, after: int = 0) -> list[Listener]:
        """The next of those who hear of it, by their number, at most a batch."""
        if not self.is_question and not anybody.rows(threads=self.heard, author=self.post.author_id):
            return []
        wanted = Q(pk__in=self.follows.values("person")) | Q(pk__in=self.watches.values("person"))
        people = self.not_muted(Person.objects.active().filter(wanted, pk__gt=after).exclude(pk=self.post.author_id))
        batch = {person.pk: person for person in people.order_by("pk")[:A_BATCH]}
        found: dict[int, Listener] = {}
        for listener in [*self._followers(batch), *self._watchers(batch)]:
            before = found.get(listener.person.pk)
            if before is None or (before.is_tracked and not listener.is_tracked):
                found[listener.person.pk] = listener
        return [found[pk] for pk in batch if pk in found]

    def _followers(self, batch: dict[int, Person]) -> list[Listener]:
        rows = self.follows.filter(person__in=batch).values_list("person", "level")
        cause = f"thread:{self.post.thread.home.pk}"
        return [Listener(batch[pk], "answer", cause, is_tracked=level == Level.TRACK) for pk, level in rows]

    def _watchers(self, batch: dict[int, Person]) -> list[Listener]:
        rows = list(self.watches.filter(person__in=batch).select_related("product"))
        rows.sort(key=lambda row: (row.other_id is None, row.tag_id is None))  # a person, a tag, a product
        return [self._watcher(row, batch[row.person_id]) for row in rows]

    def _watcher(self, row: Watch, person: Person) -> Listener:
        tag = self.tags.get(row.tag_id or 0)
        name = row.product.name if row.product else f"#{tag}" if tag else self.post.signature
        is_tracked = row.level == Level.TRACK
        reason = format_lazy(TRACKED if is_tracked else WATCHED, name=name)
        return Listener(person, "person" if row.other_id else "question", row.place, reason, is_tracked)

    def willing(self, people: Collection[int]) -> set[int]:
        """Those of these people who may be told of it although they did not ask: mentioned, commented on."""
        return set(self.not_muted(Person.objects.filter(pk__in=people)).values_list("pk", flat=True))


def _anybody(threads: list[int], author: int) -> QuerySet[Any, Any]:
    """Whether anybody but the author follows one of the threads, or watches the author: mostly nobody does."""
    follows = Follow.objects.filter(thread__among=threads).exclude(person=author).values_list("person")
    return follows.union(Watch.objects.heard().filter(other=author).values_list("person"))[:1]


anybody = Prepared(_anybody, threads=list, author=int)
