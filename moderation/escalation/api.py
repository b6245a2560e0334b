"""Private requests for programs of the customer whose they are. Public and private share no shape."""

from dataclasses import dataclass
from datetime import datetime

from django import forms

from community.api.operations import AFTER, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Listed, Many, full
from community.paging import page_of
from moderation.escalation.models import Conversation, PrivateMessage
from moderation.escalation.views.requests import own_conversation


@dataclass
class RequestTold:
    """One matter between you and the team. `token` is its address."""

    token: str
    title: str
    status: str
    next_step: str
    is_closed: bool
    messages: int
    moved_at: datetime
    url: str


@dataclass
class MessageTold:
    """One message, in the order of the server. `by` is you, or the public name of the team's member."""

    number: int
    side: str
    by: str
    via: str
    text: str
    html: str
    files: list[str]
    at: datetime


@dataclass
class RequestRead:
    """A request with all that was said."""

    request: RequestTold
    messages: list[MessageTold]


class SayForm(forms.Form):
    """Something more."""

    text = forms.CharField(max_length=32_000)


@operation(Area.OWN, Many(RequestTold), query=(AFTER,))
def list_requests(request: ApiRequest) -> Listed:
    """Your private requests, those that moved last first."""
    own = Conversation.objects.owned_by(request.user).select_related("item__product", "thread")
    page = page_of(own, "-moved_at", request.GET.get("after", ""))
    return Listed([request_told(one) for one in page.rows], page.older)


def request_told(one: Conversation) -> RequestTold:
    """A request as lists have it."""
    return RequestTold(
        token=one.token,
        title=one.title,
        status=str(one.status),
        next_step=str(one.next_step),
        is_closed=one.is_closed,
        messages=one.last_number,
        moved_at=one.moved_at,
        url=full(one.get_absolute_url()),
    )


@operation(Area.OWN, RequestRead)
def read_request(request: ApiRequest, token: str) -> RequestRead:
    """One of your requests, with all that was said."""
    conversation = own_conversation(request, token)
    rows = conversation.messages.select_related("author").prefetch_related("attachments")
    return RequestRead(request_told(conversation), [message_told(one) for one in rows])


def message_told(message: PrivateMessage) -> MessageTold:
    """A message as its customer reads it: the team under its public names alone."""
    return MessageTold(
        number=message.number,
        side=message.side,
        by=message.alias or message.author.name,
        via=message.via,
        text=message.source,
        html=message.html,
        files=[one.name for one in message.attachments.all()],
        at=message.created_at,
    )


@operation(Area.OWN, MessageTold, form=SayForm, statuses=(201,))
def say_in_request(request: ApiRequest, token: str) -> MessageTold:
    """Say something more. A closed request is opened again by it, while that is possible."""
    conversation, form = own_conversation(request, token), SayForm(request.data)
    message: PrivateMessage = saved(form, lambda: conversation.say(form.cleaned_data["text"], by=request.user))
    return message_told(message)


api_requests = resource("api_requests", get=list_requests)
api_request = resource("api_request", get=read_request)
api_request_messages = resource("api_request_messages", post=say_in_request)
