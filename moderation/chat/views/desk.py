"""The team's side of a chat: the pane beside the item, taking it, talking, going on by mail, and being there."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal, refuse_invalid
from moderation.chat.forms import DutyForm, JoinForm
from moderation.chat.line import strip_for
from moderation.chat.models import Duty
from moderation.chat.news import missed_since, newest_chat
from moderation.chat.views.saying import take_message
from moderation.escalation.card import Card
from moderation.escalation.models import Conversation
from moderation.escalation.views.desk import HELPS, conversation_of
from moderation.escalation.views.panes import conversation_context, show_conversation


@requires(*HELPS)
@require_safe
def chat_pane(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """The chat with its context card; for a script the pane alone."""
    return show_pane(request, conversation_of(request, conversation_id))


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def chat_join(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Take the chat, or take it over."""
    conversation, form = conversation_of(request, conversation_id), JoinForm(request.POST)
    chat = newest_chat(conversation)
    try:
        if chat is None or not form.is_valid():
            raise Refusal(_("There is no chat to join."), code="over")
        chat.join(by=request.user, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        return show_pane(request, conversation, refusal.status, error=str(refusal))
    return done(request, conversation)


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def chat_answer(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """One message of the team. A script gets it back as it stands in the order."""
    conversation = conversation_of(request, conversation_id)
    return take_message(
        request,
        conversation.reply,
        show=partial(show_pane, request, conversation),
        done=partial(done, request, conversation),
    )


@requires(*HELPS)
@require_safe
def chat_pane_news(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """What was said after a number: for a desk that was away."""
    conversation = conversation_of(request, conversation_id)
    return render(request, "moderation/chat/_news.html", missed_since(request, conversation))


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def chat_leave(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """End the chat and go on by mail."""
    conversation = conversation_of(request, conversation_id)
    chat = newest_chat(conversation)
    try:
        if chat is not None:
            chat.leave(by=request.user)
    except Refusal as refusal:
        return show_pane(request, conversation, refusal.status, error=str(refusal))
    return done(request, conversation)


@requires(Capability.OFFER_PRIVATE_HELP)
@require_safe
def chat_strip(request: HttpRequest) -> HttpResponse:
    """Above the queue: whether I take chats, mine, and who waits. Opened by its address, the queue with it."""
    if not request.htmx:
        return redirect("moderation:desk")
    return render(request, "moderation/chat/_strip.html", strip_for(request.user))


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def duty_switch(request: HttpRequest) -> HttpResponse:
    """Take chats from now on, or no more."""
    form = DutyForm(request.POST)
    if request.POST.get("is_on") != "on":
        Duty.objects.end(by=request.user)
    else:
        refuse_invalid(form)
        Duty.objects.begin(by=request.user, **form.cleaned_data)
    if request.htmx:
        return render(request, "moderation/chat/_strip.html", strip_for(request.user))
    return redirect("moderation:desk")


def show_pane(request: HttpRequest, conversation: Conversation, status: int = 200, **more: Any) -> HttpResponse:
    """The pane for htmx, or a page of its own."""
    chat = newest_chat(conversation)
    if chat is None or chat.ended_at is not None:
        return show_conversation(request, conversation, status, **more)
    context = {
        **conversation_context(request, conversation, **more),
        "chat": chat,
        "is_mine": chat.agent_id == request.user.pk,
        "card": Card(conversation, request.user),
    }
    page = "_pane.html" if request.htmx else "pane.html"
    return render(request, f"moderation/chat/{page}", context, status=status)


def done(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """The pane as it is now."""
    if request.htmx:
        return show_pane(request, conversation_of(request, conversation.pk))
    return redirect("moderation:chat-pane", conversation.pk)
