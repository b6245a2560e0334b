"""The customer's page for the team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from community.people.guards import requires
from community.people.roles import Capability
from moderation.desk.customer import about_customer, contact_seen_by, customer_for


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def customer_detail(request: HttpRequest, person_id: int) -> HttpResponse:
    """Who they are, what they own, and what happened before; contact data stays masked."""
    customer = customer_for(request.user, person_id)
    template = "moderation/desk/_customer.html" if request.htmx else "moderation/desk/customer.html"
    return render(request, template, about_customer(customer, request.user, limit=100))


@requires(Capability.SEE_CONTACT_DATA)
@require_POST
def customer_contact(request: HttpRequest, person_id: int) -> HttpResponse:
    """Contact data in the open, for a reason that is written down. Shown once: the page is masked again on reload."""
    customer = customer_for(request.user, person_id)
    shown = contact_seen_by(customer, request.user, request.POST.get("reason", ""))
    context = {**about_customer(customer, request.user, limit=100), **shown}
    template = "moderation/desk/_contact.html" if request.htmx else "moderation/desk/customer.html"
    response = render(request, template, context, status=shown.get("status", 200))
    response["Cache-Control"] = "no-store"
    return response
