"""The accounts of one network, device or mail domain."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.people.guards import requires
from community.people.roles import Capability
from moderation.decisions.views.page import nav_context
from moderation.waves.places import KINDS, SHORT, people_of

MOST = 100


@requires(Capability.MODERATE)
@require_safe
def place_detail(request: HttpRequest, kind: str, value: str) -> HttpResponse:
    """Who came from there in the last weeks."""
    if kind not in KINDS:
        raise Http404
    people = list(people_of(kind, value)[:MOST])
    if not people:
        raise Http404
    name = value if kind == "domain" else value[:SHORT]
    context = {**nav_context(request), "kind": kind, "label": KINDS[kind], "name": name, "people": people}
    return render(request, "moderation/waves/place_detail.html", context)
