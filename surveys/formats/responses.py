"""Turning a table of answers into answers by question code, with an account of every cell."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from buyin.spreadsheets import Table
from buyin.uploads.progress import Tell, silent

from .cells import fits, read_cell
from .labels import plain
from .mappings import AnswerMapping, ColumnRule, MappingError
from .targets import TEXT, Target

TOLD_EVERY = 500  # rows


@dataclass(frozen=True)
class Problem:
    """Why a row is not taken: where it is and what is wrong with it."""

    row: int | None
    column: str
    message: str

    is_fatal: ClassVar[bool] = True

    @property
    def label(self) -> str:
        """Return the column as a page names it: as the file does."""
        return self.column or "–"


@dataclass(frozen=True)
class Dropped:
    """A value that is not taken although its row is; without a row it stands for a column."""

    row: int | None
    column: str
    value: str
    why: str


@dataclass(frozen=True)
class DroppedGroup:
    """The same value dropped for the same reason, with all rows where it stood."""

    column: str
    value: str
    why: str
    rows: list[int]


@dataclass(frozen=True)
class AnswerRow:
    """One row that can be taken, and a digest by which the same row is known again."""

    number: int
    department: str
    answers: dict[str, Any]
    digest: str


@dataclass
class Conversion:
    """Everything that became of a file: rows taken, problems, dropped values, blank rows."""

    rows: list[AnswerRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    blank_rows: list[int] = field(default_factory=list)
    total: int = 0

    def dropped_groups(self) -> list[DroppedGroup]:
        """Return the dropped values with the rows of each, whole columns first, then the frequent."""
        rows: dict[tuple[str, str, str], list[int]] = {}
        for one in self.dropped:
            places = rows.setdefault((one.column, one.value, one.why), [])
            places += [one.row] if one.row else []
        groups = [DroppedGroup(*key, rows=places) for key, places in rows.items()]
        return sorted(groups, key=lambda group: (bool(group.rows), -len(group.rows)))

    def report(self) -> dict[str, Any]:
        """Return problems and dropped values as plain JSON values."""
        return {
            "problems": [asdict(problem) for problem in self.problems],
            "dropped": [asdict(dropped) for dropped in self.dropped],
        }


def convert(
    table: Table,
    mapping: AnswerMapping,
    targets: Mapping[str, Target],
    departments: Iterable[str],
    tell: Tell = silent,
) -> Conversion:
    """Return what the table holds for these questions; raise MappingError where they do not fit.

    `tell` hears which share of the rows is read, now and then.
    """
    reader = _Reader(table, mapping, targets, frozenset(departments))
    return reader.convert(tell)


class _Reader:
    """Reads one table with one mapping; keeps where each rule's column is."""

    def __init__(
        self,
        table: Table,
        mapping: AnswerMapping,
        targets: Mapping[str, Target],
        departments: frozenset[str],
    ) -> None:
        self.table, self.mapping, self.targets = table, mapping, targets
        self.departments = departments
        self.result = Conversion(blank_rows=table.blank_rows, total=len(table.rows))
        self.places = self._find_columns()
        self.seen: Counter[str] = Counter()

    def convert(self, tell: Tell) -> Conversion:
        """Read every row and return the account of it."""
        self._list_columns_left_out()
        for place, (number, cells) in enumerate(self.table.rows):
            if place % TOLD_EVERY == 0:
                tell(place / len(self.table.rows))
            if len(cells) > len(self.table.headers):
                self._refuse(number, "", _("The row has more cells than the header."))
                continue
            self._read_row(number, cells + [""] * (len(self.table.headers) - len(cells)))
        return self.result

    def _find_columns(self) -> list[tuple[int, ColumnRule]]:
        """Return (index, rule) for each column in use; refuse a mapping that does not fit."""
        problems: list[str] = []
        places: list[tuple[int, ColumnRule]] = []
        for rule in [*self.mapping.columns, self.mapping.department]:
            if rule is None:
                continue
            place = rule.place_in(self.table.headers)
            if place is None:
                problems.append(_("The file has no column “%(column)s”.") % {"column": rule.column})
            elif rule is not self.mapping.department and not rule.leave_out:
                problems += self._misfits(rule)
            places.append((place or 0, rule))
        if problems:
            raise MappingError(problems)
        return places

    def _misfits(self, rule: ColumnRule) -> list[str]:
        """Return what in this rule does not fit the questions."""
        target = self.targets.get(rule.question)
        if target is None:
            return [_("The survey has no question “%(code)s”.") % {"code": rule.question}]
        if target.kind == TEXT:
            return []
        wrong = [v for v in rule.values.values() if v is not None and not fits(v, target)]
        return [
            _("“%(value)s” is no answer to the question “%(code)s”.")
            % {"value": value, "code": rule.question}
            for value in wrong
        ]

    def _list_columns_left_out(self) -> None:
        """Name each column that nothing reads, with the number of values in it."""
        used = {i for i, rule in self.places if not rule.leave_out}
        reasons = {i: rule.why for i, rule in self.places if rule.leave_out}
        for i, header in enumerate(self.table.headers):
            if i in used:
                continue
            filled = sum(1 for _n, cells in self.table.rows if i < len(cells) and cells[i])
            why = reasons.get(i, _("The mapping does not name this column."))
            why = why or _("Left out on purpose.")
            value = _("%(n)d values") % {"n": filled}
            self.result.dropped.append(Dropped(None, header, value, why))

    def _refuse(self, row: int, column: str, message: str) -> None:
        self.result.problems.append(Problem(row, column, message))

    def _read_row(self, number: int, cells: list[str]) -> None:
        department = ""
        answers: dict[str, Any] = {}
        for place, rule in self.places:
            if rule is self.mapping.department:
                department = self._department(cells[place], rule)
                if not department:
                    self._refuse_department(number, place, cells[place])
                    return
            elif not rule.leave_out:
                answers[rule.question] = self._answer(number, place, cells[place], rule)
        digest = self._digest(cells)
        self.result.rows.append(AnswerRow(number, department, answers, digest))

    def _department(self, cell: str, rule: ColumnRule) -> str:
        """Return the department code for this cell, or nothing where it names none."""
        code = rule.values.get(plain(cell), cell if not rule.values else "")
        return str(code) if code in self.departments else ""

    def _refuse_department(self, number: int, place: int, cell: str) -> None:
        message = (
            _("“%(cell)s” is no department that was asked.") % {"cell": cell}
            if cell
            else _("The department is missing.")
        )
        self._refuse(number, self.table.headers[place], message)

    def _answer(self, number: int, place: int, cell: str, rule: ColumnRule) -> Any:
        """Return the answer in this cell, None for no answer; list what cannot be taken."""
        target = self.targets[rule.question]
        known = {**target.texts, **rule.values}
        if plain(cell) not in known and plain(cell) in self.mapping.empty:
            return None
        answer, left_over = read_cell(cell, target, known)
        for value, why in left_over:
            column = self.table.headers[place]
            self.result.dropped.append(Dropped(number, column, value, why))
        return answer

    def _digest(self, cells: list[str]) -> str:
        """Return a digest of the row; equal rows in one file are told apart by their count."""
        content = json.dumps(cells, ensure_ascii=False)
        self.seen[content] += 1
        counted = f"{self.seen[content]}\n{content}"
        return hashlib.sha256(counted.encode()).hexdigest()
