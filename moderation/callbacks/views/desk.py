"""The team's side of a call: the strip, the card, accepting, the code, and how it went."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal, refuse_invalid
from moderation.callbacks.forms import CodeForm, OutcomeForm
from moderation.callbacks.models import Attempt, Callback, IdentityCheck
from moderation.escalation.card import Card

HELPS = Capability.OFFER_PRIVATE_HELP


@requires(HELPS)
@require_safe
def call_strip(request: HttpRequest) -> HttpResponse:
    """Above the queue: calls that are due now, and the call I am in."""
    near = calls_of(request).booked().exclude(reminded_at=None).order_by("slot_at")[:6]
    return render(request, "moderation/callbacks/_strip.html", {"near": near})


@requires(HELPS)
@require_safe
def callback_list(request: HttpRequest) -> HttpResponse:
    """All booked calls, and what came of the last ones."""
    calls = calls_of(request)
    context = {
        "booked": calls.booked().order_by("slot_at")[:100],
        "made": Attempt.objects.filter(callback__in=calls)
        .exclude(outcome="")
        .select_related("agent", "callback__conversation__customer", "callback__conversation__item")
        .order_by("-ended_at")[:50],
    }
    return render(request, "moderation/callbacks/list.html", context)


@requires(HELPS)
@require_POST
@once
def callback_card(request: HttpRequest, callback_id: int) -> HttpResponse:
    """Show the context card: from now on this agent may accept."""
    callback = call_for(request, callback_id)
    callback.show_card(to=request.user)
    return show(request, callback)


@requires(HELPS)
@require_safe
def call_detail(request: HttpRequest, callback_id: int) -> HttpResponse:
    """One call on a page of its own."""
    return show(request, call_for(request, callback_id))


@requires(HELPS)
@require_POST
@once
def callback_accept(request: HttpRequest, callback_id: int) -> HttpResponse:
    """Make the call: the number is shown, and the look at it written down."""
    return deed(request, callback_id, lambda callback: callback.accept(by=request.user))


@requires(HELPS)
@require_POST
@once
def callback_finish(request: HttpRequest, callback_id: int) -> HttpResponse:
    """How it went."""

    def finish(callback: Callback) -> None:
        form = OutcomeForm(request.POST)
        refuse_invalid(form)
        callback.finish(form.cleaned_data["outcome"], by=request.user, note=form.cleaned_data["note"])

    return deed(request, callback_id, finish)


@requires(HELPS)
@require_POST
@once
def identity_ask(request: HttpRequest, callback_id: int) -> HttpResponse:
    """Send the customer a code, before the talk comes to their account."""
    return deed(request, callback_id, lambda callback: IdentityCheck.objects.begin(callback, by=request.user))


@requires(HELPS)
@require_POST
@once
def identity_enter(request: HttpRequest, callback_id: int) -> HttpResponse:
    """What they read out."""

    def enter(callback: Callback) -> None:
        form = CodeForm(request.POST)
        refuse_invalid(form)
        check = callback.identity_checks.filter(passed_at=None).last()
        if check is None or not check.enter(form.cleaned_data["code"], by=request.user):
            raise Refusal(_("That is not the code. Ask again, or send a new one."), code="wrong_code", status=422)

    return deed(request, callback_id, enter)


def calls_of(request: HttpRequest) -> Any:
    """The calls of this person's brands."""
    calls = Callback.objects.worked_by(request.user)
    return calls.select_related("brand", "conversation__customer", "conversation__item__product__brand")


def call_for(request: HttpRequest, callback_id: int) -> Callback:
    """A call of this person's brands; others do not exist."""
    callback = calls_of(request).select_related("conversation__thread").filter(pk=callback_id).first()
    if callback is None:
        raise Http404
    return callback


def deed(request: HttpRequest, callback_id: int, do: Any) -> HttpResponse:
    """Do it, and show the call as it is then; when a rule says no, with the sentence."""
    callback = call_for(request, callback_id)
    try:
        do(callback)
    except Refusal as refusal:
        return show(request, call_for(request, callback_id), refusal.status, error=str(refusal))
    if request.htmx:
        return show(request, call_for(request, callback_id))
    return redirect("moderation:call-detail", callback_id)


def show(request: HttpRequest, callback: Callback, status: int = 200, **more: Any) -> HttpResponse:
    """The call with its card. Whoever makes it sees the number: accepting has written that look down."""
    mine = callback.attempts.filter(agent=request.user).last()
    is_mine = mine is not None and mine.accepted_at is not None and not mine.outcome
    customer = callback.conversation.customer
    context = {
        "callback": callback,
        "conversation": callback.conversation,
        "is_card_shown": mine is not None and mine.accepted_at is None,
        "is_mine": is_mine,
        "other": None if is_mine else callback.open_call,
        "contact": customer.contact_for(customer if is_mine else None),
        "card": Card(callback.conversation, request.user),
        "tried": callback.attempts.exclude(outcome="").select_related("agent"),
        "check": callback.identity_checks.last(),
        "locked_until": IdentityCheck.objects.locked_until(customer) if is_mine else None,
        "outcomes": Attempt.Outcome.choices,
        **more,
    }
    page = "_call.html" if request.htmx else "call.html"
    return render(request, f"moderation/callbacks/{page}", context, status=status)
