"""How far the reading of a file is, for whoever waits for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

Tell = Callable[[float], None]


def silent(_share: float) -> None:
    """Tell nobody."""


def part_of(tell: Tell, start: float, end: float) -> Tell:
    """Return who is told of one step of several, which is this stretch of the whole."""
    return lambda share: tell(start + (end - start) * min(share, 1.0))


@dataclass
class Watched:
    """A file that tells how much of `size` bytes has been read, of it and those before."""

    source: IO[bytes]
    size: int
    tell: Tell
    seen: int = 0

    def read(self, most: int) -> bytes:
        """Return the next bytes, at most so many."""
        found = self.source.read(most)
        self.seen += len(found)
        self.tell(self.seen / max(self.size, 1))
        return found
