"""Bonds hear of the team's answers; a wish ends when its customer is blocked."""

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from forums.bonds.models import Bond, Wish
from forums.threads.models import Post


@on(Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_PUBLISHED)
def keep_a_bond(event: Event) -> None:
    """Somebody of the team answered a customer under their own persona."""
    post = event.subject
    if isinstance(post, Post) and post.alias and not post.is_hidden and post.alias == post.author.shown_as:
        Bond.objects.keep(post.thread.author, post.author, post.created_at)


@on(Verb.PERSON_BLOCKED)
def end_wishes_of_the_blocked(event: Event) -> None:
    """Whom an agent has blocked is answered by the team."""
    if event.actor is not None:
        for wish in Wish.objects.select_related("thread").filter(agent=event.actor_id, thread__author=event.subject_id):
            wish.take_back(by=event.actor)
