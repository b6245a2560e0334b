"""What of the past days would have reached somebody by what they watch today, for the preview of settings."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from community.events.models import Event
from community.events.verbs import Verb
from community.notifications.models import Level, Watch
from community.notifications.replaying import MOST, Happening, replays
from community.people.distance import kept_away_by
from forums.threads.models import Follow, Muting, Post, Thread


class Ears:
    """What somebody listens to, and what they have muted."""

    def __init__(self, person: Any) -> None:
        rows = list(Watch.objects.filter(person=person))
        self.person = person
        self.products = {row.product_id: row.level for row in rows if row.product_id}
        self.tags = {row.tag_id: row.level for row in rows if row.tag_id}
        self.people = {row.other_id: row.level for row in rows if row.other_id}
        self.follows = dict(Follow.objects.filter(person=person).values_list("thread", "level"))
        self.away = kept_away_by(person)

    @staticmethod
    def heard(levels: dict[int, str]) -> list[int]:
        """Those that are watched or tracked."""
        return [pk for pk, level in levels.items() if level != Level.MUTE]

    @staticmethod
    def muted(levels: dict[int, str]) -> list[int]:
        """Those of which they hear nothing."""
        return [pk for pk, level in levels.items() if level == Level.MUTE]

    def threads(self) -> Any:
        """Threads in which nothing is muted for them."""
        silent = Muting.objects.filter(person=self.person).values("thread")
        muted = Q(product__in=self.muted(self.products)) | Q(thread_tags__tag__in=self.muted(self.tags))
        threads = Thread.objects.visible_to(None).exclude(pk__in=silent)
        return threads.exclude(Q(pk__in=Thread.objects.filter(muted).values("pk")) & ~Q(author=self.person))

    def posts(self, since: datetime) -> Any:
        """Posts since a moment that somebody else wrote whom they do not keep away."""
        posts = Post.objects.visible_to(None).filter(created_at__gt=since, thread__in=self.threads())
        return posts.exclude(author=self.person).exclude(author__in={*self.away, *self.muted(self.people)})


@replays
def posts_since(person: Any, since: datetime) -> Iterable[Happening]:
    """New questions in what they watch, new answers in what they follow, and what people wrote whom they watch."""
    ears = Ears(person)
    yield from questions_since(ears, since)
    yield from answers_since(ears, since)


def questions_since(ears: Ears, since: datetime) -> Iterable[Happening]:
    """Of the products, tags and people that they watch."""
    watched = Q(thread__product__in=ears.heard(ears.products)) | Q(author__in=ears.heard(ears.people))
    watched |= Q(thread__thread_tags__tag__in=ears.heard(ears.tags))
    posts = ears.posts(since).filter(watched, kind=Post.Kind.OPENING).prefetch_related("thread__thread_tags")
    found = {post.thread_id: post for post in posts.select_related("thread").distinct()[:MOST]}
    for thread, event, at in events_of(Verb.QUESTION_ASKED, Thread, list(found)):
        post = found[thread]
        tags = [ears.tags.get(row.tag_id) for row in post.thread.thread_tags.all()]
        by_person = ears.people.get(post.author_id)
        is_tracked = Level.WATCH not in (ears.products.get(post.thread.product_id), by_person, *tags)
        yield Happening(event, at, "person" if by_person else "question", f"thread-{thread}", is_tracked)


def answers_since(ears: Ears, since: datetime) -> Iterable[Happening]:
    """In the threads that they follow, and of the people whom they watch."""
    heard = Q(thread__in=list(ears.follows)) | Q(author__in=ears.heard(ears.people))
    found = {post.pk: post for post in ears.posts(since).filter(heard, kind=Post.Kind.ANSWER)[:MOST]}
    for pk, event, at in events_of(Verb.ANSWER_POSTED, Post, list(found)):
        post = found[pk]
        followed, by_person = ears.follows.get(post.thread_id), ears.people.get(post.author_id)
        is_tracked = Level.WATCH not in (followed, by_person)
        yield Happening(event, at, "answer" if followed else "person", f"thread-{post.thread_id}", is_tracked)


def events_of(verb: Verb, model: type[Model], ids: list[int]) -> Any:
    """The events of a verb about these rows: subject, event and moment."""
    kind = ContentType.objects.get_for_model(model)
    events = Event.objects.filter(verb=verb, subject_type=kind, subject_id__in=ids).order_by("pk")
    return events.values_list("subject_id", "pk", "created_at")
