"""Too many tries: the answer says when to come back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WAIT = 60


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """allauth asks for this page when somebody is too quick."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(WAIT)
    return response
