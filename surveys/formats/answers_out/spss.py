"""The syntax with which SPSS (and PSPP) reads the table of codes."""

from collections.abc import Iterable, Iterator, Sequence

from .variables import Cell, Variable

RESERVED = {
    *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),
}
LONGEST_NAME = 64
LONGEST_LABEL = 250  # bytes
LONGEST_MEANING = 120
LONGEST_TEXT = 32_767
PIECE = 60  # characters of a text on one line, because lines are cut at 251 bytes
WIDTHS = {
    "number": "F16.4",
    "likert": "F5.0",
    "rating": "F5.0",
    "multiple": "F5.0",
    "ranking": "F5.0",
}
CODE = "A60"


def spss_syntax(
    variables: Sequence[Variable], *, before: Sequence[tuple[str, str]], file: str
) -> str:
    """Return syntax for a table of codes; `before` are columns in front of the answers."""
    names = spss_names([name for name, _label in before] + [one.name for one in variables])
    own = names[len(before) :]
    described = list(zip(own, variables, strict=True))
    lines = [
        "* Encoding: UTF-8.",
        f"GET DATA /TYPE=TXT /FILE={_quoted(file)} /ENCODING='UTF8'",
        "  /DELIMITERS=',' /QUALIFIER='\"' /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES=",
        *(f"  {name} A254" for name in names[: len(before)]),
        *(f"  {name} {_width(one)}" for name, one in described),
        "  .",
        "VARIABLE LABELS",
        *(f"  {n} {_text(label)}" for n, (_c, label) in zip(names, before, strict=False)),
        *(f"  {name} {_text(one.label)}" for name, one in described),
        "  .",
        *(line for name, one in described for line in _values(name, one)),
        "EXECUTE.",
        "",
    ]
    return "\n".join(lines)


def one_line_each(
    variables: Sequence[Variable], rows: Iterable[list[Cell]]
) -> Iterator[list[Cell]]:
    """Yield rows as the syntax reads them, their last columns being those of the variables.

    To SPSS and PSPP every end of a line ends a case, whatever stands in quotes around it.
    """
    written = [not (one.is_number or one.values) for one in variables]
    texts = [n - len(variables) for n, is_text in enumerate(written) if is_text]
    for row in rows:
        for place in texts:
            cell = row[place]
            if isinstance(cell, str):
                row[place] = " ".join(cell.splitlines())
        yield row


def spss_names(names: Sequence[str]) -> list[str]:
    """Return names that SPSS takes, each once, in any case."""
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        plain = f"{name}_" if name.lower() in RESERVED else name
        unique, number = plain[:LONGEST_NAME], 2
        while unique.lower() in taken:
            unique, number = f"{plain[: LONGEST_NAME - 4]}_{number}", number + 1
        taken.add(unique.lower())
        found.append(unique)
    return found


def _width(variable: Variable) -> str:
    if variable.item.type in WIDTHS:
        return WIDTHS[variable.item.type]
    if variable.item.type == "single":
        return CODE
    return f"A{min(4 * max(variable.item.max_length, PIECE), LONGEST_TEXT)}"


def _values(name: str, variable: Variable) -> Iterator[str]:
    """Yield what the codes of a column mean, and which of them are no answer."""
    is_number = variable.is_number
    yield f"VALUE LABELS {name}"
    for value, meaning in (*variable.values, *variable.missing):
        code = str(value) if is_number else _quoted(str(value))
        yield f"  {code} {_text(meaning, LONGEST_MEANING)}"
    yield "  ."
    # Texts longer than eight bytes cannot have missing values.
    if is_number:
        codes = ", ".join(str(value) for value, _meaning in variable.missing)
        yield f"MISSING VALUES {name} ({codes})."


def _text(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return a text in quotes, cut to so many bytes, in pieces that fit on a line."""
    plain = cut(" ".join(text.split()), longest)
    pieces = [plain[n : n + PIECE] for n in range(0, len(plain), PIECE)] or [""]
    return " +\n    ".join(_quoted(piece) for piece in pieces)


def cut(text: str, longest: int) -> str:
    """Return as much of a text as fits into so many bytes."""
    return text.encode()[:longest].decode(errors="ignore")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
