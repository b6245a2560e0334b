"""What happens among customers, followed by the queue."""

from django.contrib.contenttypes.models import ContentType
from procrastinate.contrib.django import app

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.live.broadcasting import broadcast
from community.prepared import Prepared
from forums.bonds.models import Wish
from forums.threads.models import Post, Thread
from moderation.queue.lists import with_all
from moderation.queue.models import Item
from moderation.queue.reviews import follow_stars
from moderation.queue.skills import settle_needs
from moderation.queue.triage import card_of, card_there, hear, news_for

READ_ELSEWHERE = "read_elsewhere"


@on(Verb.QUESTION_ASKED, Verb.THREAD_SPLIT, Verb.REVIEW_WRITTEN)
def open_a_card(event: Event) -> None:
    """Every unanswered question has a card, and so has every review of two stars or less, or that asks something."""
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


@on(Verb.POST_HIDDEN, Verb.POST_REMOVED)
def close_a_hidden_matter(event: Event) -> None:
    """With the opening the thread is out of sight, and nothing waits. Without the team's answer it waits again."""
    post = event.subject
    if post is not None and event.verb == Verb.POST_REMOVED and post.alias:
        wait_without_answer(post, event)
    if post is not None and post.kind == Post.Kind.OPENING and (item := news_for(post.thread, event)):
        item.close(by=None, reason="hidden")


def wait_without_answer(post: Post, event: Event) -> None:
    """Who answered for the team took it back: unless the team said something else since, the customer still waits."""
    said = post.thread.all_posts.filter(is_hidden=False, removed_at__isnull=True, created_at__gte=post.created_at)
    if not said.exclude(alias="").exists() and (item := news_for(post.thread, event)):
        item.reopen(by=event.actor, reason="answer_taken_back", since=item.waiting_since)


@on(Verb.REVIEW_RATED_ANEW)
def follow_the_stars(event: Event) -> None:
    """Somebody gives other stars than before."""
    if event.subject is not None and (item := news_for(event.subject, event)):
        follow_stars(item, event.details["before"], event.details["after"], event.actor)


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
    if not post.thread.home.question.is_solved:
        item.reopen(by=event.actor, reason="unsolved", since=event.created_at)


@on(Verb.SAME_PROBLEM, Verb.SAME_PROBLEM_TAKEN_BACK)
def rank_by_same_problem(event: Event) -> None:
    """More people with the same problem move it up."""
    subject = event.subject
    thread = subject if isinstance(subject, Thread) else getattr(subject, "thread", None)
    if thread is not None and (item := Item.objects.filter(thread=thread).first()):
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


@on(Verb.THREAD_MERGED, Verb.THREAD_SPLIT_UNDONE, Verb.DUPLICATE_CLOSED)
def close_what_is_read_elsewhere(event: Event) -> None:
    """A merged or duplicate thread waits on another card, which hears of it."""
    thread = event.subject
    item = Item.objects.filter(thread=thread).first() if thread is not None else None
    if item and item.thread and (item.thread.merged_into_id or item.thread.duplicate_of_id):
        item.close(by=None, reason=READ_ELSEWHERE)
    other = read_there(thread) if thread is not None else None
    if other:
        broadcast(f"item:{other.pk}", "", {}, event="moved")


def read_there(thread: Thread) -> Item | None:
    """The card of the page on which a merged or duplicate thread is read. A solved one needs none."""
    known = Item.objects.filter(thread=thread.home).first()
    if known or thread.home.kind != Thread.Kind.QUESTION or thread.home.question.is_solved:
        return known
    return card_of(thread.home, since=thread.created_at)


@on(Verb.THREAD_UNMERGED, Verb.DUPLICATE_REOPENED)
def reopen_what_stands_alone_again(event: Event) -> None:
    """It has its own page again, and waits unless it had been settled before."""
    thread = event.subject
    item = card_there(thread, event) if thread is not None else None
    if item is None or item.state != Item.State.CLOSED or thread.question.is_solved:
        return
    if closed_last(item) == READ_ELSEWHERE:
        item.reopen(by=event.actor, reason="stands_alone", since=item.waiting_since)


def closed_last(item: Item) -> str:
    """Why the card was closed the last time."""
    closings = Event.objects.filter(verb=Verb.ITEM_CLOSED, subject_id=item.pk).order_by("-pk")
    closing = closings.filter(subject_type=ContentType.objects.get_for_model(Item)).first()
    return str(closing.details.get("reason", "")) if closing else ""


@on(Verb.POST_EDITED, Verb.POST_REDACTED)
def follow_the_title(event: Event) -> None:
    """The card is called what the question is called now; a title may have been private."""
    post = Post.objects.select_related("thread").filter(pk=event.subject_id, kind=Post.Kind.OPENING).first()
    item = Item.objects.filter(thread=post.thread_id).first() if post else None
    if post and item and item.title != post.thread.title:
        Item.objects.filter(pk=item.pk).update(title=post.thread.title)
        item.touch()


