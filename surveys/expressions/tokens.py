"""The tokens of an expression, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .errors import ExpressionError

Kind = Literal["number", "text", "name", "own", "word", "sign", "end"]

# A name may be that of a file's own question, before an import gives it one of our codes.
TOKEN = re.compile(
    r"(?P<white>[ \t\r\n\xa0]+)"
    r"|(?P<number>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<name>\$\{[ ]*[A-Za-z_][A-Za-z0-9_.-]*[ ]*\})"
    r"|(?P<own>\.(?![.\w]))"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_.:-]*)"
    r"|(?P<sign>!=|<=|>=|[=<>+\-*(),])",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign; `text` is the bare code of a name and what stands between quotes."""

    kind: Kind
    text: str
    position: int


def tokens_of(source: str) -> Iterator[Token]:
    """Yield the tokens of an expression and an end, or say which character fits nowhere."""
    place = 0
    while place < len(source):
        found = TOKEN.match(source, place)
        if not found:
            raise ExpressionError(*_misfit(source, place))
        kind, text = str(found.lastgroup), found[0]
        if kind == "text":
            text = text[1:-1]
        elif kind == "name":
            text = text[2:-1].strip(" ")
        if kind != "white":
            yield Token(kind, text, place)  # type: ignore[arg-type]  # a group of TOKEN
        place = found.end()
    yield Token("end", "", place)


def _misfit(source: str, place: int) -> tuple[str, int, str]:
    sign = source[place]
    if sign in "'\"":
        return "open_text", place, ""
    return ("open_name", place, "") if sign == "$" else ("character", place, sign)
