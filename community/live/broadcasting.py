"""broadcast(): send a fragment to everybody who listens to a stream. close_sockets(): show a person the door."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from community.live.hub import hub
from community.live.outlet import outlet

REVOKED = 4403
"""The close code that says: what you were allowed to hear has changed."""


MISSED = "resumed"
"""What a page hears that began to listen in the moment in which nobody did: it fetches again what changed."""
Context = dict[str, Any] | Callable[[], dict[str, Any]]


def broadcast(
    stream: str, template: str, context: Context, *, event: str = "changed", version: int | None = None
) -> None:
    """Render the fragment, with no viewer in it, and send it to the stream's listeners after commit.

    Most streams have no listeners: then nothing is rendered, and a `context` that is a function is not asked.

    `event` names the DOM event that the page gets (`live:changed`). `version` is the version that the shown row has
    now: a page that was rendered at an older one learns that it missed something, even if it had not listened yet.
    Without a template only the event is sent.
    """
    transaction.on_commit(lambda: _send(stream, template, context, event, version), robust=True)


def _send(stream: str, template: str, context: Context, event: str, version: int | None) -> None:
    html = ""
    if template and (outlet or hub).is_heard(stream):
        html = render_to_string(template, context() if callable(context) else context)
    elif template:
        event = MISSED
    frame: dict[str, Any] = {"type": "event", "stream": stream, "event": event, "html": html}
    if version is not None:
        frame["version"] = version
    if outlet:
        outlet.send_event(stream, frame)
    else:
        hub.number_and_deliver(stream, frame)


def close_sockets(person: Any, *, code: int = REVOKED, session_key: str = "") -> None:
    """Close a person's sockets on every process, or with `session_key` those of one session, after commit."""
    order = {
        "close": code,
        "owner": "" if session_key else f"person:{person.pk}",
        "session": session_digest(session_key),
    }
    transaction.on_commit(lambda: _close(order), robust=True)  # a partial has no name for Django's log


def _close(order: dict[str, Any]) -> None:
    hub.close(order["close"], owner=order["owner"], session=order["session"])
    if outlet:
        outlet.tell(order)


def session_digest(session_key: str) -> str:
    """A session's name that may be spoken aloud on the line."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:32] if session_key else ""
