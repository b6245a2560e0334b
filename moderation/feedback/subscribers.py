"""What follows for requests when a review is written."""

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from forums.reviews.models import Review
from moderation.feedback.inviting import written


@on(Verb.REVIEW_WRITTEN)
def ask_no_longer(event: Event) -> None:
    """Whoever has written is not reminded."""
    if review := Review.objects.filter(pk=event.subject_id, about=Review.About.PRODUCT).first():
        written(review)
