"""Who is told of what happens in a thread: whoever listens to it, the author of a post, people who are mentioned."""

from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy, get_text_list
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import Letter, notify
from community.notifications.standing import bring_back, take_back
from community.people.models import Person
from community.policy.blackout import name_of
from community.text.mentions import mentioned_people
from forums.threads.hearing import Hearing
from forums.threads.models import Post, Suggestion, Thread
from forums.threads.purging import purge_threads
from forums.threads.spreading import letter_about, seen_post, spread

CALLED = _("{who} mentioned you in “{title}”.")
COMMENTED = _("{who} commented on your post in “{title}”.")
SOLVED = _("Your answer solved “{title}”.")
LOST = _("The answer that solved “{title}” is no longer there. Your question is open again.")
SPLIT = _("What you wrote is a question of its own now, and yours: “{title}”.")
REDACTED = _("The team blacked out {what} in what you wrote in “{title}”, so that nobody else can read it.")
SUGGESTED = _("{who} suggests a change to what you wrote in “{title}”.")
TAKEN_OVER = _("Your change to “{title}” was taken over. Thank you!")
DECLINED = _("Your suggested change to “{title}” was declined.")
VERIFIED = _("The team verified your answer in “{title}”.")
OFFICIAL = {"split", "verified"}


@on(Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_PUBLISHED)
def tell_of_post(event: Event) -> None:
    """A new post that readers can see: those it mentions hear of it first, then whoever listens to such posts."""
    post = visible_post(event)
    if post is None:
        return
    hearing = tell_mentioned(post, event)
    if post.kind == Post.Kind.COMMENT:
        author = post.parent.author if post.parent else post.thread.author
        if author.pk != post.author_id and hearing.willing([author.pk]):
            tell(author, "comment", COMMENTED, post, event, with_excerpt=True)
    else:
        spread(hearing, event)


@on(Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN)
def tell_of_opening(event: Event) -> None:
    """A new question or review: those it mentions, and whoever watches its author or where it was asked."""
    opening = Post.objects.filter(thread=event.subject_id, kind=Post.Kind.OPENING).values_list("pk", flat=True).first()
    post = seen_post(opening) if opening else None
    if post:
        spread(tell_mentioned(post, event), event)


@on(Verb.POST_HIDDEN, Verb.POST_REMOVED, Verb.POST_RESTORED)
def tell_no_more(event: Event) -> None:
    """A post went out of sight: whoever has not read of it is not told any more. An opening takes all along."""
    post = Post.objects.select_related("thread").filter(pk=event.subject_id).first()
    if post is None:
        return
    is_gone, is_opening = post.is_hidden or post.removed_at, post.kind == Post.Kind.OPENING
    posts = post.thread.posts.all() if is_opening else Post.objects.filter(pk=post.pk)
    do = take_back if is_gone else bring_back
    if not is_gone:
        posts = posts.filter(is_hidden=False, removed_at__isnull=True)
    do(Post, list(posts.values_list("pk", flat=True)))
    if is_opening:
        do(Thread, [post.thread_id])


@on(Verb.SOLUTION_ACCEPTED)
def tell_author_of_solution(event: Event) -> None:
    """The asker said: this solved it."""
    post = visible_post(event)
    if post and post.author_id != event.actor_id:
        tell(post.author, "solution", SOLVED, post, event)


@on(Verb.ANSWER_VERIFIED)
def tell_author_of_verified(event: Event) -> None:
    """The team vouches for the answer."""
    post = visible_post(event)
    if post and post.author_id != event.actor_id:
        tell(post.author, "verified", VERIFIED, post, event)


@on(Verb.SOLUTION_LOST)
def tell_asker_of_lost_solution(event: Event) -> None:
    """What solved it went out of sight: the asker hears of it, unless they took it back themselves."""
    thread = Thread.objects.select_related("author").filter(pk=event.subject_id, is_hidden=False).first()
    if thread and thread.author_id != event.actor_id:
        letter = Letter(subject=thread.title, excerpt="", chain=f"thread-{thread.pk}")
        text = format_lazy(LOST, title=thread.title)
        notify(thread.author, "solution_lost", url=thread.get_absolute_url(), text=text, event=event, letter=letter)


@on(Verb.POST_REDACTED)
def tell_author_of_redaction(event: Event) -> None:
    """The team has blacked something out in what they wrote: they hear what class of thing it was."""
    post = visible_post(event)
    if post and post.author_id != event.actor_id:
        what = get_text_list([str(name_of(kind)) for kind in event.details["kinds"]], _("and"))
        letter = Letter(subject=post.thread.home.title, excerpt="", chain=f"thread-{post.thread.home.pk}")
        text = format_lazy(REDACTED, what=what, title=post.thread.home.title)
        notify(post.author, "edits", url=post.get_absolute_url(), text=text, event=event, letter=letter)


