"""Who a customer is: names elsewhere, and accounts that are one person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.desk.customer import customer_for
from moderation.desk.identity_forms import HandleForm, MergeForm
from moderation.desk.knowing import handle_for, merge_for
from moderation.desk.views.customers import show_customer


@require_POST
@requires(Capability.WORK_THE_QUEUE)
@once
def handle_suggest(request: HttpRequest, person_id: int) -> HttpResponse:
    """Note a name elsewhere; it stays a suggestion until they sign in with it."""
    done = _("Noted. It stays a suggestion until they sign in with it.")
    return keep(request, person_id, "handle_form", HandleForm(request.POST), done=done)


@require_POST
@requires(Capability.WORK_THE_QUEUE)
@once
def handle_rule_out(request: HttpRequest, person_id: int, handle_id: int) -> HttpResponse:
    """It is somebody else; with `again` that was a mistake."""
    handle = handle_for(request.user, person_id, handle_id)
    deed = handle.suggest_again if "again" in request.POST else handle.rule_out
    try:
        deed(by=request.user)
    except Refusal as refusal:
        return show_customer(request, customer_for(request.user, person_id), refusal=refusal)
    return redirect("moderation:customer-detail", person_id)


@require_POST
@requires(Capability.SUPERVISE)
@once
def customer_merge(request: HttpRequest, person_id: int) -> HttpResponse:
    """Two accounts are one person."""
    done = _("The two accounts are one person now. You can take it back at any time.")
    return keep(request, person_id, "merge_form", MergeForm(request.POST, viewer=request.user), done=done)


@require_POST
@requires(Capability.SUPERVISE)
@once
def customer_unmerge(request: HttpRequest, person_id: int, merge_id: int) -> HttpResponse:
    """They are two people after all."""
    merge: Any = merge_for(request.user, person_id, merge_id)
    try:
        merge.undo(by=request.user)
    except Refusal as refusal:
        return show_customer(request, customer_for(request.user, person_id), refusal=refusal)
    messages.success(request, _("Taken back. Each account has again what came by it, before and since."))
    return redirect("moderation:customer-detail", person_id)


def keep(request: HttpRequest, person_id: int, name: str, form: Any, *, done: str) -> HttpResponse:
    """What a form of the page says of the customer. What is wrong or refused stands there with what was typed."""
    customer = customer_for(request.user, person_id)
    try:
        if not form.is_valid():
            return show_customer(request, customer, **{name: form})
        form.save(customer, by=request.user)
    except Refusal as refusal:
        return show_customer(request, customer, refusal=refusal, **{name: form})
    messages.success(request, done)
    return redirect("moderation:customer-detail", customer.pk)
