"""Who may listen to a private conversation: whoever may read it."""

from typing import Any

from community.live.streams import stream
from community.numbers import number_in
from moderation.escalation.models import Conversation


@stream("conversation")
def may_listen_to_a_conversation(person: Any, key: str) -> bool:
    """Its customer, and the team of its brand."""
    return Conversation.objects.visible_to(person).filter(pk=number_in(key)).exists()
