"""The shared cache, which the site can do without: when Valkey is away nothing is found and nothing is kept."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds in which a cache that has just failed is not asked again."""


class ForgivingCache(RedisCache):
    """Django's Redis cache, which answers as an empty one while its server cannot be reached."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"socket_timeout": 1.0, "socket_connect_timeout": 0.5, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self.asleep_until = 0.0

    def _try(self, call: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < self.asleep_until:
            return otherwise
        try:
            return call()
        except RedisError as error:
            log.warning("the cache is away", extra={"error": str(error)})
            self.asleep_until = time.monotonic() + PAUSE
            return otherwise

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(ForgivingCache, self).add(*args, **kwargs), True)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._try(lambda: super(ForgivingCache, self).get(key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._try(lambda: super(ForgivingCache, self).set(*args, **kwargs), None)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(ForgivingCache, self).touch(*args, **kwargs), False)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(ForgivingCache, self).delete(*args, **kwargs), False)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(ForgivingCache, self).get_many(*args, **kwargs), {})

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(ForgivingCache, self).has_key(*args, **kwargs), False)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        return self._try(lambda: super(ForgivingCache, self).incr(key, delta, version), delta)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(ForgivingCache, self).set_many(data, *args, **kwargs), list(data))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._try(lambda: super(ForgivingCache, self).delete_many(*args, **kwargs), None)

    def forget(self, prefix: str) -> None:
        """Drop whatever is kept under keys that begin so."""
        self._try(lambda: self._forget(self.make_and_validate_key(prefix)), None)

    def _forget(self, prefix: str) -> None:
        server = self._cache.get_client(None, write=True)
        for key in server.scan_iter(match=f"{prefix}*", count=1000):
            server.delete(key)

    def clear(self) -> Any:
        return self._try(super().clear, False)
