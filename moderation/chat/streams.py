"""Who may listen to a chat, and what its pages say into it: here, typing, gone."""

from typing import Any

from community.live.streams import GONE, stream, told
from community.numbers import number_in
from community.people.roles import Capability
from moderation.chat.models import Chat, Seat
from moderation.chat.tasks import look_again_soon, show_chats_of


@stream("chat")
def may_listen_to_a_chat(person: Any, key: str) -> bool:
    """Its customer, and the team of its brand."""
    return Chat.objects.visible_to(person).filter(pk=number_in(key)).exists()


@told("chat")
def hear_of_a_chat(person: Any, key: str, word: str, socket: str) -> None:
    """Both sides see who is there and who types; a page that leaves takes its word with it."""
    chats = Chat.objects.going_on().visible_to(person).select_related("agent", "conversation__item__product__brand")
    if chat := chats.filter(pk=number_in(key)).first():
        chat.attend(word, by=person, socket=socket)
        if word == GONE:
            look_again_soon(person)


@stream("duty")
def may_listen_to_a_duty(person: Any, key: str) -> bool:
    """Everybody of the team their own."""
    return bool(person.is_authenticated and person.can(Capability.WORK_THE_QUEUE) and number_in(key) == person.pk)


@told("duty")
def hear_of_a_desk(person: Any, key: str, word: str, socket: str) -> None:
    """A desk was opened or closed: the chats of whoever sits there show it."""
    if not may_listen_to_a_duty(person, key):
        return
    was_here = Seat.objects.fresh().filter(person=person).exists()
    Seat.objects.take(person, word, socket=socket)
    if word == GONE:
        look_again_soon(person)
    elif not was_here:
        show_chats_of(person.pk)
