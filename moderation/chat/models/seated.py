"""Who is in a chat now, and showing it to both sides."""

from typing import Any

from community.live.broadcasting import broadcast
from community.people.distance import team_name_of
from community.people.models import Person
from moderation.chat.models.seat import Seat

MOST_SHOWN = 50
"""How many of those who wait are told at once that the line moves on."""


class SeatedChat:
    """What a chat can say about who is there."""

    pk: int
    stream: str
    brand: Any
    agent: Any
    agent_id: int | None
    conversation: Any
    seats: Any
    objects: Any

    @property
    def is_agent_here(self) -> bool:
        """Whether the desk of whoever has the chat is open; several chats are worked on in one page."""
        return self.agent_id is not None and Seat.objects.fresh().filter(person=self.agent_id).exists()

    @property
    def is_customer_here(self) -> bool:
        """Whether the customer has the chat open."""
        return bool(self.seats.fresh().filter(person=self.conversation.customer_id).exists())

    @property
    def is_agent_typing(self) -> bool:
        return self._types(self.agent_id)

    @property
    def is_customer_typing(self) -> bool:
        return self._types(self.conversation.customer_id)

    @property
    def agent_name(self) -> str:
        """The name under which the customer knows whoever has the chat."""
        return self.alias_of(self.agent) if self.agent else ""

    def alias_of(self, agent: Person) -> str:
        return team_name_of(agent, to=self.conversation.customer)

    def _types(self, person_id: int | None) -> bool:
        return bool(person_id and self.seats.fresh().filter(person=person_id, doing=Seat.Doing.TYPING).exists())

    def attend(self, doing: str, *, by: Person, socket: str) -> None:
        """A page of the customer or of the team says what its reader does; the other side sees it at once."""
        if Seat.objects.take(by, doing, socket=socket, chat=self):
            self.show()

    def show(self) -> None:
        """Both sides see how it stands, and the team's pages who waits."""
        broadcast(self.stream, "moderation/chat/_bar.html", lambda: {"chat": self._anew()}, event="stood")
        for stream in self.conversation.item.streams:
            broadcast(stream, "", {}, event="chats")

    def show_line(self) -> None:
        """Those who wait hear that they have come forward."""
        for chat in type(self).objects.waiting(self.brand)[:MOST_SHOWN]:
            chat.show()

    def _anew(self) -> Any:
        return type(self).objects.select_related("agent", "conversation__customer").get(pk=self.pk)
