"""When a request failed that is not the visitor's fault: what broke has an id to quote."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader

from community.events.requests import current_request_id

RETRY_AFTER_SECONDS = "5"


def server_error(request: HttpRequest) -> HttpResponse:
    """The last resort of every request: 503 while the database is away, 500 for a mistake of ours."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    response = HttpResponse(page(f"{status}.html"), status=status)
    if away:
        response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def page(template: str) -> str:
    """The page without any context of the visitor's: reading a session would need what has just failed."""
    try:
        return loader.render_to_string(template, {"request_id": current_request_id()})
    except TemplateDoesNotExist:
        return loader.render_to_string("500.html", {"request_id": current_request_id()})
