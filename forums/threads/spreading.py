"""Telling everybody who listens of a new post, a batch at a time: ten thousand of them hold up nothing else."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from community.events.models import Event
from community.notifications.notifying import Letter, Telling, tell
from community.text.excerpts import excerpt
from forums.threads.by_mail import invitation_to_reply
from forums.threads.hearing import A_BATCH, Hearing, Listener
from forums.threads.models import Post, Thread

ANSWERED = _("{who} answered in “{title}”.")
ANSWERED_YOURS = _("{who} answered your question “{title}”.")
REPLIED_YOURS = _("{who} replied to your review “{title}”.")
REVIEWED = _("{who} wrote a review: “{title}”")
ASKED = _("{who} asked: “{title}”")
ASKED_ABOUT = _("{who} asked about {product}: “{title}”")


def spread(hearing: Hearing, event: Event, after: int = 0) -> None:
    """Tell the next batch of listeners, and leave the others to a job of their own."""
    post, batch = hearing.post, hearing.listeners(after)
    if not batch:
        return
    words = {who: words_for(post, is_asker=who) for who in (True, False)}
    tellings = [telling(post, one, words[one.person.pk in hearing.askers]) for one in batch]
    tell(tellings, event=event, sender=post.author_id)
    if len(batch) == A_BATCH:
        spread_on.configure(priority=-1).defer(post_id=post.pk, event_id=event.pk, after=batch[-1].person.pk)


@app.task(queue="events")
def spread_on(post_id: int, event_id: int, after: int) -> None:
    """The next batch, if the post can still be seen."""
    post, event = seen_post(post_id), Event.objects.filter(pk=event_id).first()
    if post and event:
        spread(Hearing(post), event, after)


def seen_post(pk: int) -> Post | None:
    """A post that everybody can read now."""
    posts = Post.objects.select_related("thread__author", "thread__merged_into", "thread__product", "author")
    post = posts.select_related("parent__author").filter(pk=pk).first()
    return post if post and not (post.is_hidden or post.removed_at or post.thread.is_hidden) else None


def words_for(post: Post, *, is_asker: bool) -> Any:
    """The sentence, to be said in the language of whoever hears it."""
    home, product, is_review = post.thread.home, post.thread.product, post.thread.kind == Thread.Kind.REVIEW
    if post.kind == Post.Kind.ANSWER:
        yours = REPLIED_YOURS if is_review else ANSWERED_YOURS
        words = yours if is_asker else ANSWERED
    else:
        words = REVIEWED if is_review else ASKED_ABOUT if product else ASKED
    return format_lazy(words, who=post.signature, title=home.title, product=product.name if product else "")


def telling(post: Post, listener: Listener, words: Any) -> Telling:
    """What one of them is told."""
    return Telling(
        listener.person,
        listener.kind,
        words,
        post.get_absolute_url(),
        letter_about(post, listener.person),
        reason=listener.reason,
        cause=listener.cause,
        is_tracked=listener.is_tracked,
    )


def letter_about(post: Post, person: Any, *, with_excerpt: bool = True) -> Letter:
    """The mail of somebody about one post; the mails of a thread are one thread in the mailbox."""
    home = post.thread.home
    return Letter(
        subject=home.title,
        excerpt=excerpt(post.source, 500) if with_excerpt else "",
        chain=f"thread-{home.pk}",
        **invitation_to_reply(post, person),
    )
