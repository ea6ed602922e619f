"""Codes of our own from the names that a file uses."""

import re
from collections.abc import Container

LONGEST = 60
UNFIT = re.compile(r"[^a-z0-9_]+")


def code_from(name: str, taken: Container[str], *, may_begin_with_digit: bool = False) -> str:
    """Return a code that is close to the name and not taken."""
    code = UNFIT.sub("_", name.strip().lower())
    if code != name:
        code = code.strip("_")
    code = code.lstrip("_")[: LONGEST - 8]
    if not code or (code[0].isdigit() and not may_begin_with_digit):
        code = f"q_{code}".rstrip("_")
    unique, number = code, 2
    while unique in taken:
        unique, number = f"{code}_{number}", number + 1
    return unique


def unchanged(name: str) -> bool:
    """Return whether a name is a code as it stands."""
    return code_from(name, ()) == name
