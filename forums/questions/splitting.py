"""Splitting: an answer or comment about another matter becomes a question of its own, owned by who wrote it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal, Stale
from community.text.excerpts import excerpt
from forums.questions.marking import refuse_when_marked
from forums.questions.models import Question
from forums.threads.counting import recount
from forums.threads.following import count_followers, follow
from forums.threads.holding import hold
from forums.threads.models import Merge, Post, Split, Thread
from forums.threads.purging import purge_thread

SHORTEST_TITLE = 15


@transaction.atomic
def split(post: Post, *, title: str, by: Person, reason: str = "", version: int | None = None) -> Split:
    """Make a question of a post, with the comments under it. Its votes and its lasting address go along."""
    (thread,) = hold(post.thread)
    thread.refuse_reshaping(by)
    post = Post.objects.select_for_update(of=("self",)).select_related("author").get(pk=post.pk)
    post.thread = thread
    if version is not None and post.version != version:
        raise Stale(post)
    refuse_unsplittable(post, title)
    into = begin_with(post, title)
    row = Split.objects.create(
        thread=thread, into=into, post=post, was_kind=post.kind, was_parent=post.parent, by=by, reason=reason
    )
    hang(post, into, Post.Kind.OPENING, None)
    follow(into, by=post.author)
    recount(thread)
    purge_thread(into)
    record(Verb.THREAD_SPLIT, actor=by, subject=into, post=post.pk, source=thread.pk, reason=reason)
    return row


@transaction.atomic
def unsplit(row: Split, *, by: Person) -> None:
    """Put the post back where it was. Answers that the question has got since are read there too, and stay."""
    thread, into = hold(row.thread, row.into)
    thread.refuse_reshaping(by)
    if into.merged_into_id:
        raise Refusal(_("The new question was merged since. Undo that merge first."), code="merged")
    row.mark_undone(by=by)
    hang(row.post, thread, row.was_kind, row.was_parent or parent_in(thread, row.was_kind))
    Merge.objects.create(thread=into, into=thread.home, by=by, reason=row.reason)
    Thread.objects.filter(pk=into.pk).update(merged_into=thread.home, is_hidden=thread.is_hidden)
    into.merged_into = thread.home
    recount(thread)
    count_followers(thread)
    purge_thread(into)
    record(Verb.THREAD_SPLIT_UNDONE, actor=by, subject=into, post=row.post_id, source=thread.pk)


def refuse_unsplittable(post: Post, title: str) -> None:
    """Openings are questions already, and what solved something stays with it."""
    if post.kind == Post.Kind.OPENING or post.removed_at or post.is_hidden:
        raise Refusal(_("Only an answer or comment that everybody can read becomes a question."), code="not_a_reply")
    refuse_when_marked(post)
    if len(title.strip()) < SHORTEST_TITLE:
        raise Refusal(_("Give the question a title of at least 15 characters."), code="title", status=422)


def begin_with(post: Post, title: str) -> Thread:
    """The new question's thread: about the same product, with the same tags."""
    old = post.thread
    into = Thread.objects.create(
        kind=Thread.Kind.QUESTION,
        title=title.strip(),
        slug=Thread.slug_for(title),
        author=post.author,
        product=old.product,
        product_version=old.product_version,
        excerpt=excerpt(post.source, 180),
        created_at=timezone.now(),
    )
    into.tags.add(*old.tags.names())
    Question.objects.create(thread=into)
    return into


def parent_in(thread: Thread, kind: str) -> Post | None:
    """What a comment stands under when the post that it stood under is no more: the opening."""
    return thread.posts.get(kind=Post.Kind.OPENING) if kind == Post.Kind.COMMENT else None


def hang(post: Post, thread: Thread, kind: str, parent: Post | None) -> None:
    """Put a post, with all that stands under it, into a thread."""
    below, fresh = [post.pk], [post.pk]
    while fresh:
        fresh = list(Post.objects.filter(parent__in=fresh).values_list("pk", flat=True))
        below += fresh
    post.thread, post.kind, post.parent = thread, kind, parent
    post.save(update_fields=["thread", "kind", "parent"])
    Post.objects.filter(pk__in=below[1:]).update(thread=thread)
