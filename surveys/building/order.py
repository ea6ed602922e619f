"""A survey as one line of marks: where pages and sections begin and end, and questions between.

To move something is to give it another place in the line; what stands in which section follows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from .outline import Raw


@dataclass(frozen=True)
class Mark:
    """The beginning of a page or of a section, the end of a section, or a question."""

    kind: Literal["page", "section", "end", "question"]
    raw: Raw

    @property
    def code(self) -> str:
        """Return the code of what it belongs to."""
        return str(self.raw["code"])


def line_of(definition: Raw) -> list[Mark]:
    """Return the whole survey as one line; a section without questions stands where it says."""
    marks: list[Mark] = []
    for page in definition["pages"]:
        marks += [Mark("page", page), *_of_page(page)]
    return marks


def definition_of(definition: Raw, line: Iterable[Mark]) -> Raw:
    """Return a definition with the pages, sections and questions of a line, in its order."""
    pages: list[Raw] = []
    section = ""
    for mark in line:
        if mark.kind == "page":
            pages.append({**mark.raw, "sections": [], "questions": []})
        elif mark.kind == "question":
            question = {name: part for name, part in mark.raw.items() if name != "section"}
            pages[-1]["questions"].append(question | ({"section": section} if section else {}))
            for waiting in pages[-1]["sections"]:
                waiting.setdefault("before", mark.code)
        elif mark.kind == "section":
            section = mark.code
            placed = {name: part for name, part in mark.raw.items() if name != "before"}
            pages[-1]["sections"].append(placed)
        else:
            section = ""
    return {**definition, "pages": [_tidied(page) for page in pages]}


def place_in(line: list[Mark], kind: str, code: str) -> int | None:
    """Return where a page, a section or a question begins; None where it is not there."""
    return next((n for n, m in enumerate(line) if m.kind == kind and m.code == code), None)


def end_of(line: list[Mark], start: int) -> int:
    """Return the place behind the page or section that begins here."""
    kind = line[start].kind
    stop = {"page": ("page",), "section": ("end",)}.get(kind)
    if stop is None:
        return start + 1
    ends = (n for n in range(start + 1, len(line)) if line[n].kind in stop)
    end = next(ends, len(line))
    return end if kind == "page" else end + 1


def stepped(line: list[Mark], start: int, by: int) -> list[Mark]:
    """Return the line with a question or a section one place up (-1) or down (1).

    A question goes into a section and out of it, a section past a question or a whole section; both
    go on to the next page. The first page stays first.
    """
    end = end_of(line, start)
    moved = line[start:end]
    rest = [*line[:start], *line[end:]]
    to = start + by
    if moved[0].kind == "section" and by > 0 and start < len(rest):
        to = end_of(rest, start) if rest[start].kind == "section" else start + 1
    if moved[0].kind == "section" and by < 0 and rest[start - 1].kind == "end":
        to = next(n for n in range(start - 1, -1, -1) if rest[n].kind == "section")
    if not 0 < to <= len(rest):
        return line
    return [*rest[:to], *moved, *rest[to:]]


def _of_page(page: Raw) -> Iterator[Mark]:
    sections = {section["code"]: section for section in page.get("sections", [])}
    filled = {question.get("section") for question in page["questions"]}
    empty = [section for code, section in sections.items() if code not in filled]
    waiting: list[Raw] = []
    inside: Raw | None = None
    for question in page["questions"]:
        here = sections.get(question.get("section", ""))
        waiting += [one for one in empty if one.get("before") == question["code"]]
        if here is not inside:
            yield from [Mark("end", inside)] if inside else []
            yield from _without_questions(waiting)
            waiting = []
            yield from [Mark("section", here)] if here else []
        elif not inside:
            yield from _without_questions(waiting)
            waiting = []
        inside = here
        yield Mark("question", question)
    yield from [Mark("end", inside)] if inside else []
    codes = {question["code"] for question in page["questions"]}
    yield from _without_questions(
        [*waiting, *(one for one in empty if one.get("before") not in codes)]
    )


def _without_questions(sections: Iterable[Raw]) -> Iterator[Mark]:
    for section in sections:
        yield from (Mark("section", section), Mark("end", section))


def _tidied(page: Raw) -> Raw:
    """Return a page without what only sections without questions need."""
    filled = {question.get("section") for question in page["questions"]}
    sections = [
        {name: part for name, part in one.items() if name != "before" or one["code"] not in filled}
        for one in page["sections"]
    ]
    tidy = {name: part for name, part in page.items() if name not in {"sections", "questions"}}
    listed = {"sections": sections} if sections else {}
    return {**tidy, **listed, "questions": page["questions"]}
