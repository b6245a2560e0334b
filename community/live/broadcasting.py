"""broadcast(): send a fragment to everybody who listens to a stream. close_sockets(): show a person the door."""

import hashlib
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.template.loader import render_to_string

from community.live.hub import hub
from community.live.outlet import outlet

log = logging.getLogger(__name__)
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
    message = Message(stream, template, context, event, version)
    savepoints = tuple(sid for sid in connection.savepoint_ids if sid)
    for _, waiting, _ in connection.run_on_commit:  # type: ignore[misc]  # the stubs have not heard of "robust"
        if isinstance(waiting, Sending) and waiting.savepoints == savepoints:
            waiting.messages.append(message)
            return
    transaction.on_commit(Sending([message], savepoints), robust=True)


@dataclass(frozen=True)
class Message:
    """What one stream's listeners get."""

    stream: str
    template: str
    context: Context
    event: str
    version: int | None

    def frame(self, heard: Collection[str]) -> dict[str, Any]:
        """As it goes over the line."""
        html, event = "", self.event
        if self.template and self.stream in heard:
            html = render_to_string(self.template, self.context() if callable(self.context) else self.context)
        elif self.template:
            event = MISSED
        frame: dict[str, Any] = {"type": "event", "stream": self.stream, "event": event, "html": html}
        return frame if self.version is None else {**frame, "version": self.version}


@dataclass
class Sending:
    """The messages of one transaction: asked for at once who listens, and sent at once, in their order."""

    messages: list[Message]
    savepoints: tuple[str, ...]

    def __call__(self) -> None:
        shown = {message.stream for message in self.messages if message.template}
        heard = (outlet or hub).heard(shown) if shown else set()
        frames = []
        for message in self.messages:
            try:
                frames.append((message.stream, message.frame(heard)))
            except Exception:  # one that cannot be rendered is in nobody's way
                log.exception("a fragment failed", extra={"stream": message.stream, "template": message.template})
        if outlet:
            outlet.send_events(frames)
        else:
            for stream, frame in frames:
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
