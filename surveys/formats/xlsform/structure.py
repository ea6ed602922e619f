"""The groups of a form as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from buyin.workbooks import RefusedFileError
from surveys.formats.reports import Report

from .columns import FormSheet, Record
from .kinds import Kind, kind_of
from .texts import is_yes

DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form that asks or says something."""

    record: Record
    kind: Kind


@dataclass
class Group:
    """Rows that belong together; `record` is None for the form itself."""

    record: Record | None
    parts: "list[Row | Group]" = field(default_factory=list)
    is_repeated: bool = False
    end: int = 0

    def rows(self) -> Iterator[Row]:
        """Yield every row in the group and in the groups inside it."""
        for part in self.parts:
            if isinstance(part, Row):
                yield part
            else:
                yield from part.rows()

    def groups(self) -> "Iterator[Group]":
        """Yield every group inside."""
        for part in self.parts:
            if isinstance(part, Group):
                yield part
                yield from part.groups()

    def looks(self, name: str) -> bool:
        """Return whether the group is to look like this."""
        return self.record is not None and name in self.record.get("appearance").lower().split()


def read_structure(sheet: FormSheet, report: Report) -> tuple[Group, int]:
    """Return the form as a tree, and the number of rows that say something."""
    stack = [Group(None)]
    count = 0
    for record in sheet.records:
        said = record.get("type")
        if not said:
            if record.cells:
                report.lose(record.place("type"), _first(record), _("The row has no type."))
                count += 1
            continue
        count += 1
        kind = kind_of(said)
        if kind.name in {"begin", "repeat"}:
            _begin(stack, record, kind)
        elif kind.name == "end":
            _end(stack, record)
        elif is_yes(record.get("disabled")):
            report.lose(record.place("disabled"), said, _("The row is switched off in the file."))
        else:
            _expect_a_question(record, kind)
            stack[-1].parts.append(Row(record, kind))
    if stack[-1].record is not None:
        opened = stack[-1].record
        why = _("The group “%s” begins here and never ends.") % opened.get("name")
        raise RefusedFileError(
            why, sheet=opened.sheet, row=opened.row, column=opened.place("type").column
        )
    return stack[0], count


def _first(record: Record) -> str:
    return next(iter(record.cells.values()), "")


def _expect_a_question(record: Record, kind: Kind) -> None:
    """Refuse a row of an unknown type that asks nothing: it may begin or end what others are part of.

    Such a row with a label is a question of somebody else's making, and can be left out.
    """
    if not kind.is_known and not record.says("label"):
        why = _("%s There is no label either, so nobody knows what the row is for.") % kind.why
        raise RefusedFileError(
            why, sheet=record.sheet, row=record.row, column=record.place("type").column
        )


def _begin(stack: list[Group], record: Record, kind: Kind) -> None:
    if len(stack) > DEEPEST:
        why = _("Groups are nested too deeply.")
        raise RefusedFileError(
            why, sheet=record.sheet, row=record.row, column=record.place("type").column
        )
    group = Group(record, is_repeated=kind.name == "repeat")
    stack[-1].parts.append(group)
    stack.append(group)


def _end(stack: list[Group], record: Record) -> None:
    if len(stack) == 1:
        why = _("A group ends here that never began.")
        raise RefusedFileError(
            why, sheet=record.sheet, row=record.row, column=record.place("type").column
        )
    stack.pop().end = record.row
