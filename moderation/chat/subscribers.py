"""What chats make of what happens to their item and conversation: keys of the desk take and leave a chat too."""

from django.db.models import QuerySet

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.prepared import PreparedRow
from community.refusals import Refusal
from moderation.chat.models import Chat


def chat_of_item(event: Event) -> Chat | None:
    """The chat that goes on about the item of an event."""
    return chats_of.get(item=event.subject_id)


def _chats_of(item: int) -> QuerySet[Chat]:
    chats = Chat.objects.going_on().select_related("agent", "conversation__item__product__brand")
    return chats.filter(conversation__item=item).order_by("pk")[:1]


chats_of = PreparedRow(_chats_of, item=int)


@on(Verb.ITEM_CLAIMED, Verb.ITEM_PULLED)
def join_what_was_taken(event: Event) -> None:
    """Who takes the item at hand is in its chat, unless they have as many as they take."""
    chat = chat_of_item(event)
    if chat is None or event.actor is None or (chat.agent is not None and chat.is_agent_here):
        return
    try:
        chat.join(by=event.actor)
    except Refusal:
        return  # the desk offers it to others


@on(Verb.CONVERSATION_CLOSED)
def end_with_the_conversation(event: Event) -> None:
    """A settled matter needs no open chat."""
    conversation = event.subject
    chat = Chat.objects.going_on().filter(conversation=conversation).select_related("agent").first()
    if chat is not None:
        is_customer = event.actor_id == conversation.customer_id
        chat.end(Chat.End.BY_CUSTOMER if is_customer else Chat.End.BY_TEAM, by=event.actor)
