"""Codes of our own from the names that a file uses."""

import re
from collections.abc import Container

LONGEST = 60
UNFIT = re.compile(r"[^a-z0-9_]+")


def code_from(name: str, taken: Container[str], *, may_begin_with_digit: bool = False) -> str:
    """Return a code that is close to the name and not taken."""
    code = _stem(name, may_begin_with_digit=may_begin_with_digit)
    unique, number = code, 2
    while unique in taken:
        unique, number = f"{code}_{number}", number + 1
    return unique


class Codes:
    """Codes for the names of a file, one after the other: as many alike as there are cost no more."""

    def __init__(self, *, may_begin_with_digit: bool = False) -> None:
        self.may_begin_with_digit = may_begin_with_digit
        self.given: set[str] = set()
        self._tried: dict[str, int] = {}

    def give(self, name: str) -> str:
        """Return a code that is close to the name and was not given before."""
        stem = _stem(name, may_begin_with_digit=self.may_begin_with_digit)
        code, number = stem, self._tried.get(stem, 1)
        while code in self.given:
            number += 1
            code = f"{stem}_{number}"
        self._tried[stem] = number
        self.given.add(code)
        return code


def _stem(name: str, *, may_begin_with_digit: bool) -> str:
    code = UNFIT.sub("_", name.strip().lower())
    if code != name:
        code = code.strip("_")
    code = code.lstrip("_")[: LONGEST - 8]
    if not code or (code[0].isdigit() and not may_begin_with_digit):
        code = f"q_{code}".rstrip("_")
    return code


def unchanged(name: str) -> bool:
    """Return whether a name is a code as it stands."""
    return code_from(name, ()) == name
