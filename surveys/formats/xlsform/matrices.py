"""Groups of a form that are one question: statements on one scale."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.formats.conditions import both

from .columns import OWN, Record
from .form import Form
from .lists import OptionList
from .questions import measured, source_of
from .structure import Group, Row
from .texts import is_yes

TABLE = "table-list"
HEAD = "label"
LINE = "list-nolabel"


def is_matrix(lists: Mapping[str, OptionList], group: Group) -> bool:
    """Return whether all rows of a group choose from one list and stand in one table."""
    rows = [part for part in group.parts if isinstance(part, Row)]
    if not rows or len(rows) != len(group.parts) or group.is_repeated:
        return False
    names = {row.kind.list for row in rows}
    if len(names) != 1 or any(row.kind.name != "single" or row.kind.has_other for row in rows):
        return False
    found = lists.get(names.pop())
    if found is None or not (found.is_marked or found.can_be_scale):
        return False
    return group.looks(TABLE) or any(LINE in _looks(row.record) for row in rows)


def matrix_of(form: Form, group: Group, condition: str) -> dict[str, Any]:
    """Return the matrix that a group is."""
    record = group.record
    assert record is not None  # noqa: S101  # the form itself is no matrix
    rows = [part for part in group.parts if isinstance(part, Row)]
    heads = [row for row in rows if HEAD in _looks(row.record)]
    lines = [row for row in rows if row not in heads]
    code = form.code_of(record)
    form.took(record, code)
    form.took_group(group)
    for head in heads:
        form.took(head.record)
    has_text = any(name == "label" for name, _language in record.cells)
    titled = record if has_text or not heads else heads[0].record
    found = form.lists[rows[0].kind.list]
    question: dict[str, Any] = {
        "code": code,
        "type": "matrix",
        "text": form.texts.required(titled, f"{code}.text", titled.get("name")),
        "scale": form.scale_of(found),
        "rows": [_line(form, row.record, code) for row in lines],
    }
    if help_text := form.texts.optional(record, "hint", f"{code}.help"):
        question["help"] = help_text
    question |= source_of(form, titled, code)
    marks = {
        "required": is_yes(record.get("required")),
        "dont_know": is_yes(record.get(f"{OWN}dont_know")),
    }
    question |= {name: True for name, said in marks.items() if said}
    if shown := both(condition, form.shown(record, condition)):
        question["show_if"] = shown
    return question


def _line(form: Form, record: Record, matrix: str) -> dict[str, Any]:
    code = form.code_of(record)
    form.took(record, code)
    line: dict[str, Any] = {
        "code": code,
        "text": form.texts.required(record, f"{matrix}.rows.{code}", record.get("name")),
        **measured(record),
    }
    if is_yes(record.get("required")):
        line["required"] = True
    if shown := form.condition(record, "relevant"):
        line["show_if"] = shown
    for column in ("hint", "constraint", "choice_filter"):
        if said := record.get(column):
            why = _("A row of a table has none of its own here.")
            form.report.lose(record.place(column), said, why)
    return line


def _looks(record: Record) -> list[str]:
    return record.get("appearance").lower().split()
