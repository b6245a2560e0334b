"""A front of its own around small views, without a server: the front's rules are about requests and answers."""

import pytest
from django.core.handlers.wsgi import WSGIHandler

from community.serving.bridge import Bridge
from community.serving.door import Door
from community.serving.memory import Memory
from tests.loops import run_loop


class Front:
    """Ask a front as the HTTP server does; `asked` counts what reached Django."""

    def __init__(self, app) -> None:
        self.memory = Memory(room=2_000_000)
        self.asked = 0
        self.is_trusted = True
        self.app = app
        bridge = Bridge(self.count, threads=2, largest_body=100_000)
        self.door = Door(self.memory, bridge, is_trusted=lambda: self.is_trusted)

    def count(self, environ, start_response):
        self.asked += 1
        return self.app(environ, start_response)

    def get(self, path="/", *, method="GET", query="", body=b"", pieces=None, **headers):
        """Status, headers and body of the answer."""
        return run_loop(self.ask(path, method, query, pieces or [body], headers))

    async def ask(self, path, method="GET", query="", pieces=(b"",), headers=None):
        named = {"host": "testserver", **{k.replace("_", "-"): v for k, v in (headers or {}).items()}}
        scope = {
            "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path,
            "query_string": query.encode(), "root_path": "", "server": ("testserver", 80), "client": ("192.0.2.1", 5),
            "headers": [(k.encode(), v.encode()) for k, v in named.items()],
        }  # fmt: skip
        waiting = list(pieces)
        sent = []

        async def receive():
            return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

        async def send(message):
            sent.append(message)

        await self.door.answer(scope, receive, send)
        start, *rest = sent
        headers = {k.decode(): v.decode() for k, v in start["headers"]}
        return start["status"], headers, b"".join(message["body"] for message in rest)


@pytest.fixture
def front(settings):
    """A front before the views of `tests/community/front/pages.py`."""
    settings.ROOT_URLCONF = "tests.community.front.pages"
    return Front(WSGIHandler())
