"""An answer that is a remark becomes a comment, a comment that helps becomes an answer; both can be undone.

It stays the same post: votes, lasting address, files and what was said below it are untouched.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal, Stale
from forums.questions.marking import refuse_when_marked
from forums.questions.splitting import hang
from forums.threads.counting import recount
from forums.threads.holding import hold
from forums.threads.models import Conversion, Post, Thread
from forums.threads.purging import purge_thread


def can_convert(post: Post, person: Any) -> bool:
    """Its author, who asked the question, moderators, and the team of the brand."""
    if not person.is_authenticated or post.kind == Post.Kind.OPENING or post.removed_at or post.is_hidden:
        return False
    if person.can(Capability.MODERATE) or post.thread.is_reshaped_by(person):
        return True
    home = post.thread.home
    is_theirs = person.pk in (post.author_id, post.thread.author_id, home.author_id)
    return is_theirs and not home.is_locked and not home.duplicate_of_id


@transaction.atomic
def become_answer(post: Post, *, by: Person, reason: str = "", version: int | None = None) -> Conversion:
    """A comment that tries to solve it stands among the answers."""
    post = taken(post, by, version)
    if post.kind != Post.Kind.COMMENT:
        raise Refusal(_("It is an answer already."), code="same")
    return convert(post, Post.Kind.ANSWER, None, Verb.POST_BECAME_ANSWER, by=by, reason=reason)


@transaction.atomic
def become_comment(post: Post, *, below: Post, by: Person, reason: str = "", version: int | None = None) -> Conversion:
    """An answer that is a remark stands below the question or another answer, with all that was said below it."""
    post = taken(post, by, version)
    if post.kind != Post.Kind.ANSWER:
        raise Refusal(_("It is a comment already."), code="same")
    refuse_when_marked(post)
    refuse_wrong_place(post, below)
    return convert(post, Post.Kind.COMMENT, below, Verb.POST_BECAME_COMMENT, by=by, reason=reason)


@transaction.atomic
def convert_back(row: Conversion, *, by: Person) -> None:
    """Undo it, within thirty days: the post stands where it stood."""
    post = taken(row.post, by, None)
    latest = Conversion.objects.standing().filter(post=post).order_by("-pk").first()
    if latest and latest.pk != row.pk:
        raise Refusal(_("It was changed again since. Undo the later change first."), code="changed_again")
    if post.thread_id != row.thread_id or post.kind == row.was_kind:
        raise Refusal(_("It has been moved since, so this cannot be undone."), code="moved")
    if post.kind == Post.Kind.ANSWER:
        refuse_when_marked(post)
    row.mark_undone(by=by)
    parent = row.was_parent or opening_of(post.thread) if row.was_kind == Post.Kind.COMMENT else None
    put(post, row.was_kind, parent)
    became = Verb.POST_BECAME_ANSWER if row.was_kind == Post.Kind.ANSWER else Verb.POST_BECAME_COMMENT
    record(became, actor=by, subject=post, thread=post.thread_id, undone=True)


def convert(post: Post, kind: str, parent: Post | None, verb: Verb, *, by: Person, reason: str) -> Conversion:
    """The row that can be undone, and the post in its new place."""
    row = Conversion.objects.create(
        thread=post.thread, post=post, was_kind=post.kind, was_parent=post.parent, by=by, reason=reason
    )
    put(post, kind, parent)
    record(verb, actor=by, subject=post, thread=post.thread_id, reason=reason)
    return row


def put(post: Post, kind: str, parent: Post | None) -> None:
    """Into its new place, with its thread counted anew."""
    hang(post, post.thread, kind, parent)
    recount(post.thread)
    purge_thread(post.thread)


def taken(post: Post, by: Person, version: int | None) -> Post:
    """The post as it is now, its thread locked. Raises the Refusal of people who may not, Stale when it was edited."""
    (thread,) = hold(post.thread)
    rows = Post.objects.select_for_update(of=("self",)).select_related("author", "parent")
    post = rows.get(pk=post.pk)
    post.thread = thread
    if not can_convert(post, by):
        sentence = _("Only its author, the person who asked and the team can do that.")
        raise Refusal(sentence, code="not_allowed", status=403)
    if version is not None and post.version != version:
        raise Stale(post)
    return post


def refuse_wrong_place(post: Post, below: Post) -> None:
    """A comment stands below the question or an answer on the same page, and not below itself."""
    is_here = below.thread.home.pk == post.thread.home.pk and below.pk != post.pk
    if not is_here or below.kind == Post.Kind.COMMENT or below.is_hidden or below.removed_at:
        raise Refusal(_("Choose the question or an answer on this page."), code="wrong_place", status=422)


def opening_of(thread: Thread) -> Post:
    """What a comment stands under when the post that it stood under is no more."""
    opening: Post = thread.home.posts.get(kind=Post.Kind.OPENING)
    return opening


def places_for(post: Post) -> list[Post]:
    """Where it could stand as a comment: below the question, or below one of its other answers."""
    kinds = [Post.Kind.OPENING, Post.Kind.ANSWER]
    posts = post.thread.home.all_posts.filter(kind__in=kinds, is_hidden=False, removed_at__isnull=True)
    found = posts.exclude(pk=post.pk).select_related("author", "thread")
    return sorted(found, key=lambda one: (one.kind != Post.Kind.OPENING, one.created_at))[:60]
