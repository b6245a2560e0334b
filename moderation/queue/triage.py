"""What an event in a thread means for its card. Each step may be repeated and come late: see `Item.follow_event`."""

from datetime import datetime, timedelta

from community.events.models import Event
from community.people.labels import Label
from community.people.models import Person
from community.prepared import Prepared, PreparedRow
from forums.threads.models import Post, Thread
from moderation.queue.models import Item
from moderation.queue.reading import signals_in
from moderation.queue.reviews import hear_in_review, review_card

PEERS_FIRST_FOR = timedelta(hours=24)
NEVER_LATER = timedelta(days=1)
"""No event is delivered later than this: a question that had no card by then was imported, or told to the demo."""


def card_of(thread: Thread, by: Person | None = None, since: datetime | None = None) -> Item | None:
    """The thread's card, opened when it is first asked for. Questions have one, and reviews that want the team.

    Whoever asked waits since they asked, unless `since` says better.
    """
    if thread.kind == Thread.Kind.REVIEW and not thread.is_hidden:
        return review_card(thread, by)
    if thread.kind != Thread.Kind.QUESTION or thread.is_hidden or thread.merged_into_id:
        return Item.objects.filter(thread=thread).first()
    opening = thread.posts.get(kind=Post.Kind.OPENING)
    signals = signals_in(thread.title, opening.source)
    wants_peers = thread.question.peers_first and not signals  # danger and personal data do not wait
    return Item.objects.open(
        kind=Item.Kind.QUESTION,
        title=thread.title,
        customer=thread.author,
        product=thread.product,
        thread=thread,
        by=by,
        waiting_since=since or thread.created_at,
        signals=signals,
        peers_until=thread.created_at + PEERS_FIRST_FOR if wants_peers else None,
    )


def news_for(thread: Thread, event: Event) -> Item | None:
    """The card of the page on which the thread is read, when this event is news for it, locked.

    None when triage has been further already.
    """
    item = card_there(thread.home, event)
    return item if item and item.follow_event(event) else None


def card_there(thread: Thread, event: Event) -> Item | None:
    """The card of a thread, locked, or the one that this event gives it."""
    return locked_card.get(thread=thread.pk) or late_card(thread, event)


def late_card(thread: Thread, event: Event) -> Item | None:
    """A card for a thread that has none. An old question waits when its asker says more, not when others do."""
    if event.created_at - thread.created_at <= NEVER_LATER or thread.kind != Thread.Kind.QUESTION:
        return card_of(thread)
    return card_of(thread, since=event.created_at) if event.actor_id == thread.author_id else None


locked_card = PreparedRow(
    lambda thread: Item.objects.select_for_update(of=("self",)).filter(thread=thread).order_by("pk")[:1], thread=int
)


def hear(item: Item, post: Post, speaker: Person) -> None:
    """A new post: the team's makes the card a watched one, the customer's wakes it, others’ ask in reviews."""
    if post.label == Label.AUTOMATION:  # it helps, and is nobody's answer
        return
    if post.alias:
        if post.kind == Post.Kind.ANSWER or post.parent_id:
            item.watch(by=speaker)
    elif post.kind != Post.Kind.OPENING and is_asker(item, speaker):
        if fresh := [code for code in signals_in(post.source) if code not in item.signals]:
            item.notice(*fresh)
        if item.peers_until is None or fresh:  # who asked for peers first may talk with them
            item.reopen(by=speaker, reason="customer_spoke", since=post.created_at)
    else:
        hear_in_review(item, post)


def is_asker(item: Item, speaker: Person) -> bool:
    """Whether the card is theirs, or a question of theirs was merged into it."""
    if item.customer_id == speaker.pk:
        return True
    return bool(item.thread_id and merged_of.rows(thread=item.thread_id, person=speaker.pk))


merged_of = Prepared(
    lambda thread, person: Thread.objects.filter(merged_into=thread, author=person).values_list("pk"),
    thread=int,
    person=int,
)
