"""Orders come in: a file from an administrator, or a shop's own signed messages."""

import json
import time

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from community.catalogue.models import Purchase
from community.inbound.hook import is_signed
from community.once import once
from community.people.guards import doorway, requires
from community.people.roles import Capability
from moderation.orders.forms import OrderFileForm
from moderation.orders.reading import Fault, read, rows_of_csv
from moderation.orders.taking import Report, take

LARGEST, FAULTS_TOLD = 5 * 1024 * 1024, 100


@requires(Capability.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def order_list(request: HttpRequest) -> HttpResponse:
    """How many orders each shop has told of, and a file of more."""
    form, report = OrderFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        report = take(read(rows_of_csv(data["file"]), form.mapping, first=2), data["source"], by=request.user)
        form = OrderFileForm(initial=data)
    sources = Purchase.objects.values("source").annotate(n=Count("pk"), at=Max("created_at")).order_by("source")
    context = {"form": form, "report": report, "sources": list(sources)}
    return render(request, "moderation/orders/order_list.html", context, status=422 if form.errors else 200)


@doorway
@csrf_exempt
@require_POST
def order_hook(request: HttpRequest, source: str) -> HttpResponse:
    """A shop tells of orders: JSON with `orders`, signed as Standard Webhooks says. Telling twice changes nothing."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return JsonResponse({"error": "too big"}, status=413)
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return JsonResponse({"error": "too big"}, status=413)
    if not is_signed(request, raw, time.time(), settings.ORDER_HOOK_SECRET):
        return JsonResponse({"error": "bad signature"}, status=401)
    try:
        told = json.loads(raw)
    except ValueError:
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("orders"), list):
        return JsonResponse({"error": "no orders"}, status=422)
    return JsonResponse(as_json(take(read(told["orders"], settings.ORDER_FIELDS), source, by=None)))


def as_json(report: Report) -> dict[str, object]:
    """The report as a shop reads it."""
    faults: list[Fault] = report.faults[:FAULTS_TOLD]
    told = [{"line": fault.number, "reason": fault.reason} for fault in faults]
    return {"new": report.new, "known": report.known, "proven": report.proven, "faults": told}
