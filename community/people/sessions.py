"""How long a session lasts, and what staff may do before they have a second factor."""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.people.demo import is_demo_session
from community.people.guards import to_sign_in
from community.prepared import Prepared

SEEN = "seen_at"
STAFF_IDLE = 30 * 60
TOUCH_STAFF, TOUCH_MEMBERS = 60, 60 * 60
ENROLMENT = {
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "demo",
    "demo-step-in",
}


class SessionRules:
    """Ends idle sessions of staff, and keeps staff without a second factor at its enrolment.

    Visitors without a session cookie are not looked at, so that public pages stay the same for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        is_team = request.user.is_team
        if is_team and has_idled(request):
            logout(request)
            messages.info(request, _("You were signed out after half an hour without a click. Your drafts are kept."))
            return to_sign_in(request)
        touch(request, TOUCH_STAFF if is_team else TOUCH_MEMBERS)
        if is_team and lacks_second_factor(request) and not is_enrolment(request):
            return to_enrolment(request)
        return None


def has_idled(request: HttpRequest) -> bool:
    """Whether the session was last used too long ago for staff."""
    return time.time() - request.session.get(SEEN, time.time()) > STAFF_IDLE


def touch(request: HttpRequest, every: int) -> None:
    """Write down, now and then, that the session is used: it lasts two weeks from its last use."""
    if time.time() - request.session.get(SEEN, 0) > every:
        request.session[SEEN] = int(time.time())
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def lacks_second_factor(request: HttpRequest) -> bool:
    """Asked at every request of staff, so that a role given in the middle of a session asks for it too."""
    return not is_demo_session(request) and second_factor.row(person=request.user.pk) is None


def _second_factor(person: int) -> QuerySet[Authenticator, tuple[Any, ...]]:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=person, type__in=kinds).values_list("pk")[:1]


second_factor = Prepared(_second_factor, person=int)


def is_enrolment(request: HttpRequest) -> bool:
    """Pages that somebody needs to set up a second factor, and the way out."""
    name = request.resolver_match.url_name if request.resolver_match else None
    return name is not None and (name.startswith("mfa_") or name in ENROLMENT)


def to_enrolment(request: HttpRequest) -> HttpResponse:
    """Off to the page that sets up a second factor."""
    url = reverse("mfa_index")
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=403, headers={"HX-Redirect": url})
    messages.info(request, _("Your role asks for a second step at sign-in. Please set it up to go on."))
    return HttpResponseRedirect(url)
