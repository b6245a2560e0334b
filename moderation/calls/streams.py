"""Who may listen to a call and pass on what browsers say to find each other: its customer and its one agent."""

from typing import Any

from community.live.signals import signals
from community.live.streams import stream, told
from community.numbers import number_in
from moderation.calls.models import Call


def call_of(person: Any, key: str) -> Call | None:
    """The call that goes on, when this person is one of the two."""
    calls = Call.objects.going_on().with_party(person).select_related("conversation")
    return calls.filter(pk=number_in(key)).first()


@stream("call")
def may_listen_to_a_call(person: Any, key: str) -> bool:
    """Its customer, and whoever of the team is on the line."""
    call = call_of(person, key)
    return call is not None and call.side_of(person) != ""


@signals("call")
def side_in_a_call(person: Any, key: str) -> str:
    """Asked for each thing that is passed on: once it is over, or somebody else's, it is refused."""
    call = call_of(person, key)
    return "" if call is None or call.answered_at is None else call.side_of(person)


@told("call")
def hear_of_a_call(person: Any, key: str, word: str, socket: str) -> None:
    """Their pages say that they are there, and when the voice of the other side has come."""
    call = call_of(person, key)
    if call is None:
        return
    if word in ("here", "through"):
        call.attend(person)
    if word == "through":
        call.come_through()
