"""Comparing labels as people write them, and finding several of them in one cell."""

import re
from collections.abc import Mapping

SEPARATOR = re.compile(r"\s*[,;|\n]\s*")
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def plain(text: str) -> str:
    """Return the text for comparison: straight quotes, single blanks, no capitals."""
    return " ".join(text.translate(PLAIN).split()).casefold()


def split_choices[T](cell: str, known: Mapping[str, T]) -> tuple[list[T], list[str]]:
    """Return the values of the known labels in this cell and the pieces that are no known label.

    Labels may hold commas themselves: at each place the longest label that fits is taken, and only
    what no label explains counts as left over. The keys of `known` are plain labels.
    """
    text = _searchable(cell)
    longest_first = sorted(known, key=len, reverse=True)
    found: list[T] = []
    left_over: list[str] = []
    start = unknown_from = 0
    while start < len(text):
        label = _label_at(text, start, longest_first)
        if label is not None:
            left_over += _piece(text[unknown_from:start])
            if known[label] not in found:
                found.append(known[label])
            start = unknown_from = _after_separator(text, start + len(label))
        else:
            start = _next_piece(text, start)
    left_over += _piece(text[unknown_from:])
    return found, left_over


def _searchable(cell: str) -> str:
    """Return the cell with single blanks and straight quotes; places in it stay when folded.

    Line breaks stay, because they may stand between two answers.
    """
    lines = (" ".join(line.split()) for line in cell.translate(PLAIN).splitlines())
    text = "\n".join(line for line in lines if line)
    folded = text.casefold()
    return text if len(folded) == len(text) else folded


def _label_at(text: str, start: int, labels: list[str]) -> str | None:
    """Return the first label that stands here and ends at a separator or at the end."""
    rest = text[start:].casefold().replace("\n", " ")  # a label may be wrapped in its cell
    for label in labels:
        if rest.startswith(label):
            end = start + len(label)
            if end == len(text) or SEPARATOR.match(text, end):
                return label
    return None


def _after_separator(text: str, position: int) -> int:
    match = SEPARATOR.match(text, position)
    return match.end() if match else position


def _next_piece(text: str, start: int) -> int:
    """Return where the next piece begins; the end of the text where there is none."""
    match = SEPARATOR.search(text, start)
    return match.end() if match else len(text)


def _piece(text: str) -> list[str]:
    """Return the left-over text without the separators around it, if anything is left."""
    piece = text.strip(" ,;|\n")
    return [piece] if piece else []
