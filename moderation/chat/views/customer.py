"""The customer's side of a chat: beginning it, talking, what was missed, ending it. Each works without a script."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import doorway, signed_in
from community.refusals import Refusal
from forums.threads.models import Thread
from moderation.chat.beginning import begin_chat, brand_named, first_values
from moderation.chat.models import Chat
from moderation.chat.news import missed_since, newest_chat
from moderation.chat.views.saying import take_message
from moderation.escalation.forms import TalkForm
from moderation.escalation.models import Conversation
from moderation.escalation.views.requests import own_conversation, own_thread


@doorway
@signed_in
@require_http_methods(["GET", "POST"])
@once
def chat_new(request: HttpRequest) -> HttpResponse:
    """Talk to somebody now: what it is about, how many wait, or honestly when somebody is there again."""
    thread = own_thread(request)
    if request.method == "GET":
        return show_new(request, TalkForm(initial=first_values(request, thread)), thread)
    form, status = TalkForm(request.POST), 422
    if form.is_valid():
        try:
            return redirect("moderation:chat-detail", begin_chat(by=request.user, thread=thread, **form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    return show_new(request, form, thread, status)


@doorway
@signed_in
@require_safe
def chat_detail(request: HttpRequest, token: str) -> HttpResponse:
    """The chat of a private conversation; without one, whether it can begin now."""
    return show_chat(request, own_conversation(request, token))


@doorway
@signed_in
@require_POST
@once
def chat_start(request: HttpRequest, token: str) -> HttpResponse:
    """Go on in a live chat with what was written before."""
    conversation = own_conversation(request, token)
    try:
        Chat.objects.request(conversation, by=request.user)
    except Refusal as refusal:
        return show_chat(request, conversation, refusal.status, error=str(refusal))
    return redirect("moderation:chat-detail", token)


@doorway
@signed_in
@require_POST
@once
def chat_say(request: HttpRequest, token: str) -> HttpResponse:
    """One message. A script gets it back as it stands in the order; sent twice with one key it is said once."""
    conversation = own_conversation(request, token)
    return take_message(
        request,
        conversation.say,
        show=partial(show_chat, request, conversation),
        done=partial(redirect, "moderation:chat-detail", token),
    )


@doorway
@signed_in
@require_safe
def chat_news(request: HttpRequest, token: str) -> HttpResponse:
    """What was said after a number: for a page that was away."""
    conversation = own_conversation(request, token)
    return render(request, "moderation/chat/_news.html", missed_since(request, conversation))


@doorway
@signed_in
@require_POST
@once
def chat_end(request: HttpRequest, token: str) -> HttpResponse:
    """The customer ends it. What was said is mailed to them."""
    conversation = own_conversation(request, token)
    chat = newest_chat(conversation)
    if chat is not None and chat.ended_at is None:
        chat.leave(by=request.user)
    return redirect("moderation:chat-detail", token)


@doorway
@require_safe
def chat_entry(request: HttpRequest) -> HttpResponse:
    """The small entry on product pages: a chat while somebody is there, otherwise the other ways."""
    product, brand = brand_named(request.GET.get("product", ""))
    context = {"product": product, "available": Chat.objects.available(brand)}
    response = render(request, "moderation/chat/_entry.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def show_new(request: HttpRequest, form: TalkForm, thread: Thread | None, status: int = 200) -> HttpResponse:
    """The page on which a chat begins."""
    _product, brand = brand_named(request.GET.get("product", ""))
    if thread is not None:
        brand = thread.product.brand if thread.product else None
    context = {"form": form, "thread": thread, "available": Chat.objects.available(brand)}
    return render(request, "moderation/chat/new.html", context, status=status)


def show_chat(request: HttpRequest, conversation: Conversation, status: int = 200, **more: Any) -> HttpResponse:
    """The chat's page as the customer sees it."""
    if conversation.customer_id != request.user.pk:
        raise Http404
    chat = newest_chat(conversation)
    is_on = chat is not None and chat.ended_at is None
    context = {
        "conversation": conversation,
        "chat": chat,
        "is_on": is_on,
        "messages_said": conversation.messages.select_related("author__persona").prefetch_related("attachments"),
        "available": None if is_on else Chat.objects.available(conversation.item.brand),
        **more,
    }
    return render(request, "moderation/chat/detail.html", context, status=status)
