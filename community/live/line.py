"""Hearing the line: what other processes tell this one through Valkey, and how long this one may trust its silence.

A process sends itself a word every half second. Valkey hands messages out in order, so a process that has heard its own
word has also heard every order given before it: for `LEASE` seconds from the sending of that word it may trust the
pages it keeps. Who gives an order waits for the answers, but never longer than a lease; then whoever has not answered
cannot be trusting any more. So nobody is shown an outdated page, whichever process stalls, dies or is cut off.
"""

import asyncio
import json
import logging
import random
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from community.live.hub import hub
from community.live.outlet import EVENTS, LEASE, LISTENED_FOR, ORDERS, PREFIX, answer_key, outlet
from community.live.purging import drop_here

log = logging.getLogger(__name__)
PAUSED = json.dumps({"type": "paused"})
RESUMED = json.dumps({"type": "resumed"})


class Line:
    """The listening end of the line in this process."""

    def __init__(self, url: str, when_lost: Callable[[], None]) -> None:
        self.url = url
        self.when_lost = when_lost
        self.trusted_until = 0.0
        self.is_up = False
        self.task: asyncio.Task[None] | None = None
        self.answers: set[asyncio.Task[Any]] = set()

    def start(self) -> None:
        """Listen from now on, in the running event loop. Safe to call again."""
        if self.url and (self.task is None or self.task.done() or self.task.get_loop() != asyncio.get_running_loop()):
            self.task = asyncio.create_task(self._listen_for_ever())

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
            self.task = None

    @property
    def is_trusted(self) -> bool:
        """Whether every order given until now has certainly been heard, or would still be waited for."""
        return time.monotonic() < self.trusted_until

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except (RedisError, OSError, TimeoutError) as error:
                log.warning("the line to Valkey was lost", extra={"error": str(error)})
            finally:
                self._lost()
            await asyncio.sleep(random.uniform(0.2, 1.0))  # noqa: S311 - spreads reconnects, guards nothing

    async def _listen(self) -> None:
        client = Redis.from_url(
            self.url, socket_connect_timeout=1, socket_timeout=5, retry=Retry(NoBackoff(), 0), decode_responses=True
        )
        own = f"{PREFIX}:own:{uuid4().hex}"
        async with client, client.pubsub() as ears:
            await ears.subscribe(EVENTS, ORDERS, own)
            for _ in range(3):
                await self._next(ears)
            self._found()
            words = asyncio.gather(self._speak_to_itself(client, own), self._tell_what_is_heard())
            try:
                while True:
                    self._heard(client, own, await self._next(ears))
            finally:
                words.cancel()

    async def _next(self, ears: PubSub) -> dict[str, Any]:
        """The next message. Silence for two leases, or a quiet reconnect of the library, counts as a lost line."""
        message = await ears.get_message(timeout=2 * LEASE)
        if message is None:
            raise TimeoutError("silence")
        if message["type"] == "subscribe" and self.is_up:
            raise ConnectionResetError("reconnected: something may have been missed")
        return message

    async def _speak_to_itself(self, client: Redis, own: str) -> None:
        while True:
            await client.publish(own, repr(time.monotonic()))
            await asyncio.sleep(LEASE / 4)

    async def _tell_what_is_heard(self) -> None:
        """Who broadcasts asks whether anybody listens, before it makes a fragment."""
        while outlet is not None:
            await asyncio.get_running_loop().run_in_executor(None, outlet.note_listened, hub.streams)
            await asyncio.sleep(LISTENED_FOR / 3)

    def _heard(self, client: Redis, own: str, message: dict[str, Any]) -> None:
        channel, data = message["channel"], message["data"]
        if channel == own:
            self.trusted_until = float(data) + LEASE
        elif channel == EVENTS:
            hub.deliver(data)
        elif channel == ORDERS:
            self._obey(client, json.loads(data))

    def _obey(self, client: Redis, order: dict[str, Any]) -> None:
        if "purge" in order:
            drop_here(set(order["purge"]))
        if "close" in order:
            hub.close(
                order["close"], owner=order.get("owner", ""), session=order.get("session", ""), ids=order.get("ids", ())
            )
        if "id" in order:
            answer = asyncio.create_task(self._answer(client, order["id"]))
            self.answers.add(answer)
            answer.add_done_callback(self.answers.discard)

    async def _answer(self, client: Redis, order_id: str) -> None:
        try:
            async with client.pipeline(transaction=False) as pipe:
                pipe.rpush(answer_key(order_id), 1)
                pipe.expire(answer_key(order_id), 10)
                await pipe.execute()
        except (RedisError, OSError):
            log.warning("could not answer an order; its giver waits out the lease")

    def _found(self) -> None:
        """From here on every order is heard; pages begun before must not be kept."""
        self.when_lost()
        self.is_up = True
        hub.tell_all(RESUMED)
        if outlet is not None and outlet.has_missed:
            asyncio.get_running_loop().run_in_executor(None, outlet.tell, {"purge": ["*"]})

    def _lost(self) -> None:
        self.trusted_until = 0.0
        self.when_lost()
        if self.is_up:
            self.is_up = False
            hub.tell_all(PAUSED)


line = Line(settings.REDIS_URL, when_lost=lambda: drop_here({"*"}))
