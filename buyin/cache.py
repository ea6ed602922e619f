"""Redis as the portal's cache, without which the portal goes on: `BACKEND` of its settings."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends import redis
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import ConnectionError as UnreachableError
from redis.exceptions import TimeoutError as TooSlowError

PAUSE = 10  # seconds for which a server that did not answer is left alone


class KeptClient(redis.RedisCacheClient):
    """Keeps one client for each server; Django makes one, with its tables, for each single call."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._kept: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """Return the client of the server that writes, or of one that is read from."""
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]


class RedisCache(redis.RedisCache):
    """Django's cache in Redis; while Redis is away, each process remembers for itself.

    What is kept here may be forgotten or counted by each process alone: limits on attempts, and
    figures that can be computed again.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClient
        self._memory = LocMemCache("while Redis is away", params)
        self._away_until = 0.0

    @property
    def is_away(self) -> bool:
        """Whether Redis did not answer a moment ago."""
        return time.monotonic() < self._away_until

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept under the key, or the default."""
        return self._either("get", key, default, version=version)

    def set(self, key: Any, value: Any, *arguments: Any, **options: Any) -> None:
        """Keep a value."""
        self._either("set", key, value, *arguments, **options)

    def add(self, key: Any, value: Any, *arguments: Any, **options: Any) -> bool:
        """Keep a value where there is none; return whether that was so."""
        return bool(self._either("add", key, value, *arguments, **options))

    def touch(self, key: Any, *arguments: Any, **options: Any) -> bool:
        """Keep a value for longer; return whether there was one."""
        return bool(self._either("touch", key, *arguments, **options))

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a value; return whether there was one."""
        return bool(self._either("delete", key, version=version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to a number and return it; ValueError where there is none."""
        return int(self._either("incr", key, delta, version=version))

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        """Return what is kept under these keys."""
        return dict(self._either("get_many", keys, version=version))

    def set_many(self, data: Any, *arguments: Any, **options: Any) -> list[Any]:
        """Keep several values; return the keys that could not be."""
        return list(self._either("set_many", data, *arguments, **options))

    def _either(self, name: str, *arguments: Any, **options: Any) -> Any:
        """Do it in Redis, or in the memory of this process while Redis is away."""
        in_redis: Callable[..., Any] = getattr(super(), name)
        if not self.is_away:
            try:
                return in_redis(*arguments, **options)
            except (UnreachableError, TooSlowError):
                self._away_until = time.monotonic() + PAUSE
        return getattr(self._memory, name)(*arguments, **options)
