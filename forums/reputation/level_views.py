"""Levels: what each asks for and opens, for everybody; changing that after a simulation, for those who keep house."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.live.pages import shows
from community.once import once
from community.people.guards import requires
from community.people.requests import PersonRequest
from community.people.roles import Capability
from community.people.trust import NAMES, opened_by
from forums.reputation.level_forms import COLUMNS, LevelPlanForm
from forums.reputation.levelling import simulate
from forums.reputation.models import LevelPlan
from forums.reputation.models.levels import asked_now
from forums.reputation.planning import withdraw

EARLIER = 20


@require_safe
def level_list(request: HttpRequest) -> HttpResponse:
    """What each level asks for and what it opens."""
    _plan, bars, grace_days = asked_now()
    rows = [(n, NAMES[n], bars[n - 1] if n else None, opened_by(n)) for n in range(len(NAMES))]
    coming = LevelPlan.objects.to_come().order_by("applies_from").first()
    context = {"rows": rows, "grace_days": grace_days, "coming": coming}
    return shows(render(request, "forums/reputation/level_list.html", context), "standing")


@requires(Capability.SET_LEVELS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def level_plan(request: PersonRequest) -> HttpResponse:
    """Change what the levels ask for: first it is shown who would move, then it is planned."""
    _plan, bars, grace_days = asked_now()
    form = LevelPlanForm(request.POST or None, asked=bars, grace_days=grace_days)
    simulation = None
    if request.method == "POST" and form.is_valid():
        if "apply" in request.POST and form.is_simulated:
            plan = form.save(request.user)
            messages.success(request, _("Planned: %(up)s up, %(down)s down.") % {"up": plan.up, "down": plan.down})
            return redirect("forums:level-plan")
        simulation = simulate(form.bars)
    context: dict[str, Any] = {"form": form, "columns": COLUMNS.values(), "simulation": simulation}
    context["plans"] = LevelPlan.objects.select_related("by").order_by("-applies_from", "-pk")[:EARLIER]
    status = 422 if form.errors else 200
    return render(request, "forums/reputation/level_plan.html", context, status=status)


@requires(Capability.SET_LEVELS)
@require_POST
@once
def level_plan_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Call off a change before its day."""
    withdraw(get_object_or_404(LevelPlan, pk=pk), by=request.user)
    messages.success(request, _("Called off. What the levels ask for stays as it is."))
    return redirect("forums:level-plan")
