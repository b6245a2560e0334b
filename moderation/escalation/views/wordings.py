"""Supervisors decide on wordings that the gate took for asking for another review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from moderation.escalation.models import Wording

MOST = 100


@requires(Capability.SUPERVISE)
@require_safe
def wording_list(request: HttpRequest) -> HttpResponse:
    """What waits, and what was decided last."""
    rows = Wording.objects.select_related("by", "thread", "decided_by")
    context = {"waiting": rows.waiting()[:MOST], "decided": rows.exclude(decided_at=None).order_by("-decided_at")[:20]}
    return render(request, "moderation/escalation/wording_list.html", context)


@requires(Capability.SUPERVISE)
@require_POST
@once
def wording_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no, with a reason."""
    wording = get_object_or_404(Wording.objects.waiting(), pk=pk)
    is_approved = request.POST.get("decision") == "approve"
    wording.decide(by=request.user, is_approved=is_approved, reason=request.POST.get("reason", ""))
    return redirect("moderation:wording-list")
