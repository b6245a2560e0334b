"""Offers of private help for programs of the customer to whom they were made."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from community.addresses import absolute
from community.api.operations import AFTER, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Done, Listed, Many
from community.paging import page_of
from moderation.escalation.api import RequestTold, request_told
from moderation.escalation.forms import OFFERED_LABELS, ConsentForm, channel_field
from moderation.escalation.models import Conversation, Invitation
from moderation.escalation.views.consent import own_invitation


@dataclass
class InvitationTold:
    """The team offers private help about a thread of yours: by whom, what for, and in which ways. Looking at it agrees
    to nothing."""

    token: str
    thread: str
    by: str
    purpose: str
    channels: list[str]
    state: str
    at: datetime


class AcceptForm(ConsentForm):
    """Yes: in which ways, and what the team gets to read."""

    channels = channel_field(_("Ways to go on"), OFFERED_LABELS)


@operation(Area.OWN, Many(InvitationTold), query=(AFTER,))
def list_invitations(request: ApiRequest) -> Listed:
    """Offers of private help to you, the newest first."""
    own = Invitation.objects.visible_to(request.user).select_related("thread")
    page = page_of(own, "-created_at", request.GET.get("after", ""))
    return Listed([invitation_told(one) for one in page.rows], page.older)


def invitation_told(one: Invitation) -> InvitationTold:
    """An offer, as its customer reads it."""
    where = absolute(one.thread.get_absolute_url())
    return InvitationTold(one.token, where, one.alias, one.purpose, list(one.channels), one.state, one.created_at)


@operation(Area.OWN, RequestTold, form=AcceptForm, statuses=(201,))
def accept_invitation(request: ApiRequest, token: str) -> RequestTold:
    """Agree: the private request begins with what you share here, and with nothing else."""
    invitation = own_invitation(request, token)
    form = AcceptForm(request.data, channels=invitation.channels)
    talk: Conversation = saved(form, lambda: invitation.accept(by=request.user, **form.cleaned_data))
    return request_told(talk)


@operation(Area.OWN, Done)
def decline_invitation(request: ApiRequest, token: str) -> Done:
    """No, thank you: the thread goes on in public, and nobody asks again."""
    own_invitation(request, token).decline(by=request.user)
    return Done()


api_invitations = resource("api_invitations", get=list_invitations)
api_invitation = resource("api_invitation", post=accept_invitation, delete=decline_invitation)
