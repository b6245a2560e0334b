"""Hubs are made once for each state of all that was read for them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from community.live.pages import kept_page, shows
from community.member_pages import member_page
from community.people.demo import is_demo_on


def hub_page(
    request: HttpRequest, template: str, context: Callable[[], dict[str, Any]], read: Any, *keys: str
) -> HttpResponse:
    """A page that is made once for each state of all that was read for it, for visitors and for members."""
    if request.user.is_authenticated:
        return member_page(request, template, context, read)
    return shows(kept_page(request, template, context, is_demo_on(), read), *keys)
