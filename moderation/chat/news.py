"""What a page that was away has missed: messages after a number, and how the chat stands."""

from typing import Any

from django.http import HttpRequest

from community.numbers import number_in
from moderation.chat.models import Chat
from moderation.escalation.models import Conversation

MOST = 500


def newest_chat(conversation: Conversation) -> Chat | None:
    """The chat that goes on, or else the last one."""
    chats = Chat.objects.filter(conversation=conversation).select_related("agent", "conversation__customer")
    return chats.order_by("-pk").first()


def missed_since(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    """The messages with higher numbers than the page knows, in order."""
    since = number_in(request.GET.get("since", "")) or 0
    messages = conversation.messages.filter(number__gt=since).select_related("author__persona")
    return {
        "chat": newest_chat(conversation),
        "conversation": conversation,
        "missed": messages.prefetch_related("attachments").order_by("number")[:MOST],
    }
