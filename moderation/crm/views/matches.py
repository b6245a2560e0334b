"""Who is who: customers for whom the CRM had several contacts, decided by a person, and taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.numbers import number_in
from community.once import once
from community.people.contacting import masked_address
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.crm.models import Match

SHOWN = 50


@require_safe
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
def crm_matches(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and what was decided lately."""
    return show(request)


def show(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The page as it is now, with what was refused."""
    rows = Match.objects.visible_to(request.user).select_related("connection", "person", "by")
    waiting = [(row, evidence(row)) for row in rows.waiting().order_by("pk")[:SHOWN]]
    decided = list(rows.exclude(chosen="").order_by("-decided_at", "-pk")[:SHOWN])
    context = {"waiting": waiting, "decided": [(row, name_of(row)) for row in decided], "refusal": refusal}
    return render(request, "moderation/crm/matches.html", context, status=refusal.status if refusal else 200)


def evidence(match: Match) -> list[dict[str, Any]]:
    """Each candidate with what speaks for it. Addresses are masked: that they are the same is what counts."""
    return [
        {
            **one,
            "address": masked_address(str(one.get("email") or "")),
            "has_address": str(one.get("email") or "").casefold() == match.person.email.casefold(),
            "has_name": str(one.get("name") or "").casefold() == match.person.username.casefold(),
        }
        for one in match.candidates
    ]


def name_of(match: Match) -> str:
    """The contact that a customer was linked with, as the CRM calls it."""
    found = (one for one in match.candidates if str(one["id"]) == match.linked)
    return next((str(one.get("name") or one["id"]) for one in found), _("a contact of their own"))


def match_for(request: HttpRequest, match_id: int) -> Match:
    """A match that this person may decide."""
    match = Match.objects.visible_to(request.user).filter(pk=match_id).first()
    if match is None:
        raise Http404
    return match


@require_POST
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
@once
def crm_match_decide(request: HttpRequest, match_id: int) -> HttpResponse:
    """This contact, or a new one."""
    match = match_for(request, match_id)
    try:
        match.decide(
            request.POST.get("contact", ""), by=request.user, version=number_in(request.POST.get("version", "")) or 0
        )
    except Refusal as refusal:
        return show(request, refusal)
    messages.success(request, _("Decided. What waited is told to the CRM now."))
    return redirect("moderation:crm-matches")


@require_POST
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
@once
def crm_match_take_back(request: HttpRequest, match_id: int) -> HttpResponse:
    """Decide again."""
    match = match_for(request, match_id)
    try:
        match.take_back(by=request.user, version=number_in(request.POST.get("version", "")) or 0)
    except Refusal as refusal:
        return show(request, refusal)
    messages.success(request, _("Taken back. Nothing more is told about this customer until it is decided again."))
    return redirect("moderation:crm-matches")
