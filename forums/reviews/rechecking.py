"""A changed review is looked at as a new one is: signals may hold it, and a tie to the company that shows counts."""

from typing import Any

from community.people.models import Person
from forums.reviews.holding import cleared_signals
from forums.reviews.insiders import tie_of
from forums.reviews.models.insider import Insider
from forums.reviews.models.policy import ReviewPolicy
from forums.reviews.models.trace import Came, Trace
from forums.reviews.neighbours import look_around
from forums.reviews.signals import Signal, Written, enough, noticed, sketch_of, written_now


def look_at_change(review: Any, *, by: Person, came: Came) -> None:
    """Its stars or words are others now: from where, by whom, beside which others, and like whose words."""
    Trace.objects.keep_change(review, came, sketch_of(review.whole))
    if tie := tie_of(by, came, ReviewPolicy.objects.in_force()):
        Insider.objects.find(by, tie, by=None)
    elif review.product:
        seen = written_now(type(review).objects, by, review.product, came, review.whole)
        if signals := not_cleared(review, noticed(seen)):
            hold_for(review, signals)
            hold_neighbours(seen)


def hold_neighbours(seen: Written) -> None:
    """What was published or changed a moment ago belongs to the same burst: now that it shows, all of it waits."""
    for review, signals in look_around(seen):
        if left := not_cleared(review, signals):
            hold_for(review, left)


def hold_for(review: Any, signals: list[Signal]) -> None:
    """It waits until a person has looked, unless it waits already."""
    if not review.opening.is_hidden:
        rules = [signal.as_finding() for signal in signals]
        review.opening.hold([rule["rule"] for rule in rules], by=review.author, rules=rules)


def not_cleared(review: Any, signals: list[Signal]) -> list[Signal]:
    """Without those that somebody has looked into and found harmless; none when the rest is not enough."""
    if not signals:
        return []
    cleared = cleared_signals(review)
    return enough([signal for signal in signals if signal.name not in cleared])
