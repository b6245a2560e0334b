"""Crisis mode: on, changed, off. Each step has a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.once import once
from community.people.crisis import Crisis
from community.people.guards import requires
from community.people.roles import Capability
from moderation.waves.forms import CrisisForm, JudgeForm
from moderation.waves.views.waves import show_list


@requires(Capability.MODERATE)
@require_POST
@once
def crisis_set(request: HttpRequest) -> HttpResponse:
    """Start it, or change what holds."""
    row, form = Crisis.objects.in_force().first(), CrisisForm(request.POST)
    if not form.is_valid():
        return show_list(request, 422, form)
    said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("reason", "notice")} | {"until": form.until}
    if row is None:
        Crisis.objects.start(form.measures([]), by=request.user, **said)
        messages.success(request, _("Crisis mode is on. It ends by itself."))
    else:
        row.change(form.measures(row.marks), by=request.user, **said)
        messages.success(request, _("Changed."))
    return redirect("moderation:wave-list")


@requires(Capability.MODERATE)
@require_POST
@once
def crisis_end(request: HttpRequest) -> HttpResponse:
    """End it before its time."""
    row, form = Crisis.objects.in_force().first(), JudgeForm(request.POST)
    if row is None or not form.is_valid():
        return show_list(request, 422 if row else 200)
    row.end(by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Crisis mode is off."))
    return redirect("moderation:wave-list")
