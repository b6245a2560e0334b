"""Threads as something that can be watched, tracked or muted; and which of their posts can still be told of."""

from collections.abc import Collection, Iterable
from typing import Any

from community.notifications.models import Level
from community.notifications.standing import still_seen
from community.notifications.watched import Place, PlaceKind, register
from forums.threads.following import hear, heard_level
from forums.threads.models import Follow, Muting, Post, Thread

SHOWN = 200


@register
class WatchedThread(PlaceKind):
    """A thread: its new answers."""

    kind = "thread"

    def find(self, pk: int, person: Any) -> Place | None:
        thread = Thread.objects.visible_to(person).select_related("merged_into").filter(pk=pk).first()
        return self.place(thread.home) if thread else None

    def level_of(self, person: Any, pk: int) -> str:
        thread = Thread.objects.filter(pk=pk).first()
        return heard_level(thread, person) if thread else ""

    def set_level(self, person: Any, pk: int, level: str) -> None:
        if thread := Thread.objects.filter(pk=pk).first():
            hear(thread, level, by=person)

    def said_by(self, person: Any) -> Iterable[tuple[Place, str]]:
        seen = Thread.objects.visible_to(person)
        muted = Muting.objects.filter(person=person, thread__in=seen).select_related("thread").order_by("-pk")
        followed = Follow.objects.filter(person=person, thread__in=seen).select_related("thread").order_by("-pk")
        silent = set()
        for row in muted[:SHOWN]:
            silent.add(row.thread_id)
            yield self.place(row.thread), Level.MUTE
        for row in followed[:SHOWN]:
            if row.thread_id not in silent:
                yield self.place(row.thread), row.level

    @staticmethod
    def place(thread: Thread) -> Place:
        """The thread where it is read."""
        return Place(f"thread:{thread.pk}", thread.title, thread.get_absolute_url())


@still_seen("threads.post")
def posts_in_sight(ids: Collection[int]) -> set[int]:
    """Those that everybody can read."""
    return set(Post.objects.visible_to(None).filter(pk__in=ids).values_list("pk", flat=True))


@still_seen("threads.thread")
def threads_in_sight(ids: Collection[int]) -> set[int]:
    """Those that everybody can read."""
    return set(Thread.objects.visible_to(None).filter(pk__in=ids).values_list("pk", flat=True))
