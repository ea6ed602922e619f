"""The keys of rows as addresses, forms and programs name them."""

import re
from collections.abc import Iterable

_KEY = re.compile(r"\d{1,18}", re.ASCII)
LARGEST = 10**18 - 1  # every database takes it


def key_in(text: str | None) -> int | None:
    """Return the key that a text names, None where it names none."""
    return int(text) if text and _KEY.fullmatch(text) else None


def keys_in(texts: Iterable[str]) -> list[int]:
    """Return the keys that were ticked, without what is none."""
    return [key for key in map(key_in, texts) if key is not None]
