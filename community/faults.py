"""When a request failed that is not the visitor's fault: what broke has an id to quote, what was refused a way on."""

import sys
from urllib.parse import urlencode, urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist, loader
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

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


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is no longer good: mostly one that was open while somebody signed in or out elsewhere."""
    back = page_before(request)
    sign_in = "" if request.user.is_authenticated else f"{reverse('account_login')}?{urlencode({'next': back or '/'})}"
    return render(request, "403_csrf.html", {"back": back, "sign_in": sign_in}, status=403)


def page_before(request: HttpRequest) -> str:
    """Where on this site the form stood; empty when the browser does not say."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def page(template: str) -> str:
    """The page without any context of the visitor's: reading a session would need what has just failed."""
    try:
        return loader.render_to_string(template, {"request_id": current_request_id()})
    except TemplateDoesNotExist:
        return loader.render_to_string("500.html", {"request_id": current_request_id()})
