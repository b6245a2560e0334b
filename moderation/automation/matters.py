"""A matter: what an automation looks at, whether an event brought it or the time that it has waited."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from community.events.models import Event
from community.people.models import Person
from forums.threads.models import Post, Thread
from moderation.queue.models import Item
from moderation.rules.past import whole


@dataclass
class Matter:
    """Something with an author: a post in its thread, an item of the desk, or a person alone."""

    key: str
    at: datetime
    person: Person | None
    post: Post | None = None
    card: Item | None = None
    event: Event | None = None

    @property
    def thread(self) -> Thread | None:
        """The thread, where there is one."""
        if self.post is not None:
            return self.post.thread
        return self.card.thread if self.card is not None else None

    @property
    def subject(self) -> Any:
        """The row that a run names."""
        return self.post or self.card or self.person

    @property
    def title(self) -> str:
        if self.thread is not None:
            return self.thread.title
        return str(self.card or (self.person.name if self.person else ""))

    @property
    def url(self) -> str:
        find = getattr(self.subject, "get_absolute_url", None)
        return find() if find else ""

    @cached_property
    def text(self) -> str:
        """All that is said, title included."""
        return whole(self.post) if self.post is not None else self.title

    @cached_property
    def stars(self) -> int | None:
        """Of a review."""
        review = (
            getattr(self.thread, "review", None) if self.thread and self.thread.kind == Thread.Kind.REVIEW else None
        )
        return review.stars if review else None

    @cached_property
    def item(self) -> Item | None:
        """The card on the desk."""
        if self.card is not None:
            return self.card
        return Item.objects.filter(thread=self.thread.home).first() if self.thread is not None else None

    @cached_property
    def tags(self) -> set[str]:
        return set(self.thread.tags.names()) if self.thread is not None else set()


def matter_of_post(post: Post | None, event: Event) -> Matter | None:
    """A post that an event brought; nothing when it is out of sight by now."""
    if post is None or post.is_hidden or post.removed_at is not None:
        return None
    return Matter(f"event:{event.pk}", event.created_at, post.author, post=post, event=event)
