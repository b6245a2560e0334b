"""The customer's page for the team."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from community.people.guards import requires
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.desk.customer import about_customer, contact_seen_by, customer_for
from moderation.desk.identity_forms import HandleForm, MergeForm
from moderation.desk.knowing import known_as

SHOWN = 100


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def customer_detail(request: HttpRequest, person_id: int) -> HttpResponse:
    """Who they are, what they own, and what happened before; contact data stays masked."""
    customer = customer_for(request.user, person_id)
    if request.htmx:
        return render(request, "moderation/desk/_customer.html", about_customer(customer, request.user, limit=SHOWN))
    return show_customer(request, customer)


def show_customer(
    request: HttpRequest, customer: Person, *, refusal: Refusal | None = None, **more: Any
) -> HttpResponse:
    """The whole page, with what was refused and what was typed."""
    viewer: Any = request.user
    other = request.GET.get("other", "")[:150]
    context = {
        **about_customer(customer, viewer, limit=SHOWN),
        **known_as(customer, viewer),
        "handle_form": HandleForm(),
        "merge_form": MergeForm(viewer=viewer, initial={"other": other, "keep": "this"}),
        "refusal": refusal,
        **more,
    }
    is_wrong = any(form.errors for form in (context["handle_form"], context["merge_form"]))
    status = refusal.status if refusal else 422 if is_wrong else more.get("status", 200)
    return render(request, "moderation/desk/customer.html", context, status=status)


@requires(Capability.SEE_CONTACT_DATA)
@require_POST
def customer_contact(request: HttpRequest, person_id: int) -> HttpResponse:
    """Contact data in the open, for a reason that is written down. Shown once: the page is masked again on reload."""
    customer = customer_for(request.user, person_id)
    shown = contact_seen_by(customer, request.user, request.POST.get("reason", ""))
    if request.htmx:
        context = {**about_customer(customer, request.user, limit=SHOWN), **shown}
        response = render(request, "moderation/desk/_contact.html", context, status=shown.get("status", 200))
    else:
        response = show_customer(request, customer, **shown)
    response["Cache-Control"] = "no-store"
    return response
