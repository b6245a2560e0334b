"""A form whose token fits no longer: somebody signed in or out in another tab while it was open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from community.people.guards import to_sign_in


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page says so. A part of a page comes anew as a whole, where the browser's draft is found again.

    Whoever is signed out signs in first, and comes back to where they wrote.
    """
    if not request.htmx:  # type: ignore[attr-defined]
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return to_sign_in(request)
    messages.info(request, _("Please send it once more: you have signed in or out meanwhile. Your text is kept."))
    here = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    return HttpResponse(status=403, headers={"HX-Redirect": here})
