"""The ledger hears of what people are thanked for, and of what is taken back."""

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from forums.reputation.awarding import show_beside_names
from forums.reputation.settling import settle
from forums.reputation.telling import tell_badge, tell_level
from forums.threads.models import Post


@on(Verb.VOTE_CAST, Verb.VOTE_TAKEN_BACK, Verb.VOTE_VOIDED, Verb.VOTE_REINSTATED, can_wait=True)
def settle_vote(event: Event) -> None:
    """One vote is there, or gone; whose it is stands in the details when staff decided on it."""
    settle(Post.objects.filter(pk=event.subject_id), giver=event.details.get("voter", event.actor_id))


@on(
    Verb.SOLUTION_ACCEPTED,
    Verb.SOLUTION_WITHDRAWN,
    Verb.ANSWER_VERIFIED,
    Verb.VERIFICATION_WITHDRAWN,
    Verb.POST_HIDDEN,
    Verb.POST_RESTORED,
    Verb.POST_PUBLISHED,
    Verb.POST_REMOVED,
    Verb.POST_BECAME_ANSWER,
    Verb.POST_BECAME_COMMENT,
    can_wait=True,
)
def settle_post(event: Event) -> None:
    """A post was marked, or went out of sight or came back; with an opening goes its whole thread."""
    post = Post.objects.filter(pk=event.subject_id).only("pk", "kind", "thread_id").first()
    if post and post.kind == Post.Kind.OPENING:
        settle(Post.objects.filter(thread=post.thread_id))
    elif post:
        settle(Post.objects.filter(pk=post.pk))


@on(Verb.SUGGESTION_ACCEPTED, can_wait=True)
def settle_edit(event: Event) -> None:
    """A change was taken over: whoever suggested it has made a text better."""
    settle(Post.objects.filter(pk=event.details["post"]))


@on(Verb.LEVEL_RAISED, Verb.LEVEL_AT_RISK, Verb.LEVEL_LOWERED)
def tell_of_level(event: Event) -> None:
    """Who moves, or is about to, hears what is new and until when."""
    tell_level(event)


@on(Verb.BADGE_EARNED)
def tell_of_badge(event: Event) -> None:
    """A badge is a small joy: a line in the tray."""
    tell_badge(event)


@on(Verb.AUDIENCE_CHOSEN)
def keep_marks_beside_the_name(event: Event) -> None:
    """Who keeps their badges to themselves has none beside their name either."""
    show_beside_names([event.subject_id])
