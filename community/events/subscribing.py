"""@on(Verb.X): whoever cares about a fact says so here, in an app's `subscribers.py`."""

from collections import defaultdict
from collections.abc import Callable

from community.events.models import Event
from community.events.verbs import Verb

Subscriber = Callable[[Event], None]
_subscribers: dict[Verb, dict[str, Subscriber]] = defaultdict(dict)


def on(*verbs: Verb) -> Callable[[Subscriber], Subscriber]:
    """Call the function for each event of these verbs. It must be quick and repeatable: keyed on the event."""

    def register(function: Subscriber) -> Subscriber:
        for verb in verbs:
            _subscribers[verb][f"{function.__module__}.{function.__qualname__}"] = function
        return function

    return register


def subscribers_of(verb: str) -> dict[str, Subscriber]:
    """The subscribers of a verb by their full name."""
    return _subscribers.get(Verb(verb), {})
