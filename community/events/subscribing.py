"""@on(Verb.X): whoever cares about a fact says so here, in an app's `subscribers.py`."""

from collections import defaultdict
from collections.abc import Callable

from community.events.models import Event
from community.events.verbs import Verb

Subscriber = Callable[[Event], None]
_subscribers: dict[Verb, dict[str, Subscriber]] = defaultdict(dict)
_can_wait: set[Subscriber] = set()


def on(*verbs: Verb, can_wait: bool = False) -> Callable[[Subscriber], Subscriber]:
    """Call the function for each event of these verbs. It must be quick and repeatable: keyed on the event.

    `can_wait` says that doing it once after many events comes to the same: an open page, the search's index, a sum.
    While a whole year is told in one go (`community/staging.py`) those are left out, and made anew in the end.
    """

    def register(function: Subscriber) -> Subscriber:
        for verb in verbs:
            _subscribers[verb][f"{function.__module__}.{function.__qualname__}"] = function
        if can_wait:
            _can_wait.add(function)
        return function

    return register


def subscribers_of(verb: str) -> dict[str, Subscriber]:
    """The subscribers of a verb by their full name."""
    return _subscribers.get(Verb(verb), {})


def pressing(verb: str) -> list[Subscriber]:
    """Those for whom each single event counts."""
    return [call for call in subscribers_of(verb).values() if call not in _can_wait]
