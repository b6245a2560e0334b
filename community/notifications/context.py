"""What the bell and the bar of the demo know on every page, asked only when drawn."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from community.notifications.badges import unread_count


def tray(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """`unread_count`: how many notifications wait. A template that does not draw the bell costs nothing."""

    def unread() -> int:
        if not request.user.is_authenticated:
            return 0
        known: int | None = getattr(request, "unread_count", None)  # a page that has asked already
        return unread_count(request.user) if known is None else known

    return {"unread_count": unread}
