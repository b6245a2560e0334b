"""Where browsers look for a way to each other: STUN tells them their address, TURN relays when there is no direct way.

Credentials of the relay are those of coturn's `use-auth-secret` (the TURN REST scheme): the name is a moment and whose
it is, the password its HMAC-SHA1 with the shared secret. They are good for `TURN_MINUTES`; nobody is written down.
"""

import base64
import hashlib
import hmac
import time
from typing import Any

from django.conf import settings


def servers_for(call: Any, side: str) -> dict[str, Any]:
    """What a browser on this side of the call is told."""
    found: list[dict[str, Any]] = []
    if settings.STUN_URLS:
        found.append({"urls": settings.STUN_URLS})
    if settings.TURN_URLS and settings.TURN_SECRET:
        name, password = credentials(f"{call.pk}-{side}")
        found.append({"urls": settings.TURN_URLS, "username": name, "credential": password})
    return {"iceServers": found, "iceTransportPolicy": "relay" if settings.CALLS_RELAY_ONLY else "all"}


def credentials(whose: str, now: float | None = None) -> tuple[str, str]:
    """A name and a password that the relay believes for a while."""
    until = int((time.time() if now is None else now) + settings.TURN_MINUTES * 60)
    name = f"{until}:{whose}"
    digest = hmac.new(settings.TURN_SECRET.encode(), name.encode(), hashlib.sha1).digest()
    return name, base64.b64encode(digest).decode()
