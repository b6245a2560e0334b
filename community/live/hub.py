"""The sockets of this process: who is connected, who listens to what, and handing frames to them."""

import asyncio
import json
import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Protocol


class Socket(Protocol):
    """What the hub needs to know of a connected socket."""

    id: str
    owner: str  # "person:7", or "address:192.0.2.1" for the signed-out
    session: str  # digest of the session key, empty for the signed-out
    loop: asyncio.AbstractEventLoop

    def offer(self, frame: str) -> None: ...

    def shut(self, code: int) -> None: ...


class Hub:
    """Safe to call from any thread; the sockets are touched in their own event loop only."""

    def __init__(self) -> None:
        self.sockets: dict[str, Socket] = {}
        self.listening: dict[str, set[Socket]] = defaultdict(set)
        self.sequences: Counter[str] = Counter()  # used when one process serves alone
        self.versions: dict[str, int] = {}
        self.lock = threading.Lock()

    def join(self, socket: Socket) -> None:
        with self.lock:
            self.sockets[socket.id] = socket

    def leave(self, socket: Socket, streams: Iterable[str]) -> None:
        with self.lock:
            self.sockets.pop(socket.id, None)
        for stream in streams:
            self.unlisten(socket, stream)

    def listen(self, socket: Socket, stream: str) -> None:
        with self.lock:
            self.listening[stream].add(socket)

    def unlisten(self, socket: Socket, stream: str) -> None:
        with self.lock:
            self.listening[stream].discard(socket)
            if not self.listening[stream]:
                del self.listening[stream]

    @property
    def streams(self) -> list[str]:
        """What the pages of this process listen to."""
        with self.lock:
            return list(self.listening)

    def heard(self, streams: Collection[str]) -> set[str]:
        """To which of these streams a page of this process listens."""
        with self.lock:
            return {stream for stream in streams if stream in self.listening}

    def number_and_deliver(self, stream: str, frame: dict[str, Any]) -> None:
        """Hand out a frame that came from this very process, when there is no line."""
        with self.lock:
            self.sequences[stream] += 1
            if "version" in frame:
                self.versions[stream] = frame["version"]
            frame = {"seq": self.sequences[stream], **frame}
        self.deliver(json.dumps(frame))

    def deliver(self, frame: str) -> None:
        """Hand a numbered frame to everybody who listens to its stream."""
        with self.lock:
            sockets = list(self.listening.get(json.loads(frame)["stream"], ()))
        for socket in sockets:
            socket.loop.call_soon_threadsafe(socket.offer, frame)

    def standing(self, stream: str) -> tuple[int | None, int | None]:
        """The number of a stream's last frame and the newest version told there, when one process serves alone."""
        with self.lock:
            return self.sequences[stream], self.versions.get(stream)

    def tell_all(self, frame: str) -> None:
        """Hand a frame to every socket, such as that live updates are paused."""
        with self.lock:
            sockets = list(self.sockets.values())
        for socket in sockets:
            socket.loop.call_soon_threadsafe(socket.offer, frame)

    def close(self, code: int, *, owner: str = "", session: str = "", ids: Iterable[str] = ()) -> None:
        """Close the sockets of a person, of one session, or some by their ids."""
        wanted = set(ids)
        for socket in self.of(owner, session, wanted):
            socket.loop.call_soon_threadsafe(socket.shut, code)

    def of(self, owner: str = "", session: str = "", ids: set[str] | None = None) -> list[Socket]:
        """The sockets of a person or a session, oldest first."""
        with self.lock:
            return [
                socket
                for socket in self.sockets.values()
                if (owner and socket.owner == owner)
                or (session and socket.session == session)
                or socket.id in (ids or ())
            ]


hub = Hub()