@on(Verb.SUGGESTION_MADE)
def tell_author_of_suggestion(event: Event) -> None:
    """Somebody would word it better: the author decides."""
    row = suggestion_of(event)
    if row and row.is_waiting and row.by_id != row.post.author_id:
        tell_of_suggestion(row.post.author, SUGGESTED, row, event, row.reason, sender=row.by_id)


@on(Verb.SUGGESTION_ACCEPTED, Verb.SUGGESTION_DECLINED)
def tell_who_suggested(event: Event) -> None:
    """What became of a suggestion; a no comes with its reason."""
    row = suggestion_of(event)
    if row and event.actor_id != row.by_id:
        words = TAKEN_OVER if event.verb == Verb.SUGGESTION_ACCEPTED else DECLINED
        tell_of_suggestion(row.by, words, row, event, row.answer)


def suggestion_of(event: Event) -> Suggestion | None:
    """The suggestion of the event, while people can read what it is about."""
    rows = Suggestion.objects.select_related("post__thread__merged_into", "post__author", "by")
    row = rows.filter(pk=event.subject_id).first()
    return row if row and not (row.post.is_hidden or row.post.removed_at) else None


def tell_of_suggestion(
    person: Person, words: Any, row: Suggestion, event: Event, quoted: str, sender: int | None = None
) -> None:
    """One person about one suggestion, with why it was made or declined."""
    title = row.post.thread.home.title
    letter = Letter(subject=title, excerpt=quoted, chain=f"thread-{row.post.thread.home.pk}")
    text = format_lazy(words, who=row.by.name, title=title)
    url = reverse("forums:suggestion-detail", args=[row.pk])
    notify(person, "edits", url=url, text=text, event=event, letter=letter, sender=sender)


@on(Verb.THREAD_SPLIT)
def tell_owner_of_split(event: Event) -> None:
    """Their post became a question, which is theirs: they accept what solves it."""
    post = Post.objects.select_related("thread__merged_into", "author").filter(pk=event.details.get("post")).first()
    if post and post.thread_id == event.subject_id and post.author_id != event.actor_id:
        tell(post.author, "split", SPLIT, post, event)


@on(Verb.PERSONA_CHANGED)
def show_new_picture(event: Event) -> None:
    """Kept posts hold the picture of the persona under which they were written."""
    if "photo" in event.details.get("fields", []):
        purge_threads(Thread.objects.filter(posts__author=event.subject_id, posts__alias__gt="").distinct())


@on(Verb.PICTURE_CHANGED)
def show_new_own_picture(event: Event) -> None:
    """Kept posts hold the picture of whoever wrote them under their own name."""
    purge_threads(Thread.objects.filter(posts__author=event.subject_id, posts__alias="").distinct())


def visible_post(event: Event) -> Post | None:
    """The post of the event, if everybody can read it now."""
    post = event.subject
    is_seen = isinstance(post, Post) and not (post.is_hidden or post.removed_at or post.thread.is_hidden)
    return post if is_seen else None


def tell_mentioned(post: Post, event: Event) -> Hearing:
    """People called by name in the text, but for those who have muted what it is about."""
    people = [person for person in mentioned_people(post.source) if person.pk != post.author_id]
    hearing = Hearing(post)
    willing = hearing.willing([person.pk for person in people]) if people else set()
    for person in people:
        if person.pk in willing:
            tell(person, "mention", CALLED, post, event, with_excerpt=True)
    return hearing


def tell(person: Person, kind: str, words: Any, post: Post, event: Event, *, with_excerpt: bool = False) -> None:
    """One person about one post; the mails of a thread are one thread in the mailbox."""
    text = format_lazy(words, who=post.signature, title=post.thread.home.title)
    notify(
        person,
        kind,
        url=post.get_absolute_url(),
        text=text,
        event=event,
        letter=letter_about(post, person, with_excerpt=with_excerpt),
        sender=sender_of(kind, person, post, event),
        cause=f"thread:{post.thread.home.pk}",
    )


def sender_of(kind: str, person: Person, post: Post, event: Event) -> int | None:
    """Whose doing it is that a person is told: who wrote the post or, when it is theirs, who did something to it.

    What the team decides about a post is told in any case.
    """
    if kind in OFFICIAL:
        return None
    return post.author_id if post.author_id != person.pk else event.actor_id
