"""Watching, tracking and muting: the control on the page of a thing, and all of one's levels on one page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.notifications.watched import PLACES, level_of, place_at, set_level
from community.people.guards import signed_in
from community.people.requests import PersonRequest


@signed_in
@require_POST
def watch_set(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """How much of a place. Answers with the control, or goes back to where it was pressed."""
    place = place_at(f"{kind}:{pk}", request.user)
    if place is None:
        raise Http404
    set_level(request.user, place.code, request.POST.get("level", ""))
    if request.htmx:
        context = {"place": place, "level": level_of(request.user, place.code)}
        return render(request, "community/notifications/_level.html", context)
    return redirect("community:watch-list" if "overview" in request.POST else place.url)


@signed_in
@require_safe
def watch_list(request: PersonRequest) -> HttpResponse:
    """Everything that one watches, tracks and has muted."""
    said = [{"kind": kind, "places": list(place.said_by(request.user))} for kind, place in PLACES.items()]
    context = {"said": said, "is_empty": not any(row["places"] for row in said), "section": "watching"}
    return render(request, "community/notifications/watching.html", context)
