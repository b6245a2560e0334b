"""The team's side of a call in the browser: who rings, the card, answering, ringing a customer, hanging up."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.calls.forms import EndForm
from moderation.calls.ice import servers_for
from moderation.calls.microphone import with_microphone
from moderation.calls.models import Call
from moderation.calls.models.answering import TEAM
from moderation.escalation.card import Card
from moderation.escalation.views.desk import conversation_of

HELPS = Capability.OFFER_PRIVATE_HELP


@requires(HELPS)
@require_safe
def talk_strip(request: HttpRequest) -> HttpResponse:
    """Above the queue: who rings, and the call I am in. Opened by its address, the queue with it."""
    if not request.htmx:
        return redirect("moderation:desk")
    calls = calls_of(request).going_on().order_by("pk")
    ringing = [call for call in calls.filter(answered_at=None, agent=None)[:6] if call.is_by_customer]
    mine = calls.filter(agent=request.user).first()
    return render(request, "moderation/calls/_strip.html", {"ringing": ringing, "mine": mine})


@requires(HELPS)
@require_POST
@once
def talk_invite(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Ring the customer of a conversation that is before me."""
    call = Call.objects.invite(conversation_of(request, conversation_id), by=request.user)
    return redirect("moderation:talk-room", call.pk)


@requires(HELPS)
@with_microphone
@require_safe
def talk_room(request: HttpRequest, call_id: int) -> HttpResponse:
    """One call on a page of its own, with its card."""
    return show(request, call_for(request, call_id))


@requires(HELPS)
@require_POST
@once
def talk_card(request: HttpRequest, call_id: int) -> HttpResponse:
    """Show the context card: from now on this agent may answer."""
    call = call_for(request, call_id)
    call.show_card(to=request.user)
    return show(request, call) if request.htmx else redirect("moderation:talk-room", call_id)


@requires(HELPS)
@with_microphone
@require_POST
@once
def talk_accept(request: HttpRequest, call_id: int) -> HttpResponse:
    """Take the call."""
    call = call_for(request, call_id)
    try:
        call.answer(by=request.user)
    except Refusal as refusal:
        return show(request, call_for(request, call_id), refusal.status, error=str(refusal))
    return redirect("moderation:talk-room", call_id)


@requires(HELPS)
@require_POST
@once
def talk_hang_up(request: HttpRequest, call_id: int) -> HttpResponse:
    """End my call."""
    call, form = call_for(request, call_id), EndForm(request.POST)
    refuse_colleague(call, request)
    if form.is_valid():
        call.hang_up(by=request.user, is_failed=form.cleaned_data["is_failed"])
    return redirect("moderation:talk-room", call_id)


@requires(HELPS)
@never_cache
@require_safe
def talk_room_ways(request: HttpRequest, call_id: int) -> HttpResponse:
    """Where my browser looks for a way to the customer's."""
    call = call_for(request, call_id)
    refuse_colleague(call, request)
    if call.side_of(request.user) != TEAM:
        raise Refusal(_("This call is over."), code="over", status=403)
    return JsonResponse(servers_for(call, TEAM))


def calls_of(request: HttpRequest) -> Any:
    """The calls of this person's brands."""
    calls = Call.objects.worked_by(request.user)
    return calls.select_related("agent", "asked_by", "conversation__customer", "conversation__item__product__brand")


def call_for(request: HttpRequest, call_id: int) -> Call:
    """A call of this person's brands; others do not exist."""
    call = calls_of(request).select_related("conversation__thread").filter(pk=call_id).first()
    if call is None:
        raise Http404
    return call


def refuse_colleague(call: Call, request: HttpRequest) -> None:
    """Only whoever is on the line."""
    if call.agent_id != request.user.pk:
        raise Refusal(_("You are not in this call."), code="not_in_call", status=403)


def show(request: HttpRequest, call: Call, status: int = 200, **more: Any) -> HttpResponse:
    """The call with its card, and when I am on the line, the line itself."""
    conversation = call.conversation
    context = {
        "call": call,
        "conversation": conversation,
        "is_mine": call.agent_id == request.user.pk,
        "is_card_shown": call.cards.filter(agent=request.user).exists(),
        "card": Card(conversation, request.user),
        "callback": conversation.callbacks.booked().first(),
        **more,
    }
    page = "_room.html" if request.htmx else "room.html"
    return render(request, f"moderation/calls/{page}", context, status=status)
