"""Undo, offered: a message after a deed that has a button beside it, for as long as the deed can be undone."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

MARK = "undo"


def offer_undo(request: HttpRequest, words: Any, url: str, seconds: int | None = None) -> None:
    """Say on the next page what was done, with a button that undoes it: a POST to `url`.

    What was sent is taken back within `UNDO_SECONDS`; other deeds say themselves for how long their button stands.
    """
    seconds = settings.UNDO_SECONDS if seconds is None else seconds
    if seconds > 0:
        until = timezone.now() + timedelta(seconds=seconds)
        messages.success(request, str(words), extra_tags=f"{MARK} {url} {int(until.timestamp())}")


def undo_in(message: Any) -> dict[str, Any] | None:
    """The address and the end of what a message offers to undo."""
    parts = str(getattr(message, "extra_tags", "") or "").split()
    if len(parts) != 3 or parts[0] != MARK:
        return None
    _mark, url, until = parts
    left = int(until) - int(timezone.now().timestamp())
    return {"url": url, "left": left} if left > 0 else None
