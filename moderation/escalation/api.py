"""Private requests for programs of the customer whose they are. Public and private share no shape."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils.translation import gettext as _

from community.addresses import absolute
from community.api.operations import AFTER, Answer, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.paging import page_of
from community.policy.expecting import expected
from community.policy.models import HeldChange
from community.text.markdown import to_html
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
    """One message, in the order of the server. `by` is you, or the public name of the team's member.

    One that waits for a look has no number yet (0), and `waiting` says for how long.
    """

    number: int
    side: str
    by: str
    via: str
    text: str
    html: str
    files: list[str]
    at: datetime
    waiting: str = ""


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
    own = Conversation.objects.owned_by(request.user).select_related("item__product", "thread").with_next_step()
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
        url=absolute(one.get_absolute_url()),
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


@operation(Area.OWN, MessageTold, form=SayForm, statuses=(201, 202))
def say_in_request(request: ApiRequest, token: str) -> Answer:
    """Say something more. A closed request is opened again by it, while that is possible; 202: it waits for a look."""
    conversation, form = own_conversation(request, token), SayForm(request.data)
    said: PrivateMessage | HeldChange
    said = saved(form, lambda: conversation.say(form.cleaned_data["text"], by=request.user))
    return Answer(waiting_told(said), 202) if isinstance(said, HeldChange) else Answer(message_told(said), 201)


def waiting_told(held: HeldChange) -> MessageTold:
    """Words of one's own that nobody else reads yet."""
    text, waiting = held.texts["text"], _("A person looks at it, %(when)s.") % {"when": expected()}
    side = PrivateMessage.Side.CUSTOMER
    return MessageTold(0, side, held.by.name, "page", text, to_html(text), [], held.created_at, waiting)


api_requests = resource("api_requests", get=list_requests)
api_request = resource("api_request", get=read_request)
api_request_messages = resource("api_request_messages", post=say_in_request)
