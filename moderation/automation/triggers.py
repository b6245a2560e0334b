"""When: what an automation begins by. An event, or so many hours of waiting; both can be looked for in what was.

A trigger of events turns an event into a matter. A trigger of waiting finds the matters that came due in a span of
time: the clock asks for the last minutes, a trial for the last thirty days.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Min, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.verbs import Verb
from community.people.models import Person
from forums.threads.models import Post, Thread
from moderation.automation.matters import Matter, matter_of_post
from moderation.flags.models import Case
from moderation.queue.models import Item

POSTS = Post.objects.select_related("thread__product__brand", "thread__review", "author")
Brings = Callable[[Event], Matter | None]
Due = Callable[[int, datetime, datetime], Iterator[Matter]]
LONGEST = 500


@dataclass(frozen=True)
class Trigger:
    """One beginning. `says` goes on after “When”; `%(hours)s` is the time of waiting."""

    key: str
    label: Any
    says: Any
    verbs: tuple[Verb, ...] = ()
    brings: Brings | None = None
    due: Due | None = None

    @property
    def waits(self) -> bool:
        """Whether it needs a number of hours."""
        return self.due is not None


def written(event: Event) -> Matter | None:
    """What was written; a held opening that was published begins its thread only then."""
    return matter_of_post(POSTS.written_in(event), event)


def of_kind(kind: str, of_thread: str = "") -> Brings:
    """A post of one kind, when it comes into sight."""

    def brings(event: Event) -> Matter | None:
        matter = written(event)
        if matter is None or matter.post is None or matter.post.kind != kind:
            return None
        return matter if not of_thread or matter.post.thread.kind == of_thread else None

    return brings


def flagged(event: Event) -> Matter | None:
    """What was reported: the post of the case."""
    case = Case.objects.filter(pk=event.details.get("case")).first()
    post = POSTS.filter(pk=case.subject_id).first() if case and case.kind == "post" else None
    return matter_of_post(post, event)


def reached(event: Event) -> Matter | None:
    """Whoever went up."""
    person = Person.objects.filter(pk=event.subject_id).first()
    return Matter(f"event:{event.pk}", event.created_at, person, event=event) if person else None


def unanswered(hours: int, since: datetime, until: datetime) -> Iterator[Matter]:
    """Questions that nobody had answered so many hours after they were asked."""
    span = timedelta(hours=hours)
    answers = Q(posts__kind=Post.Kind.ANSWER, posts__is_hidden=False) & ~Q(posts__author=F("author"))
    threads = Thread.objects.filter(
        kind=Thread.Kind.QUESTION, is_hidden=False, merged_into=None, created_at__gt=since - span,
        created_at__lte=until - span,
    ).annotate(answered_at=Min("posts__created_at", filter=answers))  # fmt: skip
    late = threads.filter(Q(answered_at=None) | Q(answered_at__gt=F("created_at") + span)).order_by("-pk")
    for post in POSTS.filter(thread__in=late.values("pk")[:LONGEST], kind=Post.Kind.OPENING).order_by("-pk"):
        yield Matter(f"waited:thread:{post.thread_id}", post.created_at + span, post.author, post=post)


def waiting(hours: int, since: datetime, until: datetime) -> Iterator[Matter]:
    """Items of the desk whose customer had no answer of the team after so many hours."""
    span = timedelta(hours=hours)
    over = Coalesce("responded_at", "closed_at", Value(timezone.now()))
    late = Item.objects.annotate(over=over).filter(
        promised_at__gt=since - span, promised_at__lte=until - span, over__gt=F("promised_at") + span
    )
    for item in late.select_related("thread", "product__brand", "customer").order_by("-pk")[:LONGEST]:
        since_then = item.promised_at or item.created_at
        key = f"waited:item:{item.pk}:{int(since_then.timestamp())}"
        post = POSTS.filter(thread=item.thread_id, kind=Post.Kind.OPENING).first() if item.thread_id else None
        yield Matter(key, since_then + span, item.customer, post=post, card=item)


TRIGGERS: dict[str, Trigger] = {
    trigger.key: trigger
    for trigger in (
        Trigger("question", _("A question is asked"), _("a question is asked"),
                (Verb.QUESTION_ASKED, Verb.POST_PUBLISHED), of_kind(Post.Kind.OPENING, Thread.Kind.QUESTION)),
        Trigger("unanswered", _("A question waits for an answer"), _("a question waits %(hours)s hours for an answer"),
                due=unanswered),
        Trigger("answer", _("An answer is posted"), _("an answer is posted"),
                (Verb.ANSWER_POSTED, Verb.POST_PUBLISHED), of_kind(Post.Kind.ANSWER)),
        Trigger("comment", _("A comment is posted"), _("a comment is posted"),
                (Verb.COMMENT_POSTED, Verb.POST_PUBLISHED), of_kind(Post.Kind.COMMENT)),
        Trigger("review", _("A review is posted"), _("a review is posted"),
                (Verb.REVIEW_WRITTEN, Verb.POST_PUBLISHED), of_kind(Post.Kind.OPENING, Thread.Kind.REVIEW)),
        Trigger("flag", _("A post is reported"), _("a post is reported"), (Verb.FLAG_RAISED,), flagged),
        Trigger("waiting", _("An item waits on the desk"), _("an item waits %(hours)s hours for the team"),
                due=waiting),
        Trigger("level", _("A member reaches a level"), _("a member reaches a level"), (Verb.LEVEL_RAISED,), reached),
    )
}  # fmt: skip


def begun_by(verb: str) -> list[str]:
    """The triggers that an event of this verb may set off."""
    return [trigger.key for trigger in TRIGGERS.values() if verb in trigger.verbs]
