"""Who asks: a key in the header and nothing else. A browser's session is nobody here: no page can be made to post."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.api.models import SIGN, ApiKey
from community.api.problems import Problem
from community.api.scopes import Act, Area, scope
from community.people.backends import SignedInBackend
from community.people.networks import network_of
from community.people.reading_only import refuse_reader

MINUTE = 60
TELLS_WHO = {"WWW-Authenticate": 'Bearer realm="Porchlight"'}


def enter(request: Any, *, area: str, act: str, is_public: bool) -> None:
    """Put the key's owner in the place of whoever asks; Raises the Problem of a key that does not open this."""
    refuse_key_in_address(request)
    key = key_shown(request)
    request.user, request.api_key = AnonymousUser(), key
    if key is None:
        refuse_too_quick(f"network:{network_of(request)}", settings.API_READS_A_MINUTE_WITHOUT_KEY)
        if not is_public:
            raise Problem(401, "key_missing", _("Send your key as Authorization: Bearer …"), TELLS_WHO)
        return
    owner = SignedInBackend().get_user(key.person_id)
    if owner is None or (owner.is_team and not key.is_of_team):
        raise refused_key()
    reads, writes = settings.API_READS_A_MINUTE, settings.API_WRITES_A_MINUTE
    refuse_too_quick(f"{act}:{owner.pk}", reads if act == "read" else writes)
    if scope(area, act) not in key.scopes:
        sentence = _("This key may not do that: it lacks the scope “%(scope)s”.")
        raise Problem(403, "scope_missing", sentence % {"scope": scope(area, act)})
    if act == Act.WRITE and area != Area.OWN:
        refuse_reader(owner)
    key.note_use()
    request.user = owner


def key_shown(request: HttpRequest) -> ApiKey | None:
    """The key of the header; none when there is none. One that does not open, for whatever reason, is refused."""
    header = request.headers.get("Authorization", "")
    if not header:
        return None
    kind, _blank, token = header.partition(" ")
    key = ApiKey.objects.opening(token.strip()) if kind.lower() == "bearer" else None
    if key is None:
        raise refused_key()
    return key


def refused_key() -> Problem:
    """Made up, past its day, taken back, or of somebody who may not come in: all look alike."""
    sentence = _(
        "This key opens nothing: it may be over, or its owner may not come in. Make a new one in the settings."
    )
    return Problem(401, "key_over", sentence, TELLS_WHO)


def refuse_key_in_address(request: HttpRequest) -> None:
    """Addresses are kept in logs and histories: a key that stands in one is refused, so that nobody gets used to it."""
    values = [value for _name, values in request.GET.lists() for value in values]
    if any(value.startswith(SIGN) for value in [*values, *request.path.split("/")]):
        sentence = _("A key never goes into an address. Take this one back, and send the next in the header.")
        raise Problem(400, "key_in_address", sentence)


def refuse_too_quick(who: str, most: int) -> None:
    """So many requests a minute, whichever key of theirs somebody uses."""
    now = int(time.time())
    place = f"api:{who}:{now // MINUTE}"
    cache.add(place, 0, MINUTE * 2)
    try:
        count = cache.incr(place)
    except ValueError:  # the cache was emptied in between
        return
    if count > most:
        wait = MINUTE - now % MINUTE
        sentence = _("That was %(most)s requests in a minute. Come back in %(wait)s seconds.")
        raise Problem(429, "too_fast", sentence % {"most": most, "wait": wait}, {"Retry-After": str(wait)})
