"""Adding, changing, copying, moving and removing the sections of a page."""

from collections.abc import Collection
from copy import deepcopy

from django.utils.translation import gettext as _

from .codes import Used, code_from, used_in
from .editing import copied_together, copy_translations, looking_at
from .order import Mark, definition_of, end_of, line_of, place_in, stepped
from .outline import Raw, page_at
from .refusing import RefusedEditError

SECTION_PARTS = ("title", "intro", "show_if")


def add_section(
    definition: Raw, page: str, section: Raw, questions: Collection[str], *, used: Used
) -> tuple[Raw, str]:
    """Put a heading over these questions of a page, which come together; return it with its code."""
    if page_at(definition, page) is None:
        raise RefusedEditError(_("This page is not there any more."))
    taken = (used | used_in([definition])).pages
    code = code_from(section.get("title", ""), taken, otherwise="section")
    line = line_of(deepcopy(definition))
    start = place_in(line, "page", page) or 0
    at = end_of(line, start)
    first = _first(line, start, questions)
    if first is not None:
        at = first
    marked = {"code": code, **_parts(section)}
    line[at:at] = [Mark("section", marked), Mark("end", marked)]
    return definition_of(definition, _gathered(line, code, questions)), code


def replace_section(
    definition: Raw, code: str, section: Raw, questions: Collection[str] | None = None
) -> Raw:
    """Change a section, and which questions of its page are in it; those that leave stand behind it."""
    line = line_of(deepcopy(definition))
    start = _found(line, code)
    changed = {"code": code, **_parts(section)}
    end = end_of(line, start)
    line[start], line[end - 1] = Mark("section", changed), Mark("end", changed)
    if questions is not None:
        line = _gathered(line, code, questions)
    return definition_of(definition, line)


def copy_section(definition: Raw, code: str, used: Used) -> tuple[Raw, str]:
    """Put a copy of a section with its questions behind it; return it with the copy's code."""
    line = line_of(deepcopy(definition))
    start = _found(line, code)
    end = end_of(line, start)
    used |= used_in([definition])
    new = code_from(code, used.pages, otherwise="section")
    originals = [mark.raw for mark in line[start + 1 : end - 1]]
    questions, renamed = copied_together(originals, used)
    marked = looking_at({**line[start].raw, "code": new}, renamed)
    copied = [Mark("question", question) for question in questions]
    line[end:end] = [Mark("section", marked), *copied, Mark("end", marked)]
    edited = deepcopy(definition_of(definition, line))
    copy_translations(edited, {code: new}, renamed, questions)
    return edited, new


def step_section(definition: Raw, code: str, by: int) -> Raw:
    """Take a section with its questions one place up (-1) or down (1), on to the next page."""
    line = line_of(deepcopy(definition))
    return definition_of(definition, stepped(line, _found(line, code), by))


def dissolve_section(definition: Raw, code: str) -> Raw:
    """Take a heading away; its questions stay where they are."""
    line = line_of(deepcopy(definition))
    start = _found(line, code)
    end = end_of(line, start)
    return definition_of(definition, [*line[:start], *line[start + 1 : end - 1], *line[end:]])


def remove_section(definition: Raw, code: str) -> Raw:
    """Take a section out with all its questions."""
    line = line_of(deepcopy(definition))
    start = _found(line, code)
    return definition_of(definition, [*line[:start], *line[end_of(line, start) :]])


def _found(line: list[Mark], code: str) -> int:
    start = place_in(line, "section", code)
    if start is None:
        raise RefusedEditError(_("This section is not there any more."))
    return start


def _first(line: list[Mark], start: int, questions: Collection[str]) -> int | None:
    """Return where a section over these questions begins: never inside another one."""
    inside = 0
    for n in range(start + 1, end_of(line, start)):
        if line[n].kind == "section":
            inside = n
        if line[n].kind == "question" and line[n].code in questions:
            return inside or n
        if line[n].kind == "end":
            inside = 0
    return None


def _gathered(line: list[Mark], code: str, questions: Collection[str]) -> list[Mark]:
    """Return the line with just these questions of the page in a section, in the order they had."""
    start = place_in(line, "section", code) or 0
    end = end_of(line, start)
    page = max(n for n in range(start) if line[n].kind == "page")
    page_end = end_of(line, page)
    wanted = [
        mark for mark in line[page:page_end] if mark.kind == "question" and mark.code in questions
    ]
    leaving = [mark for mark in line[start + 1 : end - 1] if mark not in wanted]
    before = [mark for mark in line[:start] if mark not in wanted]
    behind = [mark for mark in line[end:] if mark not in wanted]
    return [*before, line[start], *wanted, line[end - 1], *leaving, *behind]


def _parts(section: Raw) -> Raw:
    return {name: section[name] for name in SECTION_PARTS if section.get(name)}
