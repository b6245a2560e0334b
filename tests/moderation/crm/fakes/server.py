"""What all fakes share: a server on the loopback, a clock that moves a second with each write, and routes."""

import json
import re
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass
class Request:
    """One request as it came."""

    method: str
    path: str
    query: dict
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body or b"{}")


class FakeServer:
    """Routes are `("GET", pattern, name of the method)`; a method answers (status, body) or (status, body, headers)."""

    routes = ()

    def __init__(self):
        self.lock, self.ticks, self.numbers, self.arrived = threading.RLock(), 0, 100, []
        self.broken = []  # what the fake itself failed at: a test with such is none
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def now(self):
        """A time that is a second later with each write: these CRMs' times are coarse, and tests are quick."""
        self.ticks += 1
        return datetime.now(UTC) + timedelta(seconds=self.ticks)

    def number(self):
        self.numbers += 1
        return self.numbers

    def answer(self, request):
        self.arrived.append((request.method, request.path))
        refused = self.refuse(request)
        if refused:
            return refused
        for method, pattern, name in self.routes:
            found = re.fullmatch(pattern, request.path)
            if method == request.method and found:
                return getattr(self, name)(request, *[unquote(part) for part in found.groups()])
        return 404, {"message": "no such address"}

    def refuse(self, request):
        """An answer for who is not proved; None lets them in."""


def handler_for(fake):
    """The handler of one fake."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def do(self):
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            with fake.lock:
                try:
                    status, said, *more = fake.answer(Request(self.command, parts.path, query, headers, body))
                except Exception as error:
                    fake.broken.append(error)
                    status, said, more = 500, {"message": "the fake itself failed"}, []
            raw = said if isinstance(said, bytes) else b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            for name, value in (more[0] if more else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do

    return Handler
