"""Redacting: private details in a post are blacked out for good, here and wherever else its words were kept.

This is the one place for it. `POST_REDACTED` is recorded for each post concerned; whoever keeps copies of posts outside
(a CRM's timeline, a webhook waiting to be sent again) subscribes to it and takes the text as it is now.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.files.models import Attachment
from community.live.fragments import forget_fragments
from community.people.models import Person
from community.policy.blackout import Blackout
from community.policy.models import HeldChange
from community.refusals import Refusal, Stale
from community.text.excerpts import excerpt
from community.text.markdown import to_html
from forums.threads.copies import cover_copies, words_beside
from forums.threads.indexing import index_now
from forums.threads.models import Post, Redaction, Thread
from forums.threads.purging import purge_thread


def wordings_of(post: Post) -> list[str]:
    """Every text of a post that is kept: its title and text now, and all that it said before."""
    titles = [post.thread.title] if post.kind == Post.Kind.OPENING else []
    earlier = [text for row in post.revisions.values_list("title", "source", "reason") for text in row if text]
    suggested = [text for row in post.suggestions.values_list("title", "source", "reason") for text in row if text]
    waiting = [text for change in HeldChange.objects.about(post) for text in change.texts.values() if text]
    return [*titles, post.source, *earlier, *suggested, *waiting, *words_beside(post)]


@transaction.atomic
def redact(post: Post, blackout: Blackout, *, by: Person, version: int | None = None) -> list[Redaction]:
    """Black it out in a post and in all that repeats it: earlier wordings, drafts, mails, replies that quote it.

    Answers the rows that tell of it: the post's own first, then those of the replies.
    """
    post = held(post)
    if not post.is_redactable_by(by):
        raise Refusal(_("Only the team for this brand can black something out."), code="not_allowed", status=403)
    if version is not None and post.version != version:
        raise Stale(post)
    for text in wordings_of(post):
        blackout.learn(text)
    if not blackout.covered:
        raise Refusal(_("None of that stands in this text, now or before."), code="nothing", status=422)
    rows = [cover(post, blackout, by=by, covered=blackout.covered)]
    for quoting in quoting_posts(post, blackout):
        whole = Blackout(words=tuple(blackout.values), words_are=next(iter(blackout.covered)))
        for text in wordings_of(quoting):
            whole.learn(text)
        rows.append(cover(quoting, whole, by=by, covered=whole.covered))
    transaction.on_commit(forget_fragments)
    return rows


def held(post: Post) -> Post:
    """The post as it is now, locked until the transaction ends."""
    known = Post.objects.select_related("thread__product__brand", "thread__merged_into", "author")
    return known.select_for_update(of=("self",)).get(pk=post.pk)


def quoting_posts(post: Post, blackout: Blackout) -> list[Post]:
    """Other posts on the same page in which the same words stand, such as a reply that quotes them."""
    others = post.thread.home.all_posts.exclude(pk=post.pk).values_list("pk", "source")
    found = [pk for pk, source in others.iterator() if blackout.stands_in(source)]
    return [held(other) for other in Post.objects.filter(pk__in=found).order_by("pk")]


def cover(post: Post, blackout: Blackout, *, by: Person, covered: dict[str, int]) -> Redaction:
    """One post and its copies."""
    thread, old_slug = post.thread, post.thread.slug
    cover_files(post, blackout)
    post.source = blackout.cover(post.source)
    post.html, post.version, post.edited_at = to_html(post.source), post.version + 1, timezone.now()
    post.save(update_fields=["source", "html", "version", "edited_at"])
    changes: dict[str, Any] = {}
    if post.kind == Post.Kind.OPENING:
        title = blackout.cover(thread.title)
        changes = {"title": title, "slug": Thread.slug_for(title), "excerpt": excerpt(post.source, 180)}
        thread.title, thread.slug, thread.excerpt = changes.values()
    purge_thread(thread, **changes)
    cover_copies(post, blackout, old_slug)
    index_now(thread)
    row = Redaction.objects.create(post=post, kinds=list(covered), places=sum(covered.values()), by=by)
    record(Verb.POST_REDACTED, actor=by, subject=post, kinds=row.kinds, places=row.places)
    return row


def cover_files(post: Post, blackout: Blackout) -> None:
    """Pictures and files that are taken out go at once, unless another post shows them too."""
    taken = Attachment.objects.filter(key__in=blackout.files, in_posts__post=post)
    for attachment in list(taken):
        post.files.filter(attachment=attachment).delete()
        attachment.discard()
