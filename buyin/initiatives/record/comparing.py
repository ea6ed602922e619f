"""What is different between two versions of a record, in words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .fields import FIELDS
from .parts import Field, Values
from .values import shown

WORD = re.compile(r"\S+|\s+")


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it reads differently in the other version."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Change:
    """A field that reads differently; `reason` says why it is withheld in the newer version."""

    field: Field
    before: str
    after: str
    reason: str = ""

    @property
    def pieces_before(self) -> list[Piece]:
        """Return how it read, with what is gone since."""
        return pieces(self.before, self.after)

    @property
    def pieces_after(self) -> list[Piece]:
        """Return how it reads, with what is new."""
        return pieces(self.after, self.before)


def pieces(text: str, other: str) -> list[Piece]:
    """Return a text in up to three pieces: what both begin with, what differs, what both end with.

    Texts that share no word at either end are one piece: all of it is new, and marks would not help.
    """
    mine, theirs = WORD.findall(text), WORD.findall(other)
    begin = _same(mine, theirs)
    end = _same(mine[begin:][::-1], theirs[begin:][::-1])
    if not begin + end:
        return [Piece(text)] if text else []
    parts = (mine[:begin], mine[begin : len(mine) - end], mine[len(mine) - end :])
    found = (Piece("".join(part), place == 1) for place, part in enumerate(parts))
    return [piece for piece in found if piece.text]


def _same(one: list[str], other: list[str]) -> int:
    """Return how many words both begin with."""
    pairs = zip(one, other, strict=False)
    unlike = (place for place, (mine, theirs) in enumerate(pairs) if mine != theirs)
    return next(unlike, min(len(one), len(other)))


def changes(
    before: Values,
    after: Values,
    *,
    were: Mapping[str, str],
    are: Mapping[str, str],
) -> Iterator[Change]:
    """Yield what changed from one version to the next, and what is withheld since or no longer.

    `were` and `are` are the reasons for withheld fields in the two versions.
    """
    for field in FIELDS:
        old, new = shown(field, before.get(field.name)), shown(field, after.get(field.name))
        was, now = were.get(field.name, ""), are.get(field.name, "")
        if old != new or was != now:
            yield Change(field, old, new, now)
