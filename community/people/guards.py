"""Who may open a view: `@signed_in`, `@requires(Capability.X)`, or a marked `@doorway`."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from community.people.capability_words import WORDS
from community.people.roles import Capability

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Only for people with an account; the signed-out are taken to sign-in and come back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.is_signed_in = True  # type: ignore[attr-defined]
    return guarded


def requires(*capabilities: Capability) -> Callable[[View], View]:
    """Only for staff with one of these capabilities.

    The signed-out go to sign-in, members and strangers find nothing (404), and staff who may not
    are told which policy stops them (403). The view asks itself whether the brand is theirs.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not any(request.user.can(capability) for capability in capabilities):
                refuse(request.user, capabilities)
            return view(request, *args, **kwargs)

        guarded.capability = capabilities[0]  # type: ignore[attr-defined]
        guarded.capabilities = capabilities  # type: ignore[attr-defined]
        return guarded

    return guard


def doorway(view: View) -> View:
    """Marks a view of the staff wing that is meant for everybody: a flag form, a private page, a signed hook."""
    view.is_doorway = True  # type: ignore[attr-defined]
    return view


def refuse(person: Any, capabilities: tuple[Capability, ...]) -> None:
    """Members find nothing; staff are told the policy."""
    if not person.is_team:
        raise Http404
    deeds = _(" or ").join(str(WORDS[capability]) for capability in capabilities)
    said = _("This is for whoever may %(deeds)s. Your roles do not include that: ask a supervisor if they should.")
    raise PermissionDenied(said % {"deeds": deeds})


def to_sign_in(request: HttpRequest, back: str = "") -> HttpResponse:
    """Off to sign-in and back (a GET to itself, anything else only to `back`); htmx is told by a header, with 401."""
    back = request.get_full_path() if request.method == "GET" else back
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(_sign_in_url(back))
    here = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    return HttpResponse(status=401, headers={"HX-Redirect": _sign_in_url(here)})


def _sign_in_url(back: str) -> str:
    return f"{settings.LOGIN_URL}?{urlencode({'next': back})}" if back else settings.LOGIN_URL
