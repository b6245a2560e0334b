"""Who asked to be taken out of the CRM, and what came of it; and the page where customers ask for it themselves."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import doorway, requires, signed_in
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.crm.erasing import forget, told_of
from moderation.crm.models import CasePush, Erasure, Receipt

SHOWN = 100


@require_safe
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
def crm_erasures(request: HttpRequest) -> HttpResponse:
    """What is outstanding, and every wish with its receipts."""
    return show(request)


def show(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The page as it is now, with what was refused."""
    rows = Erasure.objects.visible_to(request.user).select_related("person", "by")
    left = Count("receipts", filter=Q(receipts__answered_at=None))
    outstanding = Receipt.objects.outstanding().filter(erasure__in=rows)
    context = {
        "outstanding": outstanding.select_related("push__case", "erasure__person", "connection")[:SHOWN],
        "erasures": rows.annotate(records=Count("receipts"), left=left)[:SHOWN],
        "may_ask": request.user.can(Capability.CONNECT_CRM),  # type: ignore[union-attr]
        "username": request.POST.get("username", "")[:150],
        "reason": request.POST.get("reason", "")[:300],
        "refusal": refusal,
    }
    return render(request, "moderation/crm/erasures.html", context, status=refusal.status if refusal else 200)


@require_POST
@requires(Capability.CONNECT_CRM)
@once
def crm_erasure_ask(request: HttpRequest) -> HttpResponse:
    """Somebody asked by letter or telephone: an administrator writes down who, and where the wish comes from."""
    person = Person.objects.filter(username__iexact=request.POST.get("username", "").strip()[:150]).first()
    try:
        if person is None:
            raise Refusal(_("There is nobody of this name."), code="nobody", status=422)
        forget(person, by=request.user, reason=request.POST.get("reason", ""))  # type: ignore[arg-type]
    except Refusal as refusal:
        return show(request, refusal)
    messages.success(request, _("Every CRM is asked to erase this person. The receipts appear here."))
    return redirect("moderation:crm-erasures")


@require_POST
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
@once
def crm_receipt_confirm(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """It was erased over there by hand."""
    receipt = get_object_or_404(Receipt, erasure__in=Erasure.objects.visible_to(request.user), pk=receipt_id)
    try:
        receipt.confirm(by=request.user)  # type: ignore[arg-type]
    except Refusal as refusal:
        return show(request, refusal)
    return redirect("moderation:crm-erasures")


@require_safe
@doorway
@signed_in
def own_records(request: HttpRequest) -> HttpResponse:
    """What the company's customer systems hold of the reader, and what came of erasing it."""
    person: Any = request.user
    erasures = Erasure.objects.filter(person=person).prefetch_related("receipts__connection", "receipts__push")
    context = {
        "section": "records",
        "systems": systems_of(person),
        "erasures": erasures[:10],
        "standing": next((row for row in erasures if row.withdrawn_at is None), None),
    }
    return render(request, "moderation/crm/own_records.html", context)


def systems_of(person: Person) -> list[dict[str, Any]]:
    """Each system that was told something, with how much."""
    systems: dict[int, dict[str, Any]] = {}
    waiting = set(
        CasePush.objects.unsettled()
        .filter(receipt__erasure__person=person, kind=CasePush.Kind.ERASE)
        .values_list("ref", flat=True)
    )
    for row in told_of(person):
        kinds = {"label": row.connection.label, "contact": 0, "case": 0, "note": 0, "going": 0}
        system = systems.setdefault(row.connection_id, kinds)
        system[row.kind] += 1
        system["going"] += row.ref in waiting
    return list(systems.values())


@require_POST
@doorway
@signed_in
@once
def own_records_erase(request: HttpRequest) -> HttpResponse:
    """Take me out of them."""
    forget(request.user, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("We have asked every system to erase you. You see here when each has done so."))
    return redirect("moderation:own-records")


@require_POST
@doorway
@signed_in
@once
def own_records_allow(request: HttpRequest) -> HttpResponse:
    """The team may keep records again."""
    standing = Erasure.objects.standing().filter(person=request.user).first()  # type: ignore[misc]
    if standing:
        standing.withdraw(by=request.user)  # type: ignore[arg-type]
    return redirect("moderation:own-records")
