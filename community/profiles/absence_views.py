"""When somebody of the team is away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.once import once
from community.people.absence import Absence
from community.people.guards import requires
from community.people.requests import PersonRequest
from community.people.roles import Capability
from community.profiles.absence_form import AbsenceForm


@requires(Capability.WORK_THE_QUEUE)
@require_http_methods(["GET", "POST"])
@once
def settings_absences(request: PersonRequest) -> HttpResponse:
    """Days away, and who stands in: said to customers who ask for somebody by name."""
    form = AbsenceForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Noted. Whoever asks for you by name is told."))
        return redirect("community:settings-absences")
    rows = request.user.absences.filter(last_day__gte=timezone.localdate()).select_related("substitute")
    context = {"form": form, "absences": rows, "section": "absences"}
    return render(request, "community/profiles/absences.html", context, status=422 if form.errors else 200)


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def settings_absence_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Here after all."""
    get_object_or_404(Absence, pk=pk, person=request.user).call_off(by=request.user)
    return redirect("community:settings-absences")
