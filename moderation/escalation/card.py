"""The context card of a private matter: what somebody of the team has read before they talk with the customer."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from community.people.models import Person
from moderation.escalation.models import Conversation, PrivateMessage


@dataclass
class Card:
    """What is known before the first word. Each part is looked for when a page shows it."""

    conversation: Conversation
    reader: Person

    @cached_property
    def opening(self) -> PrivateMessage | None:
        """What the matter began with."""
        return self._said().order_by("number").first()

    @cached_property
    def last(self) -> PrivateMessage | None:
        """What the customer said last, when that is something else."""
        last = self._said().filter(side=PrivateMessage.Side.CUSTOMER).order_by("-number").first()
        return last if last != self.opening else None

    @cached_property
    def earlier(self) -> int:
        """About how many other matters that the reader works on the customer was in touch."""
        worked = Conversation.objects.worked_by(self.reader).filter(customer=self.conversation.customer_id)
        return worked.exclude(pk=self.conversation.pk).count()

    def _said(self) -> QuerySet[PrivateMessage]:
        return self.conversation.messages.filter(step="")
