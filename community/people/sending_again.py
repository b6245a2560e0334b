"""A form whose token fits no longer: somebody signed in or out in another tab while it was open."""

from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from community.people.guards import to_sign_in


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page says so, and leads back to the form. A part of a page comes anew as a whole, where the browser's draft is
    found again.

    Whoever is signed out signs in first, and comes back to where they wrote.
    """
    if not request.htmx:  # type: ignore[attr-defined]
        return lead_back(request)
    if not request.user.is_authenticated:
        return to_sign_in(request)
    messages.info(request, _("Please send it once more: you have signed in or out meanwhile. Your text is kept."))
    here = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    return HttpResponse(status=403, headers={"HX-Redirect": here})


def lead_back(request: HttpRequest) -> HttpResponse:
    """The page that says so: the way to where the form stood, and to the sign-in for whoever is signed out."""
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
