"""The id of the request being answered, so that a log line, an event and a complaint can be put side by side."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id that this request's answer carries in `X-Request-ID`; empty outside a request."""
    return request_id.get()
