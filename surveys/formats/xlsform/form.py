"""What is known of a form while it is read: its lists, its names, its languages."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from surveys.expressions import ExpressionError, parse
from surveys.formats.codes import code_from
from surveys.formats.conditions import Conditions, both
from surveys.formats.reports import Place, Report

from .columns import FormSheet, Record, language_code
from .lists import OptionList
from .structure import Group, Row
from .texts import Texts

DEFAULT_LANGUAGE = "en"
COLUMNS = {
    "show_if": "relevant",
    "required_if": "required",
    "constraint": "constraint",
    "value": "calculation",
}


@dataclass
class Form:
    """The parts that the readers of questions and pages share."""

    report: Report
    lists: dict[str, OptionList]
    texts: Texts
    conditions: Conditions
    codes_by_row: dict[int, str]
    scales: dict[str, str] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    records: dict[str, Record] = field(default_factory=dict)

    def code_of(self, record: Record) -> str:
        """Return our code for the question of this row."""
        return self.codes_by_row[record.row]

    def condition(self, record: Record, column: str) -> str:
        """Return the expression of a cell in our codes, or nothing where it cannot be used."""
        then = _("Without it, this is always asked.") if column == "relevant" else ""
        return self.conditions.rewritten(
            record.get(column), record.place(column), own=record.get("name"), then=then
        )

    def shown(self, record: Record, *around: str) -> str:
        """Return when a row is shown by its own condition, which is joined to these around it.

        What all groups of a form repeat of those around them would grow without end. So where they
        are more together than one condition can be, its own is left out, and told.
        """
        own = self.condition(record, "relevant")
        if not own:
            return ""
        try:
            parse(both(*around, own))
        except ExpressionError as error:
            why = _("Together with the conditions of the groups around it, it cannot be used: %s")
            self.report.lose(record.place("relevant"), record.get("relevant"), why % error)
            return ""
        return own

    def took(self, record: Record, code: str = "") -> None:
        """Note that this row came in, as the question with this code."""
        self.taken.add(record.row)
        if code:
            self.records[code] = record

    def place_of(self, code: str, field: str) -> Place:
        """Return where a field of the question with this code stands in the file."""
        record = self.records.get(code)
        return record.place(COLUMNS[field]) if record else Place("survey")

    def lost(self, codes: Iterable[str]) -> None:
        """Note that these questions did not come in after all."""
        self.taken -= {self.records[code].row for code in codes}

    def lost_group(self, record: Record) -> None:
        """Note that nothing of a group came in."""
        why = _("Nothing in the group came in.")
        self.report.lose(record.place("name"), record.get("name"), why)

    def took_group(self, group: Group, code: str = "") -> None:
        """Note that the rows that begin and end this group came in, as what has this code if any."""
        if group.record:
            self.taken |= {group.record.row, group.end}
            if code:
                self.records.setdefault(code, group.record)

    def scale_of(self, found: OptionList) -> str:
        """Return the name of the scale that this list has become; make it where there is none."""
        if found.name not in self.scales:
            self.scales[found.name] = code_from(found.name, self.scales.values())
        return self.scales[found.name]


def languages_of(*sheets: FormSheet) -> tuple[str, list[str]]:
    """Return the first language of a form and the others, from its settings and its columns."""
    settings = [record.get("default_language") for sheet in sheets for record in sheet.records]
    said = next(filter(None, settings), "")
    found = [column.language for sheet in sheets for column in sheet.columns if column.language]
    has_plain = any(
        column.name == "label" and not column.language
        for sheet in sheets
        for column in sheet.columns
    )
    fallback = found[0] if found and not has_plain else DEFAULT_LANGUAGE
    first = language_code(said) or fallback
    return first, [one for one in dict.fromkeys(found) if one != first]


def codes_for(tree: Group) -> tuple[dict[int, str], dict[str, str]]:
    """Return a code for every row, and the code for every name under which answers come in."""
    taken: set[str] = set()
    by_row: dict[int, str] = {}
    by_name: dict[str, str] = {}
    rows: list[tuple[Record, Row | None]] = [(row.record, row) for row in tree.rows()]
    inner = [group.record for group in tree.groups() if group not in tree.parts]
    outer = [part.record for part in tree.parts if isinstance(part, Group)]
    groups = [(record, None) for record in (*inner, *outer) if record]
    for record, row in (*rows, *groups):
        name = record.get("name") or f"row_{record.row}"
        code = code_from(name, taken)
        taken.add(code)
        by_row[record.row] = code
        if row and row.kind.name not in {"", "note"}:
            by_name.setdefault(name, code)
    return by_row, by_name
