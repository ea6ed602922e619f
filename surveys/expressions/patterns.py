"""Patterns for texts: a part of what regular expressions can say, matched in bounded time.

Python and browsers disagree in corners and both can be made to run for years. So this is a small
machine of our own: it looks at each character once and keeps all ways to go on at the same time,
as the bits of one number.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .ranges import Ranges, holds

MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class Step:
    """Take a character of these ranges, go on elsewhere, or ask for the start or the end."""

    kind: Literal["take", "go", "start", "end"]
    ranges: Ranges = ()
    to: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Pattern:
    """A pattern made ready; whoever gets behind its last step has matched.

    Places are bits: the text so far can have led to all those that are set. Matching keeps nothing
    of a text, so nobody can fill the memory with texts.
    """

    steps: tuple[Step, ...]

    def fits(self, text: str) -> bool:
        """Return whether the whole text fits."""
        now = self._reached(0, is_start=True, is_end=not text)
        last = len(text) - 1
        sets = self._sets
        known: dict[str, int] = {}
        for place, character in enumerate(text):
            if not now:
                return False
            if character not in known:
                code = ord(character)
                known[character] = sum(bits for one, bits in sets.items() if holds(one, code))
            moved = (now & known[character]) << 1
            now = self._beyond(moved, is_end=place == last)
        return bool(now >> len(self.steps))

    @cached_property
    def _sets(self) -> dict[Ranges, int]:
        """Return the places at which a character of each set is taken."""
        found: dict[Ranges, int] = {}
        for place, step in enumerate(self.steps):
            if step.kind == "take":
                found[step.ranges] = found.get(step.ranges, 0) | 1 << place
        return found

    @cached_property
    def _leading(self) -> int:
        """Return the places that take no character but lead to others."""
        return sum(1 << place for place, step in enumerate(self.steps) if step.kind != "take")

    @cached_property
    def _inside(self) -> list[dict[str, int]]:
        """Return where places that lead to others lead inside a text.

        Four places at a time, by the hexadecimal digit that says which of them are set: one step
        costs a few look-ups, however many ways to go on there are.
        """
        found: list[dict[str, int]] = []
        for first in range(0, len(self.steps), 4):
            digits = {"0": 0}
            for place in range(first, min(first + 4, len(self.steps))):
                leads = self._reached(place) if self._leading >> place & 1 else 0
                for digit, others in list(digits.items()):
                    digits[f"{int(digit, 16) | 1 << place - first:x}"] = others | leads
            found.append(digits)
        return found

    def _beyond(self, places: int, *, is_end: bool) -> int:
        """Return all steps that take a character, and the end, to which these places lead."""
        leading = places & self._leading
        found = places ^ leading
        if is_end:
            return found | self._joined(leading, is_end=True)
        for digits, digit in zip(self._inside, f"{leading:x}"[::-1], strict=False):
            found |= digits[digit]
        return found

    def _joined(self, leading: int, *, is_end: bool) -> int:
        """Return the same for places that lead to others, looked at one by one."""
        found = 0
        while leading:
            place = leading.bit_length() - 1
            found |= self._reached(place, is_end=is_end)
            leading ^= 1 << place
        return found

    def _reached(self, first: int, *, is_start: bool = False, is_end: bool = False) -> int:
        """Return the same for one place."""
        seen: set[int] = set()
        found = 0
        waiting = [first]
        while waiting:
            place = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            step = self.steps[place] if place < len(self.steps) else Step("take")
            if step.kind == "take":
                found |= 1 << place
            elif step.kind == "go":
                waiting.extend(step.to)
            elif is_start if step.kind == "start" else is_end:
                waiting.append(place + 1)
        return found
