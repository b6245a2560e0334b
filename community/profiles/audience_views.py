"""Who sees what of one's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.once import once
from community.people.audience import choose_audience
from community.people.guards import signed_in
from community.people.requests import PersonRequest
from community.profiles.audience_form import AudienceForm


@signed_in
@require_http_methods(["GET", "POST"])
@once
def settings_audience(request: PersonRequest) -> HttpResponse:
    """Field by field: everybody, members, the team or nobody."""
    form = AudienceForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        choose_audience(request.user, form.cleaned_data)
        messages.success(request, _("Saved. It holds from now on, everywhere."))
        return redirect("community:settings-audience")
    context = {"form": form, "section": "audience"}
    return render(request, "community/profiles/audience.html", context, status=422 if form.errors else 200)
