"""The groups of a form as pages, and groups inside them as sections."""

from collections.abc import Sequence
from typing import Any

from surveys.formats.codes import code_from

from .columns import OWN
from .form import Form
from .matrices import is_matrix, matrix_of
from .questions import question_of
from .sections import PageParts, told_once
from .structure import Group, Row
from .texts import PROSE

MOST_QUESTIONS = 100


def pages_of(form: Form, tree: Group) -> list[dict[str, Any]]:
    """Return a page for each group at the top, and one for each run of rows between them."""
    pages: list[dict[str, Any]] = []
    loose: list[dict[str, Any]] = []
    for part in tree.parts:
        if isinstance(part, Row):
            loose += _asked(form, part)
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
    parts = PageParts(form, {code, *_taken(pages)})
    parts.fill(group)
    if not parts.questions:
        form.lost_group(record)
        return
    form.took_group(group, code)
    told_once(form, group)
    title = form.texts.optional(record, "label", f"{code}.title")
    intro = form.texts.optional(record, f"{OWN}intro", f"{code}.intro", most=PROSE)
    shown = form.condition(record, "relevant")
    head = {"code": code, "title": title, "intro": intro, "show_if": shown}
    said = {name: text for name, text in head.items() if text}
    _keep(pages, said, parts.questions, parts.sections)


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


def _asked(form: Form, row: Row) -> list[dict[str, Any]]:
    question = question_of(form, row, "")
    return [question] if question else []
