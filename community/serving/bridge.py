"""The bridge from ASGI to Django's WSGI: whole bodies in, whole answers out, one hop to a thread and back.

Django's own ASGI side costs several times as much for ordinary views. Bodies are read before a thread is taken, so slow
uploads hold no thread; large ones wait on disk.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

from a2wsgi.wsgi import build_environ
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponseBase

from community.serving.answers import Answer, Headers

log = logging.getLogger(__name__)
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
IN_MEMORY = 1_000_000
SLOWEST = 30.0
"""Seconds that may pass between two pieces of a body."""
END = object()


class Refused(Exception):
    """The request is not passed on: too big, too slow, or gone."""

    def __init__(self, status: int) -> None:
        self.status = status


@dataclass
class Stream:
    """An answer that comes in pieces, such as a file."""

    status: int
    headers: Headers
    pieces: Iterator[bytes]
    close: Callable[[], None]


class Bridge:
    """Runs Django's WSGI application in a pool of threads, each with its own database connection."""

    def __init__(self, app: WSGIHandler, threads: int, largest_body: int) -> None:
        self.app = app
        self.largest_body = largest_body
        self.pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="django")

    async def ask(self, scope: dict[str, Any], receive: Receive) -> Answer | Stream:
        """Django's answer to a request. Raises Refused when the body is not to be had."""
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            length = await self._read(scope, receive, body)
            return await asyncio.get_running_loop().run_in_executor(self.pool, self._run, scope, body, length)

    async def pieces(self, stream: Stream) -> Any:
        """The pieces of a stream, each fetched in a thread."""
        loop = asyncio.get_running_loop()
        try:
            while (piece := await loop.run_in_executor(self.pool, next, stream.pieces, END)) is not END:
                yield piece
        finally:
            await loop.run_in_executor(self.pool, stream.close)

    async def _read(self, scope: dict[str, Any], receive: Receive, body: Any) -> int:
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not declared.isdigit() or int(declared) > self.largest_body:
            raise Refused(413 if declared.isdigit() else 400)
        if scope["method"] in ("GET", "HEAD") and declared == b"0":
            return 0
        length = 0
        while True:
            try:
                message = await asyncio.wait_for(receive(), SLOWEST)
            except TimeoutError:
                raise Refused(408) from None
            if message["type"] == "http.disconnect":
                raise Refused(400)
            length += body.write(message.get("body", b""))
            if length > self.largest_body:
                raise Refused(413)
            if not message.get("more_body", False):
                body.seek(0)
                return length

    def _run(self, scope: dict[str, Any], body: Any, length: int) -> Answer | Stream:
        environ: Any = build_environ(scope, body)  # type: ignore[arg-type]
        environ["CONTENT_LENGTH"] = str(length)  # a chunked body has been read by now, and its length is known
        started: list[tuple[int, Headers]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], None]:
            pairs = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
            started[:] = [(int(status[:3]), pairs)]
            return lambda piece: None

        response: HttpResponseBase = self.app(environ, start_response)
        [(status, headers)] = started
        if response.streaming:
            return Stream(status, headers, pieces=iter(response), close=response.close)  # type: ignore[call-overload]
        try:
            return Answer(status, headers, body=b"".join(response))
        finally:
            response.close()
