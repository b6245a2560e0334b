"""Speaking into the line: what any thread of any process tells the processes that serve people, through Valkey."""

import hashlib
import json
import logging
import threading
import time
from collections.abc import Collection, Sequence
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

PREFIX = "porchlight:" + hashlib.sha256(f"line {settings.SECRET_KEY}".encode()).hexdigest()[:10]
"""Sites that share one Valkey do not hear each other: publishing knows no database numbers."""
EVENTS = f"{PREFIX}:events"
ORDERS = f"{PREFIX}:orders"
LISTENED = f"{PREFIX}:listened"
"""The streams that some page listens to, each with the moment until which that is known."""
LISTENED_FOR = 90.0
LEASE = 2.0
"""Seconds for which a process trusts its ready pages without having heard itself on the line."""
PAUSE = 1.0
"""Seconds in which a line that has just failed is not tried again, so that a dead Valkey slows nobody down."""

NUMBERED = """
local number = redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], 604800)
if ARGV[3] ~= '' then redis.call('SET', KEYS[1] .. ':version', ARGV[3], 'EX', 604800) end
redis.call('PUBLISH', ARGV[1], '{"seq":' .. number .. ',' .. ARGV[2])
return number
"""


class Outlet:
    """The speaking end of the line. It never raises: what is written is written, whether anybody hears of it or not."""

    def __init__(self, url: str) -> None:
        self.client = redis.Redis.from_url(
            url, socket_timeout=1.5, socket_connect_timeout=0.5, retry=Retry(NoBackoff(), 1), decode_responses=True
        )
        self.down_since: float | None = None
        self.retry_at = 0.0
        self.has_missed = False
        self.lock = threading.Lock()

    def send_events(self, frames: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Number each frame within its stream and send it to every process."""
        try:
            self._refuse_while_down()
            with self.client.pipeline(transaction=False) as pipe:
                for stream, frame in frames:
                    told = [EVENTS, json.dumps(frame)[1:], frame.get("version", "")]
                    pipe.eval(NUMBERED, 1, sequence_key(stream), *told)
                pipe.execute()
            self._is_well()
        except redis.RedisError as error:
            self._failed(error)

    def tell(self, order: dict[str, Any]) -> int:
        """Send an order to every process that serves people; answers how many heard it, -1 when the line is down."""
        try:
            self._refuse_while_down()
            if self.has_missed:
                self.client.publish(ORDERS, json.dumps({"purge": ["*"]}))
            heard = self.client.publish(ORDERS, json.dumps(order))
            self._is_well()
            return int(heard)
        except redis.RedisError as error:
            self._failed(error)
            return -1

    def wait_for_answers(self, order_id: str, expected: int) -> None:
        """Wait until each process has obeyed, or until those that have not can no longer trust what they keep."""
        deadline = time.monotonic() + LEASE
        try:
            while expected > 0 and (left := deadline - time.monotonic()) > 0:
                expected -= self.client.blpop([answer_key(order_id)], timeout=min(left, 1.0)) is not None
        except redis.RedisError as error:
            self._failed(error)
            time.sleep(max(0.0, deadline - time.monotonic()))

    def wait_out_the_lease(self) -> None:
        """The line is down: wait until no process can serve what it kept before."""
        if self.down_since is not None:
            time.sleep(max(0.0, self.down_since + LEASE + 0.5 - time.monotonic()))

    def standing(self, stream: str) -> tuple[int | None, int | None]:
        """The number of a stream's last frame and the newest version told there; None when unknown."""
        key = sequence_key(stream)
        try:
            self._refuse_while_down()
            seq, version = self.client.mget(key, f"{key}:version")
            return int(seq or 0), int(version) if version else None
        except redis.RedisError as error:
            self._failed(error)
            return None, None

    def note_listened(self, streams: list[str]) -> None:
        """Write down that pages of this process listen to these streams, for a while."""
        until = time.time() + LISTENED_FOR
        try:
            self._refuse_while_down()
            with self.client.pipeline(transaction=False) as pipe:
                if streams:
                    pipe.zadd(LISTENED, dict.fromkeys(streams, until))
                pipe.zremrangebyscore(LISTENED, 0, time.time() - LISTENED_FOR)
                pipe.execute()
        except redis.RedisError as error:
            self._failed(error)

    def heard(self, streams: Collection[str]) -> set[str]:
        """To which of these streams a page of any process may be listening."""
        try:
            self._refuse_while_down()
            named, now = list(streams), time.time()
            until = self.client.zmscore(LISTENED, named)
            return {stream for stream, moment in zip(named, until, strict=True) if float(moment or 0) > now}
        except redis.RedisError as error:
            self._failed(error)
            return set()

    def answers(self) -> bool:
        """Whether a message can be sent now."""
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

    def oldest_beyond(self, key: str, name: str, limit: int) -> list[str]:
        """Note a name in a list ordered by time, and take out the oldest beyond the limit."""
        try:
            self.client.zadd(key, {name: time.time()})
            self.client.expire(key, 86_400)
            surplus = self.client.zcard(key) - limit
            return [str(row[0]) for row in self.client.zpopmin(key, surplus)] if surplus > 0 else []
        except redis.RedisError as error:
            self._failed(error)
            return []

    def forget(self, key: str, name: str) -> None:
        """Take a name out of such a list."""
        try:
            self._refuse_while_down()
            self.client.zrem(key, name)
        except redis.RedisError as error:
            self._failed(error)

    def _refuse_while_down(self) -> None:
        if time.monotonic() < self.retry_at:
            raise redis.ConnectionError("the line has just failed")

    def _is_well(self) -> None:
        with self.lock:
            self.down_since, self.has_missed = None, False

    def _failed(self, error: Exception) -> None:
        now = time.monotonic()
        with self.lock:
            if self.down_since is None:
                log.warning("the line to Valkey is down", extra={"error": str(error)})
                self.down_since = now
            self.has_missed = True
            self.retry_at = max(self.retry_at, now + PAUSE) if now >= self.retry_at else self.retry_at


def sequence_key(stream: str) -> str:
    """Where Valkey keeps the number of a stream's last frame."""
    return f"{PREFIX}:seq:{stream}"


def answer_key(order_id: str) -> str:
    """Where the processes say that they have obeyed an order."""
    return f"{PREFIX}:obeyed:{order_id}"


outlet = Outlet(settings.REDIS_URL) if settings.REDIS_URL else None
"""None when one process serves alone, without Valkey."""
