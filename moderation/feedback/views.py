"""Requests for reviews: the audit, and whom the team keeps from being asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.paging import page_of
from community.people.guards import requires
from community.people.roles import Capability
from community.spreadsheets import csv_lines
from moderation.feedback.auditing import PERIODS, audit, left_out
from moderation.feedback.forms import ExemptionForm, PeriodForm
from moderation.feedback.models import Asking, Exemption

MOST = 100_000


@requires(Capability.MODERATE)
@require_safe
def asking_audit(request: HttpRequest) -> HttpResponse:
    """Who was asked for a review after a delivery, who was not and why, and whether that is even."""
    return show(request, ExemptionForm())


def show(request: HttpRequest, form: ExemptionForm, status: int = 200) -> HttpResponse:
    """The page of the audit."""
    period = PeriodForm(request.GET)
    days = period.cleaned_data["days"] if period.is_valid() else 90
    page = page_of(left_out(), "-decided_at", request.GET.get("after", ""))
    context: dict[str, Any] = {
        "audit": audit(days),
        "periods": PERIODS,
        "page": page,
        "form": form,
        "exemptions": list(Exemption.objects.standing().select_related("by__persona").order_by("-pk")[:50]),
    }
    return render(request, "moderation/feedback/asking_audit.html", context, status=status)


@requires(Capability.MODERATE)
@require_safe
def left_out_export(request: HttpRequest) -> StreamingHttpResponse:
    """Who was not asked and why, as a table, without addresses and order numbers."""
    rows = left_out().order_by("-decided_at", "-pk")[:MOST]
    lines = (cells_of(row) for row in rows.iterator(chunk_size=500))
    head = ["decided", "product", "shop", "reason", "person"]
    response = StreamingHttpResponse(csv_lines(head, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="not-asked.csv"'
    return response


def cells_of(row: Asking) -> list[str]:
    """A line of that table."""
    name = row.person.name if row.person else ""
    return [row.decided_at.date().isoformat(), row.product.slug, row.purchase.source, row.outcome, name]


@requires(Capability.MODERATE)
@require_POST
@once
def exemption_new(request: HttpRequest) -> HttpResponse:
    """The buyer of an order is not to be asked, for a legal reason."""
    form = ExemptionForm(request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    Exemption.objects.exempt(by=request.user, **form.cleaned_data)
    return HttpResponseRedirect(reverse("moderation:asking-audit") + "#exemptions")


@requires(Capability.MODERATE)
@require_POST
def exemption_end(request: HttpRequest, pk: int) -> HttpResponse:
    """They may be asked again."""
    get_object_or_404(Exemption, pk=pk).end(by=request.user)
    return HttpResponseRedirect(reverse("moderation:asking-audit") + "#exemptions")
