"""What an item is, in a word and a picture: what the desk says of it in every row."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """One kind of matter as agents call it."""

    icon: str
    label: Any


KINDS = {
    "question": Way("circle-help", _("question")),
    "review": Way("star", _("review")),
    "idea": Way("lightbulb", _("idea")),
    "mention": Way("at-sign", _("mention")),
    "conversation": Way("lock", _("private")),
}
SIGNALS = {
    "ringing": Way("phone-call", _("call in the browser")),
    "call": Way("phone", _("booked call")),
    "live": Way("messages-square", _("live chat")),
}
"""What is going on in a private matter now says more than that it is private."""
OTHER = Way("inbox", _("item"))


def way_of(item: Any) -> Way:
    """What an item is now."""
    for signal, way in SIGNALS.items():
        if signal in item.signals:
            return way
    return KINDS.get(item.kind, OTHER)
