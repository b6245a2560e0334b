"""The customer's side of a call in the browser: ringing, answering, hanging up, and the ways to the other side."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import doorway, signed_in
from community.refusals import Refusal
from moderation.calls.forms import EndForm
from moderation.calls.ice import servers_for
from moderation.calls.microphone import with_microphone
from moderation.calls.models import Call
from moderation.calls.models.answering import CUSTOMER
from moderation.escalation.models import Conversation
from moderation.escalation.views.requests import own_conversation
from moderation.escalation.views.talking import ask_what_about


@doorway
@signed_in
@require_http_methods(["GET", "POST"])
@once
def talk_new(request: HttpRequest) -> HttpResponse:
    """Speak with somebody now: what it is about first; the next page says whether anybody is there, and rings."""
    return ask_what_about(request, "moderation/calls/new.html", then="moderation:talk-detail")


@doorway
@signed_in
@with_microphone
@require_safe
def talk_detail(request: HttpRequest, token: str) -> HttpResponse:
    """Speak with us: the call that goes on, or whether one can begin now, and every other way."""
    return show(request, own_conversation(request, token))


@doorway
@signed_in
@with_microphone
@require_POST
@once
def talk_start(request: HttpRequest, token: str) -> HttpResponse:
    """Ring. It shows at the desks of everybody who can answer."""
    conversation = own_conversation(request, token)
    try:
        Call.objects.ring(conversation, by=request.user)
    except Refusal as refusal:
        return show(request, conversation, refusal.status, error=str(refusal))
    return redirect("moderation:talk-detail", token)


@doorway
@signed_in
@with_microphone
@require_POST
@once
def talk_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Take the call that the team makes."""
    conversation = own_conversation(request, token)
    try:
        open_call(conversation).answer(by=request.user)
    except Refusal as refusal:
        return show(request, conversation, refusal.status, error=str(refusal))
    return redirect("moderation:talk-detail", token)


@doorway
@signed_in
@require_POST
@once
def talk_end(request: HttpRequest, token: str) -> HttpResponse:
    """Hang up."""
    conversation, form = own_conversation(request, token), EndForm(request.POST)
    call = newest_call(conversation)
    if call is not None and form.is_valid():
        call.hang_up(by=request.user, is_failed=form.cleaned_data["is_failed"])
    return redirect("moderation:talk-detail", token)


@doorway
@signed_in
@never_cache
@require_safe
def talk_ways(request: HttpRequest, token: str) -> HttpResponse:
    """Where this browser looks for a way to the other side, with credentials of its own."""
    return JsonResponse(servers_for(open_call(own_conversation(request, token)), CUSTOMER))


@doorway
@signed_in
@require_safe
def talk_bell(request: HttpRequest, token: str) -> HttpResponse:
    """On pages of the conversation: we are calling."""
    call = Call.objects.ringing().filter(conversation=own_conversation(request, token)).select_related("agent").first()
    is_ringing = call is not None and not call.is_by_customer
    return render(request, "moderation/calls/_bell.html", {"call": call if is_ringing else None, "token": token})


def newest_call(conversation: Conversation) -> Call | None:
    """The call that goes on, or else the last one."""
    calls = Call.objects.filter(conversation=conversation).select_related("agent", "asked_by", "conversation__customer")
    return calls.order_by("-pk").first()


def open_call(conversation: Conversation) -> Call:
    """The call that goes on."""
    call = newest_call(conversation)
    if call is None or call.ended_at is not None or conversation.is_closed:
        raise Http404
    return call


def show(request: HttpRequest, conversation: Conversation, status: int = 200, **more: Any) -> HttpResponse:
    """The page of calls of a conversation."""
    call = newest_call(conversation)
    is_on = call is not None and call.ended_at is None
    context = {
        "conversation": conversation,
        "call": call,
        "is_on": is_on,
        "is_open": not is_on and bool(Call.objects.free_agents(conversation.item.brand)),
        **more,
    }
    return render(request, "moderation/calls/detail.html", context, status=status)
