"""Sets of characters as ranges of their numbers."""

Ranges = tuple[tuple[int, int], ...]

LAST = 0x10FFFF
DIGITS: Ranges = ((48, 57),)
WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
SPACE: Ranges = ((9, 13), (32, 32), (160, 160))


def holds(ranges: Ranges, code: int) -> bool:
    """Return whether a character is in the set."""
    return any(low <= code <= high for low, high in ranges)


def others(ranges: Ranges) -> Ranges:
    """Return all characters that are not in the set."""
    found = []
    start = 0
    for low, high in sorted(ranges):
        if low > start:
            found.append((start, low - 1))
        start = max(start, high + 1)
    return (*found, (start, LAST)) if start <= LAST else tuple(found)


NAMED: dict[str, Ranges] = {
    "d": DIGITS,
    "w": WORD,
    "s": SPACE,
    "D": others(DIGITS),
    "W": others(WORD),
    "S": others(SPACE),
}
ANY = others(((10, 10),))
CONTROL = {"n": 10, "r": 13, "t": 9}
