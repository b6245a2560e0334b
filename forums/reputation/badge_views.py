"""Badges: what each is for, and who has it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.live.pages import shows
from community.paging import page_of
from community.people.audience import Field, hiding
from community.people.badges import BADGES, About, Key
from forums.reputation.models import Award


def shown() -> Any:
    """Awards that anybody may see: their cause is there, and their people do not keep them to themselves."""
    return Award.objects.seen().filter(person__is_active=True).exclude(person__in=hiding(Field.BADGES))


@require_safe
def badge_list(request: HttpRequest) -> HttpResponse:
    """All badges, by what they are for, and how many people have each."""
    counts = dict(shown().order_by().values_list("badge").annotate(n=Count("pk")))
    groups = [
        (about.label, [(key, badge, counts.get(key, 0)) for key, badge in BADGES.items() if badge.about is about])
        for about in About
    ]
    return shows(render(request, "forums/reputation/badge_list.html", {"groups": groups}), "standing", "people")


@require_safe
def badge_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Who has one badge, and for what."""
    if key not in Key:
        raise Http404
    rows = shown().filter(badge=key).select_related("person", "post__thread")
    page = page_of(rows, "-created_at", request.GET.get("after", ""))
    older_url = f"?{urlencode({'after': page.older})}" if page.older else ""
    context = {"badge": BADGES[Key(key)], "key": key, "awards": page.rows, "older_url": older_url}
    return shows(render(request, "forums/reputation/badge_detail.html", context), "standing", "people")
