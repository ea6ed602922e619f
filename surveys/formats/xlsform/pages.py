"""The groups of a form as pages."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from surveys.formats.codes import code_from
from surveys.formats.conditions import both

from .columns import OWN, Record
from .form import Form
from .matrices import is_matrix, matrix_of
from .questions import question_of
from .structure import Group, Row
from .texts import PROSE

MOST_QUESTIONS = 100


def pages_of(form: Form, tree: Group) -> list[dict[str, Any]]:
    """Return a page for each group at the top, and one for each run of rows between them."""
    pages: list[dict[str, Any]] = []
    loose: list[dict[str, Any]] = []
    for part in tree.parts:
        if isinstance(part, Row):
            loose += _asked(form, part, "")
        elif part.record:
            _keep(pages, {}, loose)
            loose = []
            _page(form, pages, part)
    _keep(pages, {}, loose)
    return pages


def _page(form: Form, pages: list[dict[str, Any]], group: Group) -> None:
    """Add the page that a group at the top is."""
    record = group.record
    if record is None:
        return
    code = code_from(record.get("name") or f"page_{record.row}", {page["code"] for page in pages})
    if is_matrix(form.lists, group):
        _keep(pages, {"code": code}, [matrix_of(form, group, "")])
        return
    questions = [q for part in group.parts for q in _part(form, part, "")]
    if not questions:
        form.report.lose(
            record.place("type"), record.get("name"), _("Nothing in the group came in.")
        )
        return
    form.took_group(group, code)
    _told_once(form, group)
    title = form.texts.optional(record, "label", f"{code}.title")
    intro = form.texts.optional(record, f"{OWN}intro", f"{code}.intro", most=PROSE)
    shown = form.condition(record, "relevant")
    head = {"code": code, "title": title, "intro": intro, "show_if": shown}
    _keep(pages, {name: text for name, text in head.items() if text}, questions)


def _told_once(form: Form, group: Group) -> None:
    if group.is_repeated and group.record:
        why = _("Nothing can be repeated here. Its questions are asked once.")
        form.report.change(group.record.place("type"), group.record.get("type"), why)


def _keep(
    pages: list[dict[str, Any]], head: dict[str, str], questions: list[dict[str, Any]]
) -> None:
    """Add these questions as a page, or as several where they are too many for one."""
    for start in range(0, len(questions), MOST_QUESTIONS):
        taken = {page["code"] for page in pages}
        stem = head.get("code", f"p{len(pages) + 1}")
        code = stem if stem not in taken else code_from(stem, taken)
        pages.append({**head, "code": code, "questions": questions[start : start + MOST_QUESTIONS]})


def _part(form: Form, part: Row | Group, condition: str) -> Iterator[dict[str, Any]]:
    """Yield the questions of a row or of a group inside a page."""
    if isinstance(part, Row):
        yield from _asked(form, part, condition)
    elif part.record and is_matrix(form.lists, part):
        yield matrix_of(form, part, condition)
    elif part.record:
        yield from _inner(form, part, part.record, condition)


def _inner(form: Form, group: Group, record: Record, condition: str) -> Iterator[dict[str, Any]]:
    """Yield what an inner group asks; its label stands before it as a note."""
    shown = both(condition, form.condition(record, "relevant"))
    questions = [q for part in group.parts for q in _part(form, part, shown)]
    if not questions:
        form.report.lose(
            record.place("type"), record.get("name"), _("Nothing in the group came in.")
        )
        return
    code = form.code_of(record)
    form.took_group(group, code)
    _told_once(form, group)
    heading = form.texts.optional(record, "label", f"{code}.text")
    if heading:
        note = {"code": code, "type": "note", "text": heading}
        hint = form.texts.optional(record, "hint", f"{code}.help")
        note |= {"help": hint} if hint else {}
        yield {**note, "show_if": shown} if shown else note
    yield from questions


def _asked(form: Form, row: Row, condition: str) -> list[dict[str, Any]]:
    question = question_of(form, row, condition)
    return [question] if question else []