@on(Verb.THREAD_MOVED, Verb.THREAD_MOVED_BACK)
def follow_to_the_product(event: Event) -> None:
    """The card goes to the team of the brand to which its thread went."""
    item = Item.objects.filter(thread=event.subject_id).select_related("thread").first()
    if item and item.thread and item.product_id != item.thread.product_id:
        Item.objects.filter(pk=item.pk).update(product=item.thread.product_id)
        item.touch()


@on(Verb.ORDERING_CHANGED)
def give_every_item_its_place(event: Event) -> None:
    """Other weights count: a job reckons all places anew."""
    app.configure_task("moderation.queue.tasks.rank_again", queue="queue").defer()


@on(Verb.ITEM_OPENED, Verb.ITEM_REOPENED, Verb.ITEM_WOKEN)
def note_what_it_asks_for(event: Event) -> None:
    """Languages, topics and certificates: who may take it follows from them."""
    if event.subject is not None:
        settle_needs(event.subject)


@on(Verb.THREAD_RETAGGED, Verb.THREAD_MOVED, Verb.THREAD_MOVED_BACK)
def note_it_again(event: Event) -> None:
    """Other tags or another product may ask for somebody else."""
    item = Item.objects.filter(thread=event.subject_id).first()
    if item is not None:
        settle_needs(Item.objects.select_related("thread", "product__brand", "customer").get(pk=item.pk))


@on(Verb.SKILL_GIVEN, Verb.SKILL_TAKEN, Verb.REQUIREMENT_MADE, Verb.REQUIREMENT_DROPPED)
def look_at_all_needs(event: Event) -> None:
    """A job looks at every item again."""
    app.configure_task("moderation.queue.tasks.settle_needs_again", queue="queue").defer()


@on(Verb.AGENT_ASKED_FOR, Verb.POST_PUBLISHED)
def wait_for_who_was_asked(event: Event) -> None:
    """The customer asked for somebody by name. For a held question this counts from when it is published."""
    subject = event.subject
    thread_id = subject.thread_id if isinstance(subject, Post) else event.subject_id
    wish = Wish.objects.select_related("thread", "agent", "substitute").filter(thread=thread_id).first()
    if wish is None or wish.passed_on_at or (item := card_of(wish.thread.home)) is None:
        return
    if not has_answered_since(item, event):
        item.prefer(wish.expected, by=wish.thread.author, at=event.created_at)


def has_answered_since(item: Item, event: Event) -> bool:
    """Whether the team was faster than this event's delivery."""
    posts = item.thread.all_posts.filter(created_at__gt=event.created_at) if item.thread else Post.objects.none()
    return posts.exclude(alias="").exists()


@on(Verb.AGENT_NOT_ASKED_FOR)
def wait_for_anybody(event: Event) -> None:
    """Anybody of the team may answer after all."""
    item = Item.objects.filter(thread=event.subject_id).first()
    if item and item.drop_preference():
        item.touch()
        broadcast(f"item:{item.pk}", "", {}, event="moved")


@on(Verb.ITEM_HANDED_OVER)
def tell_the_customer_page(event: Event) -> None:
    """The customer's own page says that the team has it now."""
    item = Item.objects.filter(pk=event.subject_id).first()
    wish = Wish.objects.filter(thread=item.thread_id).first() if item and item.thread_id else None
    if wish and not event.details.get("to"):
        wish.pass_on(event.created_at)


MOVES = [
    Verb.ITEM_OPENED,
    Verb.ITEM_CLAIMED,
    Verb.ITEM_PULLED,
    Verb.ITEM_DUE_SOON,
    Verb.ITEM_STRANDED,
    Verb.ITEM_SERVED,
    Verb.ITEM_UNASSIGNED,
    Verb.ITEM_RELEASED,
    Verb.ITEM_ASSIGNED,
    Verb.ITEM_SNOOZED,
    Verb.ITEM_WOKEN,
    Verb.ITEM_ANSWERED,
    Verb.ITEM_CLOSED,
    Verb.ITEM_REOPENED,
    Verb.ITEM_HANDED_OVER,
    Verb.NOTE_WRITTEN,
]


cards_of = Prepared(lambda thread: Item.objects.filter(thread=thread).values_list("pk"), thread=int)


@on(*MOVES, can_wait=True)
def show_on_every_desk(event: Event) -> None:
    """Rows change in place on every open desk, and each desk asks for its own counts."""
    for item in with_all([event.subject_id]):
        for stream in item.streams:
            broadcast(stream, "moderation/desk/_row.html", {"item": item})
        broadcast(f"item:{item.pk}", "", {}, event="moved", version=item.version)


@on(
    Verb.ANSWER_POSTED,
    Verb.COMMENT_POSTED,
    Verb.POST_EDITED,
    Verb.POST_HIDDEN,
    Verb.POST_RESTORED,
    Verb.POST_REMOVED,
    can_wait=True,
)
def tell_who_has_it_open(event: Event) -> None:
    """Who has the item open sees that the thread moved on."""
    post = event.subject
    cards = cards_of.rows(thread=post.thread.merged_into_id or post.thread_id) if post is not None else ()
    for (item,) in cards:
        broadcast(f"item:{item}", "", {}, event="moved")
