"""What reviews do when something happened to their posts."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import Letter, notify
from community.people.models import Person
from forums.reviews.checking import publish
from forums.reviews.holding import extra_check
from forums.reviews.insiders import tie_of
from forums.reviews.models import Came, Insider, Review, ReviewPolicy
from forums.reviews.telling import (
    review_of,
    tell_comments,
    tell_facts,
    tell_gone,
    tell_helped,
    tell_notices,
    tell_reply,
    tell_score,
    tell_text,
)
from forums.threads.indexing import index_now
from forums.threads.models import Post, Thread

PHOTO_HIDDEN = _("A photo in your review “{title}” is out of sight: {reason}")
CONFIRMED = _("Your review “{title}” is marked: {mark}.")
ASIDE = _("Your review “{title}” stays, and is no longer part of the average: {reason}")
AGAIN = _("Your review “{title}” is part of the average again.")
BACK = (Verb.POST_RESTORED, Verb.POST_PUBLISHED)
VERDICTS = (Verb.REVIEW_FOUND_UNHELPFUL, Verb.REVIEW_UNHELPFUL_TAKEN_BACK)
FACTS = (
    Verb.REVIEW_RATED_ANEW,
    Verb.REVIEW_PROVEN,
    Verb.REVIEW_PROOF_WITHDRAWN,
    Verb.REVIEW_SET_ASIDE,
    Verb.REVIEW_COUNTED_AGAIN,
)


@on(
    Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_EDITED, Verb.POST_HIDDEN, Verb.POST_REMOVED, *BACK, can_wait=True
)
def tell_open_pages_of_a_post(event: Event) -> None:
    """Whoever has the review open sees it."""
    post = event.subject
    if not isinstance(post, Post) or post.thread.kind != Thread.Kind.REVIEW:
        return None
    review = review_of(post.thread_id)
    if review is None:
        return None
    if post.kind == Post.Kind.OPENING:
        return tell_facts(review)
    if post.kind == Post.Kind.COMMENT:
        return tell_comments(post.top, review)
    if post.is_hidden or post.removed_at:
        return tell_gone(post, review)
    return tell_text(post, review) if event.verb == Verb.POST_EDITED else tell_reply(post, review)


@on(Verb.VOTE_CAST, Verb.VOTE_TAKEN_BACK, *VERDICTS, can_wait=True)
def tell_open_pages_of_a_verdict(event: Event) -> None:
    """Whoever has the review open sees how many it helped, and how many a reply has."""
    post = event.subject if isinstance(event.subject, Post) else None
    review = review_of(post.thread_id if post else event.subject_id)
    if review and post and post.kind != Post.Kind.OPENING:
        tell_score(post, review)
    elif review:
        tell_helped(review)


@on(*FACTS, Verb.NOTICE_POSTED, Verb.NOTICE_ENDED, can_wait=True)
def tell_open_pages_of_a_review(event: Event) -> None:
    """Whoever has the review open sees its marks and notices."""
    if isinstance(event.subject, Thread) and (review := review_of(event.subject_id)):
        tell_facts(review)
        tell_notices(review)


@on(Verb.REVIEW_WRITTEN, Verb.REVIEW_RATED_ANEW, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, can_wait=True)
def let_be_found(event: Event) -> None:
    """The search finds the review as it is now. Hiding and rewording are done by the verbs themselves, at once."""
    subject = event.subject
    thread = subject.thread if isinstance(subject, Post) else subject
    if isinstance(thread, Thread) and thread.kind == Thread.Kind.REVIEW:
        index_now(thread)


@on(Verb.PHOTO_HIDDEN)
def tell_author_of_hidden_photo(event: Event) -> None:
    """The author hears that a photo is out of sight and why; the text is not touched."""
    review = author_of(event)
    if review and review.author_id != event.actor_id:
        words = format_lazy(PHOTO_HIDDEN, title=review.thread.title, reason=event.details.get("reason", ""))
        tell(review, words, event)


@on(Verb.REVIEW_PROVEN)
def tell_author_of_proof(event: Event) -> None:
    """The author hears that they are a verified owner now, unless it was so from the beginning."""
    review = author_of(event)
    if review and (event.created_at - review.thread.created_at).total_seconds() > 1:
        tell(review, format_lazy(CONFIRMED, title=review.thread.title, mark=review.get_proof_display()), event)


@on(Verb.REVIEW_SET_ASIDE, Verb.REVIEW_COUNTED_AGAIN)
def tell_author_what_counts(event: Event) -> None:
    """The author hears that their review left the average, or came back to it, and why."""
    if review := author_of(event):
        words = ASIDE if event.verb == Verb.REVIEW_SET_ASIDE else AGAIN
        tell(review, format_lazy(words, title=review.thread.title, reason=event.details.get("reason", "")), event)


@on(Verb.POST_HELD)
def tell_author_of_extra_check(event: Event) -> None:
    """The author hears that signals made their review wait, of which kind they are, and for how long."""
    post = event.subject if event.subject and event.subject.kind == Post.Kind.OPENING else None
    review = Review.objects.select_related("author", "thread").filter(pk=post.thread_id).first() if post else None
    if review and (check := extra_check(review)):
        tell(review, format_lazy("“{title}”: {check}", title=review.thread.title, check=check.sentence), event)


@on(Verb.ROLE_GRANTED)
def find_new_insider(event: Event) -> None:
    """Whoever joins the team leaves the averages with what they wrote before."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person and person.reviews.exists() and (tie := tie_of(person, Came(), ReviewPolicy.objects.in_force())):
        Insider.objects.find(person, tie, by=None)


@on(Verb.REVIEW_POLICY_CHANGED, Verb.CAMPAIGN_PLANNED, Verb.CAMPAIGN_ENDED, Verb.HOUSE_RULE_CHANGED)
def say_how_we_check(event: Event) -> None:
    """The page “How we check reviews” gets a new version when it has to say something else."""
    publish()


def author_of(event: Event) -> Review | None:
    return Review.objects.select_related("author", "thread").filter(pk=event.subject_id).first()


def tell(review: Review, words: object, event: Event) -> None:
    """The author of a review about it."""
    letter = Letter(subject=review.thread.title, excerpt="", chain=f"thread-{review.pk}")
    notify(review.author, "review", url=review.get_absolute_url(), text=words, event=event, letter=letter)
