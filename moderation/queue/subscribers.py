"""What happens among customers, followed by the queue."""

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.live.broadcasting import broadcast
from forums.threads.models import Post, Thread
from moderation.queue.models import Item
from moderation.queue.triage import card_of, hear, news_for


@on(Verb.QUESTION_ASKED)
def open_a_card(event: Event) -> None:
    """Every unanswered question has a card."""
    if event.subject is not None:
        news_for(event.subject, event)


@on(Verb.ANSWER_POSTED, Verb.COMMENT_POSTED)
def hear_a_post(event: Event) -> None:
    """The team answered, or the customer said more."""
    post = event.subject
    if post is not None and (item := news_for(post.thread, event)):
        hear(item, post, post.author)


@on(Verb.POST_PUBLISHED, Verb.POST_RESTORED)
def hear_a_released_post(event: Event) -> None:
    """A held or hidden post came into sight. With an opening the whole matter comes back."""
    post = event.subject
    if post is None or (item := news_for(post.thread, event)) is None:
        return
    if post.kind == Post.Kind.OPENING:
        if item.state == Item.State.CLOSED:
            item.reopen(by=None, reason="in_sight_again", since=post.created_at)
    elif event.verb == Verb.POST_PUBLISHED:
        hear(item, post, post.author)


@on(Verb.POST_HIDDEN)
def close_a_hidden_matter(event: Event) -> None:
    """With the opening the thread is out of sight, and nothing waits."""
    post = event.subject
    if post is not None and post.kind == Post.Kind.OPENING and (item := news_for(post.thread, event)):
        item.close(by=None, reason="hidden")


@on(Verb.SOLUTION_ACCEPTED)
def close_a_solved_matter(event: Event) -> None:
    """The customer said what solved it."""
    post = event.subject
    if post is not None and (item := news_for(post.thread, event)):
        item.close(by=None, reason="solved")


@on(Verb.SOLUTION_WITHDRAWN)
def reopen_an_unsolved_matter(event: Event) -> None:
    """The customer took it back: it waits again, unless another answer still solves it."""
    post = event.subject
    if post is None or (item := news_for(post.thread, event)) is None:
        return
    if not post.thread.question.is_solved:
        item.reopen(by=event.actor, reason="unsolved", since=event.created_at)


@on(Verb.SAME_PROBLEM, Verb.SAME_PROBLEM_TAKEN_BACK)
def rank_by_same_problem(event: Event) -> None:
    """More people with the same problem move it up."""
    subject = event.subject
    thread = subject if isinstance(subject, Thread) else getattr(subject, "thread", None)
    if thread is not None and (item := card_of(thread)):
        item.notice()


@on(Verb.NEEDS_INFO_ASKED, Verb.NEEDS_INFO_ANSWERED, Verb.QUESTION_CLOSED)
def follow_what_the_asker_owes(event: Event) -> None:
    """It waits for the asker; it is back in the queue when they have told; it closes when they never do."""
    if event.subject is None or (item := news_for(event.subject, event)) is None:
        return
    if event.verb == Verb.NEEDS_INFO_ASKED:
        item.watch(by=event.actor)
    elif event.verb == Verb.NEEDS_INFO_ANSWERED:
        item.reopen(by=event.actor, reason="customer_spoke", since=event.created_at)
    else:
        item.close(by=None, reason="no_answer")


MOVES = [
    Verb.ITEM_OPENED,
    Verb.ITEM_CLAIMED,
    Verb.ITEM_RELEASED,
    Verb.ITEM_ASSIGNED,
    Verb.ITEM_SNOOZED,
    Verb.ITEM_WOKEN,
    Verb.ITEM_ANSWERED,
    Verb.ITEM_CLOSED,
    Verb.ITEM_REOPENED,
    Verb.NOTE_WRITTEN,
]


@on(*MOVES)
def show_on_every_desk(event: Event) -> None:
    """Rows change in place on every open desk, and each desk asks for its own counts."""
    item = Item.objects.with_people().filter(pk=event.subject_id).first()
    if item is not None:
        for stream in item.streams:
            broadcast(stream, "moderation/desk/_row.html", {"item": item})
        broadcast(f"item:{item.pk}", "", {}, event="moved", version=item.version)


@on(Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_EDITED, Verb.POST_HIDDEN, Verb.POST_RESTORED, Verb.POST_REMOVED)
def tell_who_has_it_open(event: Event) -> None:
    """Who has the item open sees that the thread moved on."""
    thread_id = event.subject.thread_id if event.subject is not None else None
    item = Item.objects.filter(thread_id=thread_id).first() if thread_id else None
    if item is not None:
        broadcast(f"item:{item.pk}", "", {}, event="moved")
