"""What each column of a file means: which question it answers and what its texts stand for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from buyin.spreadsheets import DELIMITERS

from .labels import plain

EMPTY = ("", "n/a", "na", "-", "none given", "no answer")
FIELDS = {"column", "occurrence", "question", "values", "leave_out", "why"}


class MappingError(ValueError):
    """The mapping cannot be used; `problems` says what is wrong with it, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class ColumnRule:
    """One column: the question that it answers, or why it is left out.

    `column` is the header, its beginning followed by "…", or the number of the column from 1.
    """

    column: str | int
    occurrence: int = 1
    question: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    leave_out: bool = False
    why: str = ""

    def place_in(self, headers: list[str]) -> int | None:
        """Return the index of this column, or None where the file has no such column."""
        if isinstance(self.column, int):
            return self.column - 1 if 0 < self.column <= len(headers) else None
        wanted = plain(self.column)
        if wanted.endswith("…"):
            start = wanted.removesuffix("…")
            hits = [i for i, header in enumerate(headers) if plain(header).startswith(start)]
        else:
            hits = [i for i, header in enumerate(headers) if plain(header) == wanted]
        return hits[self.occurrence - 1] if len(hits) >= self.occurrence else None


@dataclass(frozen=True)
class AnswerMapping:
    """The whole mapping: columns, the column with the department, and what counts as empty."""

    columns: list[ColumnRule]
    department: ColumnRule | None = None
    empty: frozenset[str] = frozenset(EMPTY)
    delimiter: str = ""


def read_mapping(raw: Any) -> AnswerMapping:
    """Return the mapping in this JSON value; raise MappingError with everything wrong in it."""
    problems: list[str] = []
    if not isinstance(raw, dict) or not isinstance(raw.get("columns"), list):
        raise MappingError([_("A mapping is a JSON object with a list of “columns”.")])
    columns = [
        rule
        for number, one in enumerate(raw["columns"], start=1)
        if (rule := _read_rule(one, _("column entry %(n)d") % {"n": number}, problems))
    ]
    department = None
    if raw.get("department") is not None:
        department = _read_rule(raw["department"], _("the department column"), problems)
    problems += _doubles(columns)
    empty = raw.get("empty", list(EMPTY))
    if not isinstance(empty, list) or not all(isinstance(text, str) for text in empty):
        problems.append(_("“empty” is a list of texts that mean: no answer."))
        empty = []
    delimiter = raw.get("delimiter", "")
    if delimiter != "" and delimiter not in list(DELIMITERS):
        problems.append(_("“delimiter” is one of these: comma, semicolon, tab, vertical bar."))
    if problems:
        raise MappingError(problems)
    texts = frozenset(plain(text) for text in [*empty, ""])
    return AnswerMapping(columns, department, texts, delimiter)


def _read_rule(one: Any, where: str, problems: list[str]) -> ColumnRule | None:
    """Return one column's rule, or note what is wrong with it and return None."""
    found = list(_faults(one))
    problems += [_("In %(where)s: %(fault)s") % {"where": where, "fault": f} for f in found]
    if found:
        return None
    values = {plain(text): value for text, value in one.get("values", {}).items()}
    return ColumnRule(**{**one, "values": values})


def _faults(one: Any) -> Iterator[str]:
    """Yield what is wrong with one column entry."""
    if not isinstance(one, dict):
        yield _("an entry is a JSON object.")
        return
    unknown = sorted(set(one) - FIELDS)
    if unknown:
        yield _("unknown field: %(names)s.") % {"names": ", ".join(unknown)}
    column = one.get("column")
    if isinstance(column, bool) or not isinstance(column, str | int) or column == "":
        yield _("“column” is the header of the column or its number.")
    values = one.get("values", {})
    if not isinstance(values, dict) or not all(map(_is_plain, values.values())):
        yield _("“values” is a JSON object from the text in the file to a point or a code.")
    occurrence = one.get("occurrence", 1)
    if not isinstance(occurrence, int) or occurrence < 1:
        yield _("“occurrence” is a number from 1.")
    if not isinstance(one.get("question", ""), str):
        yield _("“question” is the code of a question.")


def _is_plain(value: Any) -> bool:
    """Return whether a value of a mapping is a number, a text or nothing."""
    return value is None or (isinstance(value, int | float | str) and not isinstance(value, bool))


def _doubles(columns: list[ColumnRule]) -> list[str]:
    """Return a line for each question that two columns claim."""
    asked = [rule.question for rule in columns if rule.question and not rule.leave_out]
    return [
        _("Two columns answer the question “%(code)s”.") % {"code": code}
        for code in sorted({code for code in asked if asked.count(code) > 1})
    ]
