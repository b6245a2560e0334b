"""A TCP proxy on the loopback that misbehaves on demand: it drops replies, delays, resets, or answers 429 by itself."""

import asyncio
import contextlib
import threading
from collections import deque


class FaultProxy:
    """Passes connections on to a port. Each connection takes the next fault of `faults`:

    "drop_reply" (the request goes through, its reply never comes back), "reset" (cut before anything is passed on),
    ("delay", seconds), ("answer", raw bytes); None and an empty list pass everything.
    """

    def __init__(self, target_port):
        self.target_port, self.faults, self.connections = target_port, deque(), 0
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()
        self.ready.wait(10)
        self.url = f"http://127.0.0.1:{self.port}"

    def _run(self):
        asyncio.set_event_loop(self.loop)
        self.server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self.server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()

    def stop(self):
        asyncio.run_coroutine_threadsafe(self._end(), self.loop)

    async def _end(self):
        self.server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.01)
        self.loop.stop()

    async def _serve(self, reader, writer):
        self.connections += 1
        fault = None
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            request = await self._read_request(reader)
            while request:
                fault = self.faults.popleft() if self.faults else None
                if not await self._pass_on(request, writer, fault):
                    break
                request = await self._read_request(reader)
        writer.close()

    async def _pass_on(self, request, writer, fault):
        """One request and its reply; False when the line is to be cut."""
        if fault == "reset":
            writer.transport.abort()
            return False
        if isinstance(fault, tuple) and fault[0] == "answer":
            writer.write(fault[1])
            await writer.drain()
            return False
        if isinstance(fault, tuple) and fault[0] == "delay":
            await asyncio.sleep(fault[1])
        reply = await self._ask(request)
        if fault == "drop_reply":
            await asyncio.sleep(30)
            return False
        writer.write(reply)
        await writer.drain()
        return True

    async def _ask(self, request):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target_port)
        head, _, rest = request.partition(b"\r\n")
        lines = [
            line for line in rest.split(b"\r\n\r\n")[0].split(b"\r\n") if not line.lower().startswith(b"connection:")
        ]
        body = request.partition(b"\r\n\r\n")[2]
        writer.write(b"\r\n".join([head, *lines, b"Connection: close"]) + b"\r\n\r\n" + body)
        await writer.drain()
        reply = await reader.read()
        writer.close()
        return reply

    async def _read_request(self, reader):
        """One HTTP request with its body, as bytes; empty at the end of the line."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return head + (await reader.readexactly(length) if length else b"")


def too_many(retry_after):
    """A whole 429 answer."""
    lines = ["HTTP/1.1 429 Too Many Requests", f"Retry-After: {retry_after}", "Content-Length: 0", "Connection: close"]
    head = "\r\n".join([*lines, "", ""])
    return ("answer", head.encode())
