"""The groups of a form as pages, and groups inside them as sections."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from surveys.formats.codes import code_from
from surveys.formats.conditions import both
from surveys.formats.reports import Place

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
    code = code_from(record.get("name") or f"page_{record.row}", _taken(pages))
    if is_matrix(form.lists, group):
        _keep(pages, {"code": code}, [matrix_of(form, group, "")])
        return
    sections: list[dict[str, Any]] = []
    questions = []
    for part in group.parts:
        if isinstance(part, Group) and not is_matrix(form.lists, part) and _is_named(part):
            questions += _section(form, part, sections, {code, *_taken(pages)})
        else:
            questions += _part(form, part, "")
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
    _keep(pages, {name: text for name, text in head.items() if text}, questions, sections)


def _is_named(group: Group) -> bool:
    """Return whether a group has words of its own, so that it can be a section."""
    record = group.record
    return record is not None and any(name == "label" for name, _language in record.cells)


def _section(
    form: Form, group: Group, sections: list[dict[str, Any]], taken: set[str]
) -> list[dict[str, Any]]:
    """Return the questions of a group inside a page, and add the section that it is."""
    record = group.record
    questions = [q for part in group.parts for q in _part(form, part, "")]
    if record is None or not questions:
        place = record.place("type") if record else Place("survey")
        form.report.lose(place, "", _("Nothing in the group came in."))
        return []
    name = record.get("name") or f"section_{record.row}"
    code = code_from(name, taken | {section["code"] for section in sections})
    form.took_group(group, code)
    _told_once(form, group)
    intro = form.texts.optional(record, f"{OWN}intro", f"{code}.intro", most=PROSE)
    section = {
        "code": code,
        "title": form.texts.required(record, f"{code}.title", name),
        "intro": intro or form.texts.optional(record, "hint", f"{code}.intro", most=PROSE),
        "show_if": form.condition(record, "relevant"),
    }
    sections.append({name: text for name, text in section.items() if text})
    return [{**question, "section": code} for question in questions]


def _told_once(form: Form, group: Group) -> None:
    if group.is_repeated and group.record:
        why = _("Nothing can be repeated here. Its questions are asked once.")
        form.report.change(group.record.place("type"), group.record.get("type"), why)


def _keep(
    pages: list[dict[str, Any]],
    head: dict[str, str],
    questions: list[dict[str, Any]],
    sections: Sequence[dict[str, Any]] = (),
) -> None:
    """Add these questions as a page, or as several where they are too many for one."""
    for start in range(0, len(questions), MOST_QUESTIONS):
        taken = _taken(pages)
        stem = head.get("code", f"p{len(pages) + 1}")
        code = stem if stem not in taken else code_from(stem, taken)
        asked = questions[start : start + MOST_QUESTIONS]
        listed, asked = _sections_over(asked, sections, {code, *taken})
        pages.append({**head, "code": code, **listed, "questions": asked})


def _sections_over(
    questions: list[dict[str, Any]], sections: Sequence[dict[str, Any]], taken: set[str]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the sections of these questions, and the questions; one cut in two gets another code."""
    codes: dict[str, str] = {}
    listed = []
    for section in sections:
        if any(question.get("section") == section["code"] for question in questions):
            code = section["code"]
            codes[code] = code if code not in taken else code_from(code, taken | {*codes.values()})
            listed.append({**section, "code": codes[code]})
    placed = [{**q, "section": codes[q["section"]]} if "section" in q else q for q in questions]
    return ({"sections": listed} if listed else {}), placed


def _taken(pages: list[dict[str, Any]]) -> set[str]:
    """Return the codes of pages and sections."""
    heads = [part for page in pages for part in (page, *page.get("sections", []))]
    return {head["code"] for head in heads}


def _part(form: Form, part: Row | Group, condition: str) -> Iterator[dict[str, Any]]:
    """Yield the questions of a row or of a group inside a page."""
    if isinstance(part, Row):
        yield from _asked(form, part, condition)
    elif part.record and is_matrix(form.lists, part):
        yield matrix_of(form, part, condition)
    elif part.record:
        yield from _inner(form, part, part.record, condition)


def _inner(form: Form, group: Group, record: Record, condition: str) -> Iterator[dict[str, Any]]:
    """Yield what a group further inside asks; its label stands before it as a note."""
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
