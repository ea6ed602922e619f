"""Reading a pattern: the steps of the machine that matches it, or why it cannot be read."""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

from .patterns import MOST_STEPS, Pattern, Step
from .ranges import ANY, CONTROL, NAMED, Ranges, others

MOST_REPEATS = 1_000
DEEPEST = 20
COUNTED = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}", re.ASCII)
SIGNS = set("\\^$.|?*+()[]{}/-!\"#%&',:;<=>@_`~ ")

Code = list[Step]


class PatternError(ValueError):
    """A pattern that is not in the part that is understood here."""


@lru_cache(maxsize=512)
def read_pattern(text: str) -> Pattern:
    """Return a pattern made ready, or say what in it is not understood."""
    reader = _Reader(text)
    code = reader.either(0)
    if reader.place < len(text):
        raise PatternError(_("a “)” closes nothing"))
    return Pattern(tuple(code))


def _shifted(code: Code, by: int) -> Code:
    return [Step(step.kind, step.ranges, tuple(to + by for to in step.to)) for step in code]


def _bounded(code: Code) -> Code:
    if len(code) > MOST_STEPS:
        raise PatternError(_("it is too large"))
    return code


class _Reader:
    """Walks over a pattern and returns code in which places count from the start of that code."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    @property
    def next(self) -> str:
        return self.text[self.place : self.place + 1]

    def took(self, sign: str) -> bool:
        """Step over a sign, if it stands here."""
        is_here = self.text.startswith(sign, self.place)
        self.place += len(sign) * is_here
        return is_here

    def either(self, depth: int) -> Code:
        """Read ways separated by “|”."""
        if depth > DEEPEST:
            raise PatternError(_("too many groups inside each other"))
        code = self.sequence(depth)
        while self.took("|"):
            other = self.sequence(depth)
            skip = len(code) + len(other) + 2
            code = [
                Step("go", to=(1, len(code) + 2)),
                *_shifted(code, 1),
                Step("go", to=(skip,)),
                *_shifted(other, len(code) + 2),
            ]
            _bounded(code)
        return code

    def sequence(self, depth: int) -> Code:
        """Read what has to come one after the other."""
        code: Code = []
        while self.next and self.next not in "|)":
            code += _shifted(self.repeated(depth), len(code))
            _bounded(code)
        return code or [Step("go", to=(1,))]

    def repeated(self, depth: int) -> Code:
        """Read one part and how often it may come."""
        if self.next in "^$":
            code = [Step("start" if self.next == "^" else "end")]
            self.place += 1
            self.refuse_repeating(_("“^” and “$” cannot be repeated"))
            return code
        code = self.part(depth)
        counts = self.counts()
        if counts is None:
            return code
        self.took("?")
        self.refuse_repeating(_("two signs for repeating follow each other"))
        return _repeat(code, *counts)

    def refuse_repeating(self, reason: str) -> None:
        """Refuse a sign for repeating where there is nothing to repeat."""
        if self.next and self.next in "*+?{":
            raise PatternError(reason)

    def counts(self) -> tuple[int, int | None] | None:
        """Read a sign for repeating: the least and the most, None for no end."""
        for sign, counts in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.took(sign):
                return counts
        if self.next != "{":
            return None
        found = COUNTED.match(self.text, self.place)
        if not found:
            raise PatternError(_("after “{” comes a number and “}”"))
        self.place = found.end()
        least = int(found[1])
        most = least if found[2] is None else int(found[3]) if found[3] else None
        if max(least, most or 0) > MOST_REPEATS or (most is not None and most < least):
            raise PatternError(_("the numbers in “{ }” are too large or the wrong way round"))
        return least, most

    def part(self, depth: int) -> Code:
        """Read a group, a set or one character."""
        self.refuse_repeating(_("a sign for repeating has nothing before it"))
        if self.took("("):
            if self.next == "?" and not self.took("?:"):
                raise PatternError(_("groups with “?” are not understood, but for “(?:”"))
            code = self.either(depth + 1)
            if not self.took(")"):
                raise PatternError(_("a “(” is never closed"))
            return code
        if self.took("["):
            return [Step("take", self.set_of())]
        return [Step("take", ANY if self.took(".") else self.one()[0])]

    def one(self) -> tuple[Ranges, bool]:
        """Read one character or a named set; tell whether it is a single character."""
        sign = self.next
        self.place += 1
        if sign != "\\":
            return ((ord(sign), ord(sign)),), True
        sign = self.next
        self.place += 1
        if sign in NAMED:
            return NAMED[sign], False
        if sign in CONTROL:
            return ((CONTROL[sign], CONTROL[sign]),), True
        if sign not in SIGNS:
            raise PatternError(_("“\\%s” is not understood") % sign)
        return ((ord(sign), ord(sign)),), True

    def set_of(self) -> Ranges:
        """Read a set of characters up to its “]”."""
        is_turned = self.took("^")
        found: list[tuple[int, int]] = []
        while not self.took("]"):
            if not self.next or self.next == "[":
                raise PatternError(_("a “[” is never closed"))
            ranges, is_single = self.one()
            if is_single and self.next == "-" and self.text[self.place + 1 : self.place + 2] != "]":
                ranges = self.span(ranges[0][0])
            found += ranges
        if not found:
            raise PatternError(_("“[]” is empty"))
        return others(tuple(found)) if is_turned else tuple(found)

    def span(self, low: int) -> Ranges:
        """Read the end of a range such as a-z."""
        self.place += 1
        if not self.next or self.next == "[":
            raise PatternError(_("a “[” is never closed"))
        ranges, is_single = self.one()
        if not is_single or ranges[0][0] < low:
            raise PatternError(_("a range such as a-z is the wrong way round"))
        return ((low, ranges[0][0]),)


def _repeat(part: Code, least: int, most: int | None) -> Code:
    """Return code that takes a part at least and at most so often."""
    code: Code = []
    for _time in range(least):
        code = _bounded(code + _shifted(part, len(code)))
    if most is None:
        start = len(code)
        again = [Step("go", to=(start + 1, start + len(part) + 2)), *_shifted(part, start + 1)]
        return _bounded([*code, *again, Step("go", to=(start,))])
    for _time in range(most - least):
        start = len(code)
        way = Step("go", to=(start + 1, start + len(part) + 1))
        code = _bounded([*code, way, *_shifted(part, start + 1)])
    return code or [Step("go", to=(1,))]
