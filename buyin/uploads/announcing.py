"""How far something is that nobody else can see in the database yet, because it is one transaction.

It is told in the cache, which may forget it: then a page shows what was noted before.
"""

import time

from django.core.cache import cache

from .claiming import NOTED_EVERY
from .files import Upload

FORGOTTEN_AFTER = 300  # seconds


class Announced:
    """Tells how far the writing of a file is, so seldom that it costs nothing."""

    def __init__(self, file: Upload) -> None:
        self._key = _key(file)
        self._next = 0.0

    def __call__(self, share: float) -> None:
        """Tell this share, unless another was told a moment ago."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + NOTED_EVERY
            cache.set(self._key, min(int(100 * share), 99), FORGOTTEN_AFTER)


def percent_of(file: Upload) -> int:
    """Return how far a file is, by what was noted and what was told since."""
    return max(file.percent, int(cache.get(_key(file), 0)))


def forget_percent(file: Upload) -> None:
    """Let the next step of a file begin from nothing."""
    cache.delete(_key(file))


def _key(file: Upload) -> str:
    return f"how-far-{file._meta.label_lower}-{file.pk}"  # noqa: SLF001
