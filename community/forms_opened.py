"""When a form was opened: its one-time key says so, signed, so that what is sent faster than typed is noticed.

It needs no script, and a page that is kept gets its keys when it is finished for its reader.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from secrets import token_hex

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

SIGNED = 16
"""Letters of the signature: 64 bits."""


def new_key(opened: int | None = None) -> str:
    """A key for one form that is opened now, or was at another moment and comes back with its text."""
    body = f"{token_hex(10)}.{int_to_base36(opened or int(time.time() * 1000))}"
    return f"{body}.{signed(body)}"


def signed(body: str) -> str:
    return salted_hmac("a form was opened", body).hexdigest()[:SIGNED]


def opened_at(key: str) -> int | None:
    """The moment in milliseconds; None when we did not sign it. `~` and letters tell apart what one page sent twice."""
    body, _dot, signature = key.partition("~")[0].rpartition(".")
    if not constant_time_compare(signature, signed(body)):
        return None
    try:
        return base36_to_int(body.rpartition(".")[2])
    except ValueError:
        return None


def key_again(request: HttpRequest | None) -> str:
    """A key for a form that comes back after it was sent: it was opened when it was first opened."""
    sent = request.POST.get("once", "") if request is not None and request.method == "POST" else ""
    return new_key(opened_at(sent) if sent else None)


@dataclass(frozen=True)
class Sent:
    """A form that a browser sent."""

    request: HttpRequest

    @property
    def seconds(self) -> float | None:
        """For how long it was open; None when it does not say so with our signature."""
        moment = opened_at(self.request.POST.get("once", ""))
        return None if moment is None else max(0.0, time.time() - moment / 1000)


_sent: ContextVar[Sent | None] = ContextVar("sent_form", default=None)


def sent_form() -> Sent | None:
    """The form that is being worked on; None for what comes by mail, by import or from a program of ours."""
    return _sent.get()


class FormOpenedMiddleware:
    """Whoever is asked about a text in a request knows by which form it came. JSON comes from programs, by no form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.content_type == "application/json":
            return self.get_response(request)
        token = _sent.set(Sent(request))
        try:
            return self.get_response(request)
        finally:
            _sent.reset(token)
