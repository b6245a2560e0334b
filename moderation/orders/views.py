"""Orders come in: a file from an administrator, or a shop's own signed messages."""

import json
import re
import time
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from community.bodies import body_within
from community.catalogue.models import Purchase
from community.inbound.hook import is_signed
from community.once import once
from community.people.guards import doorway, requires
from community.people.roles import Capability
from moderation.orders.forms import OrderFileForm
from moderation.orders.mapping import OURS, is_xml, mapped_sources, rows_by_mapping
from moderation.orders.reading import Fault, read, rows_of_csv
from moderation.orders.taking import Report, take

LARGEST, FAULTS_TOLD = 5 * 1024 * 1024, 100
SHOP = re.compile(r"[A-Za-z0-9_-]{1,40}")


@requires(Capability.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def order_list(request: HttpRequest) -> HttpResponse:
    """How many orders each shop has told of, and a file of more."""
    if SHOP.fullmatch(request.GET.get("map", "")):
        return redirect("moderation:order-mapping", request.GET["map"])
    form, report = OrderFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        report = take(read(rows_of_csv(data["file"]), form.mapping, first=2), data["source"], by=request.user)
        form = OrderFileForm(initial=data)
    sources = Purchase.objects.values("source").annotate(n=Count("pk"), at=Max("created_at")).order_by("source")
    context = {"form": form, "report": report, "sources": list(sources), "mapped": mapped_sources()}
    return render(request, "moderation/orders/order_list.html", context, status=422 if form.errors else 200)


@doorway
@csrf_exempt
@require_POST
def order_hook(request: HttpRequest, source: str) -> HttpResponse:
    """A shop tells of orders: JSON with `orders`, or XML by the source's mapping, signed as Standard Webhooks says.

    Telling twice changes nothing. What is far too long, hostile or no document at all is 400.
    """
    raw = body_within(request, LARGEST)
    if raw is None:
        return JsonResponse({"error": "too big"}, status=400)
    if not is_signed(request, raw, time.time(), settings.ORDER_HOOK_SECRET):
        return JsonResponse({"error": "bad signature"}, status=401)
    try:
        rows = rows_by_mapping(raw, source) if is_xml(request) else rows_of_json(raw)
    except (ValueError, RecursionError):
        return JsonResponse({"error": "not a document that can be read"}, status=400)
    if rows is None:
        return JsonResponse({"error": "no orders"}, status=422)
    names = OURS if is_xml(request) else settings.ORDER_FIELDS
    return JsonResponse(as_json(take(read(rows, names), source, by=None)))


def rows_of_json(raw: bytes) -> list[Any] | None:
    """The list `orders` of a message; None when there is none. Raises ValueError for what is no JSON."""
    told = json.loads(raw)
    orders = told.get("orders") if isinstance(told, dict) else None
    return orders if isinstance(orders, list) else None


def as_json(report: Report) -> dict[str, object]:
    """The report as a shop reads it."""
    faults: list[Fault] = report.faults[:FAULTS_TOLD]
    told = [{"line": fault.number, "reason": fault.reason} for fault in faults]
    return {"new": report.new, "known": report.known, "proven": report.proven, "faults": told}
