"""What the bell and the bar of the demo know on every page, asked only when drawn."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from community.notifications.notifying import unread_count


def tray(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """`unread_count`: how many notifications wait. A template that does not draw the bell costs nothing."""
    return {"unread_count": lambda: unread_count(request.user) if request.user.is_authenticated else 0}
