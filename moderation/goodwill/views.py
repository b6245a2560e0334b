"""Credits beside an item, and the supervisor's page: what waits, what the month came to, and the limit."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.goodwill.forms import AllowanceForm, CreditForm
from moderation.goodwill.models import CURRENCY, Allowance, Credit
from moderation.queue.models import Item

MONTHS = 6


@require_safe
@requires(Capability.GIVE_CREDIT)
def goodwill_panel(request: HttpRequest, item_id: int) -> HttpResponse:
    """What this customer was credited, and what may be given now."""
    return panel(request, item_for(request, item_id))


@require_POST
@requires(Capability.GIVE_CREDIT)
@once
def goodwill_give(request: HttpRequest, item_id: int) -> HttpResponse:
    """Credit the customer, or ask a supervisor when the month's limit is passed."""
    item, form = item_for(request, item_id), CreditForm(request.POST)
    if not form.is_valid():
        return panel(request, item, form=form, status=422)
    try:
        credit = Credit.objects.give(item, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("amount", str(refusal))
        return panel(request, item, form=form, status=refusal.status)
    if request.htmx:
        return panel(request, item, new=credit)
    return redirect("moderation:goodwill-panel", item.pk)


@require_safe
@requires(Capability.SUPERVISE)
def goodwill_list(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and the report."""
    return report(request)


@require_POST
@requires(Capability.SUPERVISE)
@once
def goodwill_decide(request: HttpRequest, credit_id: int) -> HttpResponse:
    """Give it, or refuse with a reason."""
    credit = get_object_or_404(Credit.objects.visible_to(request.user).select_related("item"), pk=credit_id)
    try:
        why = request.POST.get("why", "").strip()[:300]
        credit.decide(approve=request.POST.get("decision") == "give", by=request.user, why=why)
    except Refusal as refusal:
        return report(request, refused=(credit.pk, str(refusal)), status=refusal.status)
    messages.success(request, _("Given.") if credit.state == Credit.State.GIVEN else _("Refused, and the agent told."))
    return redirect("moderation:goodwill-list")


@require_POST
@requires(Capability.SUPERVISE)
@once
def goodwill_limit(request: HttpRequest) -> HttpResponse:
    """Another limit from now on."""
    form = AllowanceForm(request.POST)
    if not form.is_valid():
        return report(request, form=form, status=422)
    Allowance.change(form.cleaned_data["monthly"], by=request.user, reason=form.cleaned_data["why"])
    messages.success(request, _("The new limit counts from now on."))
    return redirect("moderation:goodwill-list")


def item_for(request: HttpRequest, item_id: int) -> Item:
    rows = Item.objects.visible_to(request.user).select_related("customer", "product__brand", "thread")
    item = rows.filter(pk=item_id).first()
    if item is None:
        raise Http404
    return item


def panel(request: HttpRequest, item: Item, *, form: Any = None, new: Any = None, status: int = 200) -> HttpResponse:
    """The panel alone for htmx, otherwise on a page of its own."""
    given = Credit.objects.visible_to(request.user).filter(customer=item.customer).select_related("by", "decided_by")
    context = {
        "item": item,
        "form": form or CreditForm(),
        "new": new,
        "credits": given.order_by("-pk")[:8],
        "left": Credit.objects.left_for(item.customer),
        "monthly": Allowance.now(),
        "currency": CURRENCY,
    }
    template = "moderation/goodwill/_panel.html" if request.htmx else "moderation/goodwill/panel.html"
    return render(request, template, context, status=status)


def report(request: HttpRequest, *, form: Any = None, refused: Any = None, status: int = 200) -> HttpResponse:
    """The supervisor's page."""
    month, months = chosen_month(request.GET.get("month", ""))
    mine = Credit.objects.visible_to(request.user).select_related("item__product", "customer", "by")
    given = mine.given().in_month_of(month)
    waiting = list(mine.waiting().order_by("pk")[:50])
    had = Credit.objects.had_this_month([row.customer_id for row in waiting])
    context = {
        "waiting": [(row, had.get(row.customer_id, 0)) for row in waiting],
        "monthly": Allowance.now(),
        "reasons": given.by_reason(),
        "total": given.total(),
        "months": months,
        "month": month,
        "recent": given.order_by("-counts_from", "-pk")[:50],
        "form": form or AllowanceForm(initial={"monthly": Allowance.now()}),
        "refused": refused,
        "currency": CURRENCY,
    }
    return render(request, "moderation/goodwill/list.html", context, status=status)


def chosen_month(asked: str) -> tuple[datetime, list[datetime]]:
    """The month that is looked at, and the ones on offer, the newest first."""
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = [first]
    while len(months) < MONTHS:
        older = months[-1].month - 1
        months.append(months[-1].replace(month=older or 12, year=months[-1].year - (not older)))
    return next((month for month in months if f"{month:%Y-%m}" == asked), first), months
