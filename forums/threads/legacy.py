"""Old addresses: what nobody answers here may be an address of the site that this community moved from."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from forums.threads.places import from_legacy


class LegacyAddressMiddleware:
    """Leads from an imported thread's old address to its new one. It is asked only where nothing was found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or "\0" in request.get_full_path():
            return response
        try:
            return from_legacy(request) or response
        except Http404:
            return response
