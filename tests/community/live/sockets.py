"""Opening the site's socket in a test, through the front, as a browser does."""

import asyncio
import json
from contextlib import asynccontextmanager

from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from community.front import application

HOST = "testserver"
PATIENCE = 30
"""Seconds in which a busy machine says what it has to say."""


def session_cookie(person) -> str:
    """A cookie of a fresh session of this person."""
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def visit(cookie: str = "", origin: str | None = f"http://{HOST}", path: str = "/live/") -> WebsocketCommunicator:
    """A handshake that has not begun."""
    headers = [(b"host", HOST.encode())]
    headers += [(b"origin", origin.encode())] if origin is not None else []
    headers += [(b"cookie", cookie.encode())] if cookie else []
    return WebsocketCommunicator(application, path, headers=headers)


@asynccontextmanager
async def open_socket(cookie: str = "", **fields):
    """A socket that was let in."""
    socket = visit(cookie, **fields)
    is_in, _ = await socket.connect(timeout=PATIENCE)
    assert is_in, "the socket was refused"
    try:
        yield socket
    finally:
        await socket.disconnect()


async def listen(socket, stream: str, **fields) -> dict:
    """Listen to a stream; answers what the site said to that."""
    await socket.send_json_to({"type": "listen", "stream": stream, **fields})
    return await hear(socket)


async def hear(socket, timeout: float = PATIENCE) -> dict:
    """The next frame."""
    return json.loads(await socket.receive_from(timeout=timeout))


async def closing_code(socket, timeout: float = PATIENCE) -> int:
    """Wait until the site closes the socket; whatever it still says before is read over."""
    async with asyncio.timeout(timeout):
        while True:
            message = await socket.receive_output(timeout=timeout)
            if message["type"] == "websocket.close":
                return message.get("code", 1000)
