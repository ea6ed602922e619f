"""Several values in one cell: Python's and JSON's way, semicolons, lines, or letters of options."""

import ast
import json
import re

from buyin.lines import UNSTORABLE

INNER_LETTERS = re.compile(r"(?<!\s)\s+(?=[a-l]\)\s)")
BREAKS = re.compile(r"[;\n]")
LONGEST_LIST = 100_000  # characters: a longer one would take a thousand times its size to read


def parts_of(text: str) -> list[str]:
    """Return the values in a cell. Commas part nothing: the texts of options hold some."""
    plain = text.strip()
    is_list = plain.startswith("[") and plain.endswith("]") and len(plain) <= LONGEST_LIST
    listed = _listed(plain) if is_list else None
    if listed is None:
        listed = BREAKS.split(plain)
        if len(listed) == 1:
            listed = INNER_LETTERS.split(plain)
    return [part.strip() for part in listed if part.strip()]


def _listed(text: str) -> list[str] | None:
    """Return the texts of a list as Python or JSON writes it, or None where it is neither."""
    for read in (ast.literal_eval, json.loads):
        try:
            found = read(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        if isinstance(found, list) and all(_is_storable(one) for one in found):
            return found
    return None


def _is_storable(value: object) -> bool:
    return isinstance(value, str) and not UNSTORABLE.search(value)


def written(parts: list[str]) -> str:
    """Return values as the consolidated inventory writes them."""
    return repr(parts)
