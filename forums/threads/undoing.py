"""Undo send: for half a minute a post can be taken back without a trace, and its writer has the words again.

Readers saw it at once; mails and devices hear of it only when that time is over (`told_from`), so that nobody is told
of what is not there. Later there is `Post.remove`, which leaves the words to nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.people.models import Person
from community.policy.checks.copied import forget_newest
from community.refusals import Refusal
from forums.threads.drafting import keep_beside
from forums.threads.models import Post, Thread
from forums.threads.picking import held


@dataclass(frozen=True)
class Beginning:
    """How a kind of thread is begun: its draft's place, its form's page, and what else goes with its words."""

    place: Callable[[Thread], str]
    url: Callable[[Thread], str]
    forget: Callable[[Thread], dict[str, Any]] = lambda _thread: {}
    """Drops what the kind keeps beside the trunk, and answers what its form said besides title and text."""


_beginnings: dict[str, Beginning] = {}


def begins(kind: str, beginning: Beginning) -> None:
    """Register how threads of this kind are begun. `undoing.py` of each app that has a kind says it."""
    _beginnings[kind] = beginning


@dataclass(frozen=True)
class Undone:
    """Where the words wait to be changed and sent; for a thread also what else its form said, by the draft's place."""

    url: str
    place: str
    typed: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def undo(post: Post, *, by: Person) -> Undone:
    """As if it had not been sent.

    Whoever clicks twice finds the same words again. Raises Refusal when it is too late, or somebody answered it.
    """
    thread = held(post.thread_id)
    post = Post.objects.select_for_update(of=("self",)).select_related("thread", "author").get(pk=post.pk)
    if post.author_id != by.pk:
        raise Refusal(_("Only the author can take a post back."), code="not_yours", status=403)
    typed: dict[str, Any] = {}
    if post.removed_at is None:
        refuse_waiting(post)
        refuse_too_late(post)
        refuse_answered(post, thread)
        is_opening = post.kind == Post.Kind.OPENING
        keep_beside(post.source, by=by, place=place_of(post), title=thread.title if is_opening else "")
        post.remove(by=by, at_once=True)
        typed = _beginnings[thread.kind].forget(thread) if is_opening else {}
        forget_newest(by)
    return Undone(composer_of(post), place_of(post), typed)


def refuse_waiting(post: Post) -> None:
    """What the gate or a signal holds is taken back by nobody until a person has looked."""
    if post.is_held:
        raise Refusal(_("A person looks at it first, so it stays."), code="waits", url=post.get_absolute_url())


def refuse_too_late(post: Post) -> None:
    """Half a minute, and not longer: mails go then."""
    if timezone.now() - post.created_at > timedelta(seconds=settings.UNDO_SECONDS):
        raise Refusal(
            _("It is too late to undo this: people may have been told of it. You can still change it beside its text."),
            code="too_late",
            url=post.get_absolute_url(),
        )


def refuse_answered(post: Post, thread: Thread) -> None:
    """What somebody has answered stays, or nobody would know what they speak of."""
    others = thread.all_posts.filter(is_hidden=False, removed_at__isnull=True).exclude(author=post.author_id)
    later = others.filter(pk__gt=post.pk)
    if post.kind == Post.Kind.OPENING:
        is_answered = later.exists() or thread.merged.exists()
    else:
        is_answered = later.filter(Q(parent=post) | Q(parent=post.parent_id, parent__isnull=False)).exists()
    if is_answered or post.votes.exists():
        raise Refusal(
            _("Somebody has already answered this, so it stays. You can still change it."),
            code="answered",
            url=post.get_absolute_url(),
        )


def place_of(post: Post) -> str:
    """The draft that it was before it was sent."""
    if post.kind == Post.Kind.OPENING:
        return _beginnings[post.thread.kind].place(post.thread)
    return f"post:{post.parent_id}" if post.kind == Post.Kind.COMMENT else f"thread:{post.thread_id}"


def composer_of(post: Post) -> str:
    """Where its words wait."""
    if post.kind == Post.Kind.OPENING:
        return _beginnings[post.thread.kind].url(post.thread)
    if post.kind == Post.Kind.COMMENT:
        return reverse("forums:post-comment", args=[post.parent_id])
    return f"{post.thread.home.get_absolute_url()}#reply"
