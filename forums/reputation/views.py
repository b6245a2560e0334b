"""How standing works, for everybody; and where one's own points come from."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.live.pages import shows
from community.paging import page_of
from community.people.guards import signed_in
from community.people.requests import PersonRequest
from forums.reputation.bundling import bundled
from forums.reputation.models import Point, Standing
from forums.reputation.progress import progress
from forums.reputation.rules import GIVES_NOTHING, RULES


@require_safe
def standing_rules(request: HttpRequest) -> HttpResponse:
    """What earns points, what does not, and what they are good for."""
    context = {"rules": RULES.values(), "gives_nothing": GIVES_NOTHING}
    return shows(render(request, "forums/reputation/rules.html", context), "standing")


@signed_in
@require_safe
def standing_ledger(request: PersonRequest) -> HttpResponse:
    """Every line of one's own ledger, the newest first."""
    page = page_of(Point.objects.of(request.user), "-created_at", request.GET.get("after", ""))
    standing = Standing.objects.filter(person=request.user).first() or Standing(person=request.user)
    older_url = f"?{urlencode({'after': page.older})}" if page.older else ""
    context = {
        "standing": standing,
        "bundles": bundled(page.rows),
        "older_url": older_url,
        "progress": progress(request.user),
    }
    return render(request, "forums/reputation/ledger.html", context)
