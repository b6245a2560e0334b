"""What the browsers of two people say through the site to find each other: passed on at once, asked for each time, kept
nowhere.

@signals("call")
def side_in_a_call(person, key: str) -> str:
    return "customer" if … else ""
"""

from collections.abc import Callable
from typing import Any

from community.live.hub import hub
from community.live.outlet import outlet
from community.live.streams import NAME

Side = Callable[[Any, str], str]
_sides: dict[str, Side] = {}


def signals(kind: str) -> Callable[[Side], Side]:
    """Register who may pass something on in streams of this kind: on which side somebody is, or empty for a no."""

    def register(side: Side) -> Side:
        _sides[kind] = side
        return side

    return register


def side_in(person: Any, name: str) -> str:
    """Ask the registered question. A kind that passes nothing on means no."""
    kind, _colon, key = name.partition(":")
    ask = _sides.get(kind)
    if ask is None or not NAME.fullmatch(name):
        return ""
    try:
        return ask(person, key)
    except (ValueError, LookupError):
        return ""


def pass_on(name: str, side: str, data: dict[str, Any]) -> None:
    """Hand it to everybody who listens; from which side it came is the site's word, not the sender's."""
    frame = {"type": "event", "stream": name, "event": "signal", "html": "", "side": side, "data": data}
    if outlet:
        outlet.send_events([(name, frame)])
    else:
        hub.number_and_deliver(name, frame)
