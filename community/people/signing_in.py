"""The moment somebody signs in: the clock of the session starts."""

import time
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from community.people.sessions import SEEN


@receiver(user_logged_in)
def start_the_clock(request: Any = None, **_: Any) -> None:
    """Written with the rest of the new session, so that the first page costs nothing more."""
    if request is not None and hasattr(request, "session"):
        request.session[SEEN] = int(time.time())
