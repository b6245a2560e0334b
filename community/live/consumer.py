"""The one socket of a page: it listens to many streams, each asked for at the moment of listening."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from community.live import limits
from community.live.broadcasting import REVOKED, session_digest
from community.live.hub import hub
from community.live.limits import BROKE_A_RULE, SILENCE, TOO_BIG, TOO_FAST, Pace
from community.live.line import PAUSED, line
from community.live.origins import is_own_origin
from community.live.outlet import PREFIX, outlet
from community.live.signals import pass_on, side_in
from community.live.streams import GONE, hears, may_listen, tell
from community.live.visitors import NoEntry, in_thread, person_of, session_key_of

CHECK_AGAIN = 60.0
"""Seconds after which an open socket's session and streams are asked again, should a closing have been missed."""
LOOK_EVERY = 20.0
BACKLOG = 200
"""Frames that may wait for a slow page; it is then closed, and catches up when it returns."""
SLOW = 1013
WORD = re.compile(r"[a-z]{1,20}")
"""What a page may say into a stream: one word, such as `typing`."""
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class LiveConsumer(AsyncWebsocketConsumer):
    """From the page: listen, unlisten, tell, signal, ping. To it: listening, refused, event, paused, resumed, pong."""

    channel_layer_alias = "none"  # the hub and the line hand out frames: numbered, and with gaps noticed

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """The server closes a socket only while nobody waits for its next frame; so to shut it, waiting ends first."""
        self.shut_with: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def next_frame() -> dict[str, Any]:
            return await receive()  # a task of our own: what the server hands out is not made to be cancelled

        async def receive_until_shut() -> dict[str, Any]:
            frame = asyncio.create_task(next_frame())
            either: set[asyncio.Future[Any]] = {frame, self.shut_with}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if frame.done() and (not self.shut_with.done() or frame.result()["type"] == "websocket.disconnect"):
                return frame.result()
            frame.cancel()
            await asyncio.gather(frame, return_exceptions=True)
            await send({"type": "websocket.close", "code": self.shut_with.result()})
            return {"type": "websocket.disconnect", "code": self.shut_with.result()}

        await super().__call__(scope, receive_until_shut, send)

    async def connect(self) -> None:
        self.id, self.loop = uuid4().hex, asyncio.get_running_loop()
        self.streams: set[str] = set()
        self.told: set[str] = set()  # streams into which the page has said something
        self.pace, self.is_shut, self.heard_at = Pace(), False, self.loop.time()
        self.waiting: asyncio.Queue[str | int] = asyncio.Queue()
        self.tasks: list[asyncio.Task[None]] = []
        headers = self.scope["headers"]
        self.session_key = session_key_of(headers)
        try:
            if not is_own_origin(headers):
                raise NoEntry
            self.person = await in_thread(person_of, self.session_key)
        except NoEntry:
            self.is_shut = True
            await self.close()
            return
        self.session = session_digest(self.session_key) if self.person.is_authenticated else ""
        self.owner = f"person:{self.person.pk}" if self.session else f"address:{address_of(self.scope)}"
        line.start()
        await self.accept()
        hub.join(self)
        self.tasks = [asyncio.create_task(self._send_for_ever()), asyncio.create_task(self._check_for_ever())]
        if settings.REDIS_URL and not line.is_up:
            self.offer(PAUSED)
        await in_thread(limits.make_room, self.owner, self.id)

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Frames touch no database in the event loop's own thread, so there are no connections to look after."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.heard_at = self.loop.time()
        if self.is_shut:
            return
        if len(text_data or bytes_data or "") > limits.FRAME:
            self.shut(TOO_BIG)
        elif not self.pace.is_kept():
            self.shut(TOO_FAST)
        else:
            await self._obey(read(text_data))

    async def _obey(self, frame: dict[str, Any]) -> None:
        stream = frame.get("stream")
        match frame.get("type"):
            case "ping":
                self.offer('{"type":"pong"}')
            case "listen" if isinstance(stream, str):
                await self._listen(stream, frame.get("since"), frame.get("version"))
            case "unlisten" if isinstance(stream, str):
                await self._unlisten(stream)
            case "tell" if isinstance(stream, str) and WORD.fullmatch(str(frame.get("word"))):
                await self._tell(stream, frame["word"])
            case "signal" if isinstance(stream, str) and isinstance(frame.get("data"), dict):
                await self._signal(stream, frame["data"])
            case _:
                self.shut(BROKE_A_RULE)

    async def _listen(self, stream: str, since: Any, version: Any) -> None:
        """Begin to listen, if the person may; before the stream's number is read, so that nothing falls between."""
        if len(self.streams) >= limits.STREAMS and stream not in self.streams:
            self.shut(BROKE_A_RULE)
            return
        if not await in_thread(may_listen, self.person, stream):
            self.offer(json.dumps({"type": "refused", "stream": stream[:100]}))
            return
        if self.is_shut:
            return
        self.streams.add(stream)
        hub.listen(self, stream)
        seq, newest = await in_thread(begin_to_listen, stream)
        missed = (isinstance(since, int) and seq is not None and since != seq) or (
            isinstance(version, int) and newest is not None and version < newest
        )
        self.offer(json.dumps({"type": "listening", "stream": stream, "seq": seq, "missed": missed}))

    async def _unlisten(self, stream: str) -> None:
        if stream in self.streams:
            self.streams.discard(stream)
            hub.unlisten(self, stream)
            await self._take_leave({stream})

    async def _tell(self, stream: str, word: str) -> None:
        """Pass on a word, from a page that was let into the stream and to whoever wants to hear it."""
        if stream in self.streams and hears(stream):
            self.told.add(stream)
            await in_thread(tell, self.person, stream, word, self.id)

    async def _signal(self, stream: str, data: dict[str, Any]) -> None:
        """Pass on what a browser says to find another, after asking anew whether this person may."""
        side = await in_thread(side_in, self.person, stream) if stream in self.streams else ""
        if side:
            await in_thread(pass_on, stream, side, data)
        else:
            self.offer(json.dumps({"type": "refused", "stream": stream[:100]}))

    async def _take_leave(self, streams: set[str]) -> None:
        """The page is gone from streams in which it was known to be."""
        for stream in self.told & streams:
            await in_thread(tell, self.person, stream, GONE, self.id)
        self.told -= streams

    def offer(self, frame: str) -> None:
        """Put a frame in line for the page."""
        if self.is_shut:
            return
        if self.waiting.qsize() >= BACKLOG:
            self.shut(SLOW)
        else:
            self.waiting.put_nowait(frame)

    def shut(self, code: int) -> None:
        """Close the socket; no frame goes out after this."""
        if not self.is_shut:
            self.is_shut = True
            hub.leave(self, list(self.streams))
            self.waiting = asyncio.Queue()
            self.shut_with.set_result(code)

    async def _send_for_ever(self) -> None:
        while not self.is_shut:
            frame = await self.waiting.get()
            if not self.is_shut:
                await self.send(text_data=str(frame))

    async def _check_for_ever(self) -> None:
        """The safety net: a silent page is gone, and a session or a stream may have been lost without a word."""
        asked_at = self.loop.time()
        while not self.is_shut:
            await asyncio.sleep(LOOK_EVERY)
            if self.loop.time() - self.heard_at > SILENCE:
                self.shut(1001)
            elif self.loop.time() - asked_at > CHECK_AGAIN:
                asked_at = self.loop.time()
                await self._check()

    async def _check(self) -> None:
        try:
            self.person = await in_thread(person_of, self.session_key)
        except NoEntry:
            self.shut(REVOKED)
            return
        for stream in list(self.streams):
            if not await in_thread(may_listen, self.person, stream):
                self.shut(REVOKED)

    async def disconnect(self, code: int) -> None:
        self.is_shut = True
        for task in self.tasks:
            task.cancel()
        hub.leave(self, list(self.streams))
        await self._take_leave(set(self.told))
        if self.tasks and outlet is not None:
            await in_thread(outlet.forget, f"{PREFIX}:sockets:{self.owner}", self.id)


def begin_to_listen(stream: str) -> tuple[int | None, int | None]:
    """Let it be known that the stream is listened to, and only then read where it stands: nothing falls between."""
    if outlet is None:
        return hub.standing(stream)
    outlet.note_listened([stream])
    return outlet.standing(stream)


def read(text: str | None) -> dict[str, Any]:
    """A frame as a dictionary; an empty one, which breaks a rule, for whatever is not one."""
    try:
        frame = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return frame if isinstance(frame, dict) else {}


def address_of(scope: dict[str, Any]) -> str:
    """The visitor's address; behind trusted proxies the one that the outermost of them saw."""
    forwarded = [value.decode("latin1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    hops = [hop.strip() for value in forwarded for hop in value.split(",")]
    trusted = settings.TRUSTED_PROXY_COUNT
    return hops[-trusted] if trusted and len(hops) >= trusted else (scope.get("client") or ["unknown"])[0]
