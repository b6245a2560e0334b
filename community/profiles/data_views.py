"""What the site holds of oneself, to take along."""

from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community.events.recording import record
from community.events.verbs import Verb
from community.people.guards import signed_in
from community.people.models import Person
from community.people.requests import PersonRequest
from community.people.taking_along import archive_of, parts
from community.profiles.data_limits import refuse_too_often


@signed_in
@require_safe
def settings_data(request: PersonRequest) -> HttpResponse:
    """What is in the archive, part by part."""
    is_sure = not is_reauthentication_required(request, app="allauth.account")
    return render(request, "community/profiles/data.html", {"section": "data", "parts": parts(), "is_sure": is_sure})


@signed_in
@require_POST
def settings_data_take(request: PersonRequest) -> Any:
    """The archive, made now, for nobody but its person, who has just shown that it is them."""
    if is_reauthentication_required(request, app="allauth.account"):
        return redirect("community:settings-data")
    person = Person.objects.get(pk=request.user.pk)
    refuse_too_often(person)
    name = f"my-data-{timezone.localdate():%Y-%m-%d}.zip"
    response = FileResponse(archive_of(person), as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    record(Verb.DATA_TAKEN, actor=person, subject=person)
    return response
