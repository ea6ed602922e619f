"""Patterns for texts: a part of what regular expressions can say, matched in bounded time.

Python and browsers disagree in corners and both can be made to run for years. So this is a small
machine of our own: it looks at each character once and keeps all ways to go on at the same time.
"""

from dataclasses import dataclass, field
from typing import Literal

from .ranges import Ranges, holds

MOST_STEPS = 500
MOST_CACHED = 2_000


@dataclass(frozen=True, slots=True)
class Step:
    """Take a character of these ranges, go on elsewhere, or ask for the start or the end."""

    kind: Literal["take", "go", "start", "end"]
    ranges: Ranges = ()
    to: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Pattern:
    """A pattern made ready; whoever gets behind its last step has matched."""

    steps: tuple[Step, ...]
    _known: dict[tuple[frozenset[int], str], frozenset[int]] = field(default_factory=dict)

    def fits(self, text: str) -> bool:
        """Return whether the whole text fits."""
        now = self._reached([0], is_start=True, is_end=not text)
        last = len(text) - 1
        for place, character in enumerate(text):
            if not now:
                return False
            now = self._after(now, character, is_end=place == last)
        return len(self.steps) in now

    def _after(self, now: frozenset[int], character: str, *, is_end: bool) -> frozenset[int]:
        """Return where one character leads; the same question is answered from memory."""
        key = (now, character)
        if not is_end and key in self._known:
            return self._known[key]
        code = ord(character)
        taking = [place for place in now if place < len(self.steps)]
        onward = [place + 1 for place in taking if holds(self.steps[place].ranges, code)]
        reached = self._reached(onward, is_start=False, is_end=is_end)
        if not is_end:
            if len(self._known) >= MOST_CACHED:
                self._known.clear()
            self._known[key] = reached
        return reached

    def _reached(self, places: list[int], *, is_start: bool, is_end: bool) -> frozenset[int]:
        """Return all steps that take a character, and the end, to which these places lead."""
        seen: set[int] = set()
        found: set[int] = set()
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            step = self.steps[place] if place < len(self.steps) else Step("take")
            if step.kind == "take":
                found.add(place)
            elif step.kind == "go":
                waiting.extend(step.to)
            elif is_start if step.kind == "start" else is_end:
                waiting.append(place + 1)
        return frozenset(found)
