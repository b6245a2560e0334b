"""Looking at the site as a role: every page as somebody sees it who holds that role and nothing else, for reading only.

Nobody sees more than they may see themselves: what the role may and the looker may not stays closed. Whatever a page
would write is rolled back, deeds are refused, and it ends by itself after half an hour.
"""

import time
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.roles import CAPABILITIES, Capability, Role
from community.refusals import Refusal
from moderation.decisions.models.stand_in import StandIn

KEY = "looking_as"
LASTS = 30 * 60
SAFE = {"GET", "HEAD", "OPTIONS"}
OWN = ("/settings/", "/account/")
WAYS_OUT = {"role-look", "role-look-end", "account_logout"}


def begin(request: HttpRequest, role: Role) -> None:
    """Look as this role from now on. Written down."""
    person: Any = request.user
    if role == Role.ADMINISTRATOR:
        raise Refusal(_("Nobody looks at the site as its administrator."), code="administrator", status=403)
    request.session[KEY] = {"role": role, "since": int(time.time())}
    record(Verb.ROLE_LOOKED_AS, actor=person, subject=person, role=role)


def end(request: HttpRequest) -> None:
    """Be oneself again."""
    if request.session.pop(KEY, None):
        person: Any = request.user
        record(Verb.ROLE_LOOK_ENDED, actor=person, subject=person)


def role_of(request: HttpRequest) -> Role | None:
    """As which role somebody looks at the site; None when it is too long ago, or they may not any longer."""
    looking = request.session.get(KEY) if request.user.is_authenticated else None
    if not looking or time.time() - looking["since"] > LASTS or not request.user.can(Capability.MODERATE):
        return None
    return Role(looking["role"]) if looking["role"] in CAPABILITIES else None


class LookingAs:
    """Puts the stand-in in place of the person while a page is made, and undoes whatever the page wrote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.looking_as = None
        try:
            return self.get_response(request)
        finally:
            self.put_back(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        """After the rules of sessions have seen the person."""
        if KEY not in getattr(request, "session", {}) or request.resolver_match.url_name in WAYS_OUT:
            return
        role = role_of(request)
        if role is None:
            request.session.pop(KEY, None)
            return
        if request.method not in SAFE:
            raise PermissionDenied(_("You look at the site as somebody else, for reading. End that first."))
        if request.path.startswith(OWN):
            raise PermissionDenied(_("Pages of somebody's own account are empty here: nobody stands behind a role."))
        request.looking_as, request.looker = role, request.user
        request.user = StandIn.with_role(role, request.user)
        request.undone = transaction.atomic()
        request.undone.__enter__()

    def put_back(self, request: Any) -> None:
        """The person is themselves again, and nothing was written."""
        if request.looking_as is not None:
            transaction.set_rollback(True)
            request.undone.__exit__(None, None, None)
            request.user = request.looker
