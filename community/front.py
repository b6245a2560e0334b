"""The site's front door: sockets to Channels, ready pages from memory, every other request to Django."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

wsgi = get_wsgi_application()  # sets Django up, so what follows may import the site

from community.live.consumer import LiveConsumer  # noqa: E402
from community.live.line import line  # noqa: E402
from community.live.purging import when_purged  # noqa: E402
from community.serving.bridge import Bridge, Receive, Send  # noqa: E402
from community.serving.door import Door  # noqa: E402
from community.serving.memory import Memory  # noqa: E402
from community.serving.warming import warm_up  # noqa: E402

memory = Memory(room=settings.FRONT_MEMORY_MB * 1_000_000)
when_purged(memory.purge)
bridge = Bridge(wsgi, threads=settings.FRONT_THREADS, largest_body=settings.LARGEST_BODY)
door = Door(memory, bridge, is_trusted=lambda: line.is_trusted or settings.FRONT_ALONE)
live = LiveConsumer.as_asgi()
warm_up()
gc.collect()
gc.freeze()  # what is here stays: looking through it again and again took a tenth of the time of each request


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Every connection of the site begins here."""
    match scope["type"]:
        case "http":
            await door.answer(scope, receive, send)
        case "websocket" if scope["path"] == "/live/":
            await live(scope, receive, send)
        case "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4404})
        case "lifespan":
            await lifespan(receive, send)


async def lifespan(receive: Receive, send: Send) -> None:
    """The line is listened to from before the first request until after the last."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            line.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await line.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
