"""Reviews that want the team: few stars, or a question in them that nobody of the team has answered."""

import re
from datetime import datetime

from django.utils import timezone

from community.people.models import Person
from forums.threads.models import Post, Thread
from moderation.queue.models import Item
from moderation.queue.reading import signals_in

FEW_STARS = 2
LINK = re.compile(r"https?://\S+")
QUESTION = re.compile(r"\?(?=[\s\"”’)*_]|$)")


def asks(text: str) -> bool:
    """Whether somebody asks something in it; a question mark in an address is none."""
    return bool(QUESTION.search(LINK.sub("", text)))


def review_card(thread: Thread, by: Person | None = None) -> Item | None:
    """The card of a review. It is opened when the review first wants the team, and stays from then on."""
    known = Item.objects.filter(thread=thread).first()
    if known or not wants_the_team(thread):
        return known
    signals = signals_in(thread.title, thread.review.opening.source)
    return Item.objects.open(
        kind=Item.Kind.REVIEW,
        title=thread.title,
        customer=thread.author,
        product=thread.product,
        thread=thread,
        by=by,
        waiting_since=waits_since(thread),
        signals=[*signals, "few_stars"] if thread.review.stars <= FEW_STARS else signals,
    )


def wants_the_team(thread: Thread) -> bool:
    """Two stars or less, or a question since the team last spoke."""
    return thread.review.stars <= FEW_STARS or bool(open_questions(thread))


def open_questions(thread: Thread) -> list[Post]:
    """What customers asked in it since the team last spoke, the oldest first."""
    posts = list(Post.objects.visible_to(None).filter(thread=thread).order_by("created_at", "pk"))
    spoken = max((number for number, post in enumerate(posts) if post.alias), default=-1)
    return [post for post in posts[spoken + 1 :] if asks(post.source)]


def waits_since(thread: Thread) -> datetime:
    """Since the first open question, or since the review was written."""
    questions = open_questions(thread)
    return questions[0].created_at if questions else thread.created_at


def hear_in_review(item: Item, post: Post) -> None:
    """Somebody asked something in a review whose card is settled: it waits again. The team's words are heard by all."""
    if not post.alias and asks(post.source) and item.thread and item.thread.kind == Thread.Kind.REVIEW:
        item.reopen(by=post.author, reason="customer_spoke", since=post.created_at)


def follow_stars(item: Item, before: int, after: int, by: Person | None) -> None:
    """Fewer stars than a customer should have to give open it again; more of them, and nothing asked, settle it."""
    if after <= FEW_STARS < before:
        item.notice("few_stars")
        item.reopen(by=by, reason="customer_spoke", since=timezone.now())
    elif before <= FEW_STARS < after and item.thread and not open_questions(item.thread):
        item.close(by=None, reason="solved")
