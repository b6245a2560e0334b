"""Private help for programs of the team: offering it, answering under a public name, and closing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404

from community.api.operations import ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.escalation.api import MessageTold, message_told
from moderation.escalation.forms import CloseForm, OfferForm, ReplyForm
from moderation.escalation.models import Conversation, Invitation, PrivateMessage
from moderation.escalation.views.desk import conversation_of, item_of, put_forward

OFFERS, HELPS = (Capability.OFFER_PRIVATE_HELP,), (Capability.OFFER_PRIVATE_HELP, Capability.WORK_THE_QUEUE)


@dataclass
class OfferTold:
    """Private help that was offered: by whom, what for, and what the customer has said to it."""

    by: str
    purpose: str
    channels: list[str]
    state: str
    at: datetime


@dataclass
class TalkTold:
    """A private conversation as the team has it."""

    id: int
    item: int
    title: str
    status: str
    is_closed: bool
    promised_at: datetime | None
    moved_at: datetime


@dataclass
class TalkRead:
    """A private conversation with all that was said."""

    conversation: TalkTold
    messages: list[MessageTold]


@dataclass
class PrivateTold:
    """Whether an item has gone private: the offer, and the conversation when the customer has agreed."""

    offer: OfferTold | None
    conversation: TalkTold | None


@operation(Area.DESK, PrivateTold, needs=HELPS)
def read_private_side(request: ApiRequest, item_id: int) -> PrivateTold:
    """Whether this item has been offered private help, and where that stands."""
    item = item_of(request, item_id)
    offer = Invitation.objects.filter(thread=item.thread_id).first() if item.thread_id else None
    whose = Q(item=item) | Q(invitation=offer, invitation__isnull=False)
    talk = Conversation.objects.worked_by(request.user).filter(whose).first()
    return PrivateTold(offer_told(offer) if offer else None, talk_told(talk) if talk else None)


def offer_told(offer: Invitation) -> OfferTold:
    """An offer. Its address is the customer's alone."""
    return OfferTold(offer.alias, offer.purpose, list(offer.channels), offer.state, offer.created_at)


def talk_told(talk: Conversation) -> TalkTold:
    """A conversation, as a list has it."""
    facts = (talk.pk, talk.item_id, talk.title, str(talk.status), talk.is_closed, talk.promised_at, talk.moved_at)
    return TalkTold(*facts)


def offer_refused(request: ApiRequest, refusal: Refusal, item_id: int) -> None:
    """What reads as if it asked for another review waits for a supervisor."""
    put_forward(refusal, request.data.get("purpose", ""), by=request.user, thread=item_of(request, item_id).thread)


class OfferByProgram(OfferForm):
    """`to` is the thread whose author is invited, where the questions of several were merged."""

    to = forms.IntegerField(required=False)


@operation(Area.DESK, OfferTold, form=OfferByProgram, needs=OFFERS, statuses=(201,), refused=offer_refused)
def offer_private_help(request: ApiRequest, item_id: int) -> OfferTold:
    """Invite the customer to go on in private. Until they agree nothing else is made. Words that ask for another
    review are refused (`review_request`) and wait for a supervisor; approved, the same request goes through."""
    item, form = item_of(request, item_id), OfferByProgram(request.data)
    if item.thread is None:
        raise Http404
    threads = {thread.pk: thread for thread in Invitation.objects.askable(item.thread)} or {0: item.thread}

    def offer() -> Invitation:
        sent = dict(form.cleaned_data)
        wanted = sent.pop("to") or (next(iter(threads)) if len(threads) == 1 else None)
        if wanted not in threads:
            raise Refusal("Several asked here: say with `to` whose thread it is about.", code="whom", status=422)
        return Invitation.objects.offer(threads[wanted], by=request.user, **sent)

    return offer_told(saved(form, offer))


@operation(Area.DESK, TalkRead, needs=HELPS)
def read_conversation(request: ApiRequest, conversation_id: int) -> TalkRead:
    """A private conversation with all that was said."""
    return read(conversation_of(request, conversation_id))


def read(talk: Conversation) -> TalkRead:
    """All of it, in the order of the server."""
    rows: Any = talk.messages.select_related("author").prefetch_related("attachments")
    return TalkRead(talk_told(talk), [message_told(one) for one in rows])


def reply_refused(request: ApiRequest, refusal: Refusal, conversation_id: int) -> None:
    """The same for an answer."""
    thread = conversation_of(request, conversation_id).thread
    put_forward(refusal, request.data.get("text", ""), by=request.user, thread=thread)


@operation(Area.DESK, MessageTold, form=ReplyForm, needs=OFFERS, statuses=(201,), refused=reply_refused)
def answer_in_private(request: ApiRequest, conversation_id: int) -> MessageTold:
    """Answer in private, under the persona. `seen` is the number of the newest message that was read: with a newer one
    it is refused. Words that ask for another review are refused, and wait for a supervisor."""
    talk, form = conversation_of(request, conversation_id), ReplyForm(request.data)

    def reply() -> PrivateMessage:
        data = form.cleaned_data
        return talk.reply(data["text"], by=request.user, seen=data["seen"], promised_at=data["promised_at"])

    message: PrivateMessage = saved(form, reply)
    return message_told(message)


@operation(Area.DESK, TalkRead, form=CloseForm, needs=OFFERS)
def close_conversation(request: ApiRequest, conversation_id: int) -> TalkRead:
    """Close with a result; the customer is asked how it was unless `why_no_survey` says why not."""
    talk, form = conversation_of(request, conversation_id), CloseForm(request.data)
    saved(form, lambda: talk.close_with_summary(by=request.user, **form.cleaned_data))
    return read(talk)


api_item_private = resource("api_item_private", get=read_private_side, post=offer_private_help)
api_conversation = resource("api_conversation", get=read_conversation)
api_conversation_messages = resource("api_conversation_messages", post=answer_in_private)
api_conversation_close = resource("api_conversation_close", post=close_conversation)
