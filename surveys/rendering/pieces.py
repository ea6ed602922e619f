"""Pages that are drawn once: marks are left where something differs, and cut out for filling in."""

import html
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString


def escaped(text: str) -> str:
    """Return a text as it stands in HTML; Django's own also takes promises, which takes its time."""
    return text if isinstance(text, SafeString) else html.escape(text)


class Slots:
    """Marks where a page has to be filled in; nobody can write one into a question."""

    def __init__(self) -> None:
        self.key = secrets.token_hex(8)

    def place(self, *name: str) -> SafeString:
        """Return the mark for one place."""
        return SafeString(f"[{self.key}:{':'.join(name)}]")

    def cut(self, drawn: str) -> "Pieces":
        """Return a drawn page without the blanks between its lines, cut at its marks."""
        lean = re.sub(r"\s*\n\s*", "\n", drawn)
        pieces = re.split(rf"\[{self.key}:([a-z0-9_:.]*)\]", lean)
        places: dict[str, list[int]] = {}
        for number, name in enumerate(pieces[1::2]):
            places.setdefault(name, []).append(2 * number + 1)
        texts = ["" if number % 2 else piece for number, piece in enumerate(pieces)]
        return Pieces(tuple(texts), places)


@dataclass(frozen=True)
class Pieces:
    """A drawn page in pieces; `places` says by name which of them are to be filled in."""

    texts: tuple[str, ...]
    places: dict[str, list[int]]

    def joined(self, values: Mapping[str, str]) -> str:
        """Return the page with these values, which must be escaped, in their places."""
        texts = list(self.texts)
        for name, value in values.items():
            for place in self.places.get(name, ()):
                texts[place] = value
        return "".join(texts)

    def encoded(self, values: Mapping[str, str | bytes]) -> bytes:
        """Return the same as it goes to a browser, for whom what never changes is encoded once."""
        texts = list(self._bytes)
        for name, value in values.items():
            written = value if isinstance(value, bytes) else value.encode()
            for place in self.places.get(name, ()):
                texts[place] = written
        return b"".join(texts)

    @cached_property
    def _bytes(self) -> tuple[bytes, ...]:
        return tuple(text.encode() for text in self.texts)

    def with_defaults(self, values: Mapping[str, str]) -> "Pieces":
        """Return the same page, which says this where nothing else is filled in."""
        texts = list(self.texts)
        for name, value in values.items():
            for place in self.places[name]:
                texts[place] = value
        return Pieces(tuple(texts), self.places)
