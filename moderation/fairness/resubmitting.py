"""A refused review that its writer has changed: it comes before a moderator again, and keeps its first date."""

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from forums.threads.models import Post
from moderation.decisions.models import Decision
from moderation.decisions.resubmitted import RESUBMITTED
from moderation.flags.models import Case

WORDS = "Changed by its writer after it was refused"


@on(Verb.POST_EDITED, Verb.REVIEW_RATED_ANEW)
def look_at_it_again(event: Event) -> None:
    """The writer of a refused review has changed it: a case of its own, beside the decision, which stays as it was."""
    posts = Post.objects.select_related("thread__product__brand", "author", "hiding")
    about = {"pk": event.subject_id} if event.verb == Verb.POST_EDITED else {"thread": event.subject_id}
    post = posts.filter(**about, kind=Post.Kind.OPENING, thread__kind="review", hiding__is_for_good=False).first()
    if post is not None and event.actor_id == post.author_id:
        Case.objects.open_about(post, rule=RESUBMITTED, reason=WORDS, points=20)


@on(Verb.DECISION_MADE)
def publish_what_was_put_right(event: Event) -> None:
    """Nothing is wrong with it any more: it is published with the date on which it was first written."""
    decision = Decision.objects.select_related("case").filter(pk=event.subject_id).first()
    if decision is None or decision.outcome != Case.Outcome.LEFT or RESUBMITTED not in decision.detected_by:
        return
    post = decision.case.subject
    if isinstance(post, Post) and post.is_hidden and decision.is_standing:
        post.restore(by=decision.by)
