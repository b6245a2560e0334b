"""While the demo moves in on the first start: one calm page says how far it is, instead of an empty community.

`up` lays a note before it starts the demo and takes it away when the demo has ended, however that was; the demo writes
into it. Web processes that `up` started meanwhile look for the note until it is gone, and never again.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.template import loader

SECONDS_BETWEEN_LOOKS = "2"
OPEN = ("/health/", "/ready/", "/static/")


def note() -> Path:
    return Path(settings.VAR / "demo.moving-in")


def begin() -> None:
    write(0, 1)


def tell(done: int, total: int) -> None:
    """How many of the demo's acts are done, for those who wait. Says nothing when nobody started it for them."""
    if note().exists():
        write(done, total)


def write(done: int, total: int) -> None:
    """In one piece: whoever looks meanwhile finds the old note or the new one."""
    unfinished = note().with_suffix(".new")
    unfinished.write_text(f"{done} {total}")
    unfinished.replace(note())


def end() -> None:
    note().unlink(missing_ok=True)


def progress() -> tuple[int, int] | None:
    """How many of how many acts are done; None when nothing moves in."""
    with suppress(OSError, ValueError):
        done, total = note().read_text().split()
        return int(done), int(total)
    return None


class MovingInMiddleware:
    """Answers pages with how far the demo is, as long as it moves in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.DEMO_MOVES_IN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.is_over = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.is_over or request.path.startswith(OPEN):
            return self.get_response(request)
        now = progress()
        if now is None:
            self.is_over = True
            return self.get_response(request)
        headers = {"Retry-After": SECONDS_BETWEEN_LOOKS, "Refresh": SECONDS_BETWEEN_LOOKS, "Cache-Control": "no-store"}
        page = loader.render_to_string("moving_in.html", {"done": now[0], "total": now[1]})  # without a session
        answer = HttpResponse(page, status=503, headers=headers)
        answer._has_been_logged = True  # type: ignore[attr-defined]  # it is no fault, so Django need not say so at every look
        return answer
