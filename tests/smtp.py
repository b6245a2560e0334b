"""A real mail server on loopback that keeps what it is given, and can be told to refuse or to end rudely."""

import email
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Keeps mails with their envelopes; `refuse_with` answers every mail with that line, `farewell` is said at QUIT."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[Any] = []
        self.raw: list[bytes] = []
        self.refuse_with = ""
        self.farewell = "221 Bye"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse_with:
            return self.refuse_with
        self.raw.append(envelope.content)
        self.envelopes.append(envelope)
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        return self.farewell


@contextmanager
def mail_server(port: int) -> Iterator[Sink]:
    """The server, for as long as the block lasts."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
