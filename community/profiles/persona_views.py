"""The public face of somebody on the team."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.once import once
from community.people.guards import requires
from community.people.models import Persona
from community.people.requests import PersonRequest
from community.people.roles import Capability
from community.policy.changing import WAITS
from community.profiles.forms import PersonaForm

PHOTO = re.compile(r"[0-9a-f]{32}(_[A-Za-z0-9]{7})?\.jpg")


@requires(Capability.ANSWER_AS_STAFF)
@require_http_methods(["GET", "POST"])
@once
def settings_persona(request: PersonRequest) -> HttpResponse:
    """Alias, photo, languages, hours, topics: what customers may expect."""
    persona = Persona.objects.filter(person=request.user).first() or Persona(person=request.user)
    form = PersonaForm(request.POST or None, request.FILES or None, instance=persona)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            is_waiting = form.hold(request.user) is not None
            record(Verb.PERSONA_CHANGED, actor=request.user, subject=request.user, fields=form.changed_data)
            purge("people", f"person-{request.user.pk}")
        said = WAITS if is_waiting else _("Saved. Customers see it from now on.")
        messages.success(request, str(said))
        return redirect("community:settings-persona")
    shown = Persona.objects.filter(person=request.user).first()
    context = {"form": form, "persona": shown, "section": "persona"}
    return render(request, "community/profiles/persona.html", context, status=422 if form.errors else 200)


@require_safe
def persona_photo(request: HttpRequest, name: str) -> FileResponse:
    """A photo, by a name that says nothing about whose it is."""
    path = Path(settings.MEDIA_ROOT) / "personas" / name
    if not PHOTO.fullmatch(name) or not path.is_file():
        raise Http404
    kept = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return FileResponse(path.open("rb"), content_type="image/jpeg", headers=kept)
