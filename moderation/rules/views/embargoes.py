"""Embargoes: what the team may not say yet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.policy.models import Embargo
from moderation.decisions.views.page import nav_context
from moderation.rules.forms import EmbargoForm, LiftForm

SHOWN = 60


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def embargo_list(request: HttpRequest) -> HttpResponse:
    """What is kept back until when, and the form for another."""
    form = EmbargoForm(request.POST or None, initial={"zone": request.user.time_zone})
    if request.method == "POST" and form.is_valid():
        form.save_by(request.user)
        messages.success(request, _("The gate stops these words of the team until then."))
        return redirect("moderation:embargo-list")
    rows = list(Embargo.objects.visible_to(request.user).select_related("by", "lifted_by").order_by("-until")[:SHOWN])
    context = {
        **nav_context(request),
        "form": form,
        "running": sorted((row for row in rows if row.is_in_force), key=lambda row: row.until),
        "over": [row for row in rows if not row.is_in_force],
    }
    return render(
        request, "moderation/rules/embargo_list.html", context, status=422 if request.method == "POST" else 200
    )


@requires(Capability.MODERATE)
@require_POST
@once
def embargo_lift(request: HttpRequest, embargo_id: int) -> HttpResponse:
    """Let one go before its time."""
    row = get_object_or_404(Embargo.objects.visible_to(request.user), pk=embargo_id)
    form = LiftForm(request.POST)
    row.lift(by=request.user, why=form.cleaned_data["why"] if form.is_valid() else "")
    messages.success(request, _("Lifted: the team may say these words from now on."))
    return redirect("moderation:embargo-list")
