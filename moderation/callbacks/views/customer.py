"""The customer's side of a call: choosing a time, moving it, calling it off, the file for the calendar."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import doorway, signed_in
from community.people.phones import read_phone
from community.refusals import Refusal, refuse_invalid
from moderation.callbacks.forms import BookForm, MoveForm, ZoneForm
from moderation.callbacks.models import Callback
from moderation.callbacks.models.callback import SlotTaken
from moderation.callbacks.slots import by_day
from moderation.escalation.models import Conversation
from moderation.escalation.views.requests import own_conversation
from moderation.escalation.views.talking import ask_what_about


@doorway
@signed_in
@require_http_methods(["GET", "POST"])
@once
def callback_new(request: HttpRequest) -> HttpResponse:
    """Be called: what it is about first, the time on the next page."""
    return ask_what_about(request, "moderation/callbacks/new.html", then="moderation:callback-book")


@doorway
@signed_in
@require_http_methods(["GET", "POST"])
@once
def callback_book(request: HttpRequest, token: str) -> HttpResponse:
    """Choose when, in one's own time zone. Whoever is second for the last room sees what is still free."""
    conversation = own_conversation(request, token)
    booked = Callback.objects.booked().filter(conversation=conversation).first()
    if booked is not None:
        return redirect(booked)
    if request.method == "GET":
        return show_slots(request, conversation)
    form = BookForm(request.POST)
    try:
        refuse_invalid(form)
        sent = form.cleaned_data
        callback = Callback.objects.book(conversation, sent["slot"], phone=sent["phone"], by=request.user)
    except Refusal as refusal:
        return show_slots(request, conversation, refusal.status, error=refusal)
    messages.success(request, _("Booked. A mail with the file for your calendar is on its way."))
    return redirect(callback)


@doorway
@signed_in
@require_safe
def callback_detail(request: HttpRequest, token: str) -> HttpResponse:
    """When we call, and other times to choose from."""
    callback = own_callback(request, token)
    return show_slots(request, callback.conversation, callback=callback)


@doorway
@signed_in
@require_POST
@once
def callback_move(request: HttpRequest, token: str) -> HttpResponse:
    """Another time, perhaps another number."""
    callback, form = own_callback(request, token), MoveForm(request.POST)
    try:
        refuse_invalid(form)
        sent = form.cleaned_data
        if sent["phone"].strip():
            request.user.keep_phone(read_phone(sent["phone"]))
        callback.move(sent["slot"], by=request.user)
    except Refusal as refusal:
        fresh = own_callback(request, token)
        return show_slots(request, fresh.conversation, refusal.status, callback=fresh, error=refusal)
    messages.success(request, _("Moved. A new file for your calendar is on its way."))
    return redirect(callback)


@doorway
@signed_in
@require_POST
@once
def callback_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """No call after all."""
    callback = own_callback(request, token)
    callback.cancel(by=request.user)
    messages.info(request, _("The call is called off. You can still write to us."))
    return redirect(callback.conversation)


@doorway
@signed_in
@require_safe
def callback_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The event as a file that calendars open."""
    response = HttpResponse(own_callback(request, token).calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="call.ics"'
    return response


def own_callback(request: HttpRequest, token: str) -> Callback:
    """The customer's call with this token; for everybody else it does not exist."""
    own = Callback.objects.filter(conversation__customer=request.user, token=token)
    callback = own.select_related("brand", "conversation__customer", "conversation__item__product__brand").first()
    if callback is None:
        raise Http404
    return callback


def show_slots(request: HttpRequest, conversation: Conversation, status: int = 200, **more: Any) -> HttpResponse:
    """The times to choose from, in the customer's zone or the one they name."""
    chosen = ZoneForm(request.GET)
    zone = (chosen.is_valid() and chosen.cleaned_data["zone"]) or request.user.time_zone
    error = more.pop("error", None)
    free = error.free if isinstance(error, SlotTaken) else Callback.objects.free(conversation.item.brand)
    context = {
        "conversation": conversation,
        "days": by_day(free, zone),
        "zone": zone,
        "zones": ZoneForm.base_fields["zone"].choices,
        "contact": request.user.contact_for(request.user),
        "phone": request.POST.get("phone", ""),
        "chosen": request.POST.get("slot", ""),
        "error": str(error) if error else "",
        **more,
    }
    page = "detail.html" if more.get("callback") else "book.html"
    return render(request, f"moderation/callbacks/{page}", context, status=status)
