"""The sheet of a session: all questions of a guide on one page, each with room for quotations.

A usability test begins with its tasks. What is typed becomes lines (notes and quotations), results
of tasks and answers. Pure: nothing here knows the database.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from surveys import logic
from surveys.answers import Answer
from surveys.definitions import Choice, Definition, Page, Question

QUOTES = "__quotes"
LONGEST = 8000
LONGEST_TIME = 20
WRITTEN = ("long_text", "short_text")
TIME = re.compile(r"\s*(?:(\d{1,3}):)?(\d{1,5})\s*", re.ASCII)
MINUTE = 60
MOST_ERRORS = 999


@dataclass(frozen=True)
class Task:
    """A task as the sheet shows it."""

    pk: int
    name: str
    instruction: str
    criterion: str

    def code(self, part: str) -> str:
        """Return the code of one of its fields: done, time, errors, remarks."""
        return f"task_{self.pk}_{part}"


@dataclass(frozen=True)
class Line:
    """One line that was noted or said at a question."""

    question: str
    text: str
    is_quote: bool


@dataclass(frozen=True)
class Done:
    """How a participant got on with a task."""

    task: int
    success: str
    seconds: int | None
    errors: int | None


@dataclass(frozen=True)
class Noted:
    """All that a sheet holds, with a message for each field that cannot be read."""

    lines: list[Line] = field(default_factory=list)
    results: list[Done] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def sheet_of(definition: Definition, tasks: Sequence[Task] = ()) -> Definition:
    """Return the guide as one page: tasks first, then each question with room for quotations."""
    questions = [*_of_tasks(tasks), *_of_pages(definition.pages)]
    page = Page(code="sheet", title="", intro="", questions=tuple(questions))
    return replace(definition, pages=(page,))


def noted_in(sheet: Definition, tasks: Sequence[Task], typed: Mapping[str, Any]) -> Noted:
    """Return what was typed into a sheet as lines, results and answers."""
    read = logic.read(sheet, typed)
    errors = dict(read.errors)
    results = [one for task in tasks if (one := _done(task, read.answers, typed, errors))]
    own = {task.code(part) for task in tasks for part in ("done", "time", "errors")}
    written = {item.code for item in sheet.items() if item.type in WRITTEN}
    return Noted(
        lines=list(_lines(sheet, typed, leave_out=own)),
        results=results,
        answers={c: a for c, a in read.answers.items() if c not in own | written},
        errors=errors,
    )


def seconds_in(text: str) -> int | None:
    """Return the seconds in "2:05" or "125"; None for nothing. A ValueError says what is wrong."""
    if not text.strip():
        return None
    found = TIME.fullmatch(text)
    minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0)
    if not found or (found[1] and seconds >= MINUTE) or minutes * MINUTE + seconds == 0:
        raise ValueError(_("Write the time as minutes and seconds, for example 2:05."))
    return minutes * MINUTE + seconds


def texts_by_code(sheet: Definition) -> dict[str, str]:
    """Return the text of each question under which lines are kept."""
    return {question.code: question.text for page in sheet.pages for question in page.questions}


def _of_tasks(tasks: Iterable[Task]) -> Iterator[Question]:
    choices = (
        Choice("yes", _("Yes")),
        Choice("hard", _("With difficulty")),
        Choice("no", _("No")),
    )
    for number, task in enumerate(tasks, start=1):
        head = _("Task %(number)d: %(name)s") % {"number": number, "name": task.name}
        how = _("Done when: %s") % task.criterion
        yield Question(f"task_{task.pk}", "note", f"{head}\n\n{task.instruction}", help=how)
        about = {"name": task.name}
        yield Question(
            task.code("done"), "single", _("Did they do it? (%(name)s)") % about, choices=choices
        )
        yield Question(
            task.code("time"),
            "short_text",
            _("Time (%(name)s)") % about,
            help=_("Minutes and seconds, for example 2:05."),
            max_length=LONGEST_TIME,
        )
        yield Question(
            task.code("errors"),
            "number",
            _("Errors (%(name)s)") % about,
            help=_("How many wrong steps you saw."),
            minimum=0,
            maximum=MOST_ERRORS,
        )
        yield Question(
            task.code("remarks"),
            "long_text",
            _("What you saw (%(name)s)") % about,
            help=_("One remark a line."),
            max_length=LONGEST,
        )
        yield _quotes(task.code("remarks"), task.name)


def _of_pages(pages: Iterable[Page]) -> Iterator[Question]:
    for page in pages:
        if page.title or page.intro:
            text = "\n\n".join(part for part in (page.title, page.intro) if part)
            yield Question(f"page_{page.code}", "note", text, show_if=page.show_if)
        before = ""
        for question in page.questions:
            section = page.section_of(question)
            above = (page.show_if, section.show_if if section else "")
            if section and section.code != before:
                text = "\n\n".join(part for part in (section.title, section.intro) if part)
                yield Question(f"section_{section.code}", "note", text, show_if=_all_of(*above))
            before = question.section
            show_if = _all_of(*above, question.show_if)
            shown = replace(question, show_if=show_if, required=False, required_if="", section="")
            if question.type != "long_text":
                yield shown
                continue
            notes = _("Notes, one thought a line.")
            yield replace(shown, help=f"{question.help} {notes}".strip(), max_length=LONGEST)
            yield replace(_quotes(question.code, question.text), show_if=show_if)


def _all_of(*conditions: str) -> str:
    """Return one condition that holds where all of these do."""
    given = [one for one in conditions if one]
    return " and ".join(f"({one})" for one in given) if len(given) > 1 else "".join(given)


def _quotes(code: str, about: str) -> Question:
    return Question(
        code + QUOTES,
        "long_text",
        _("Word for word: %s") % about,
        help=_("What the participant said, one quotation a line."),
        max_length=LONGEST,
    )


def _lines(sheet: Definition, typed: Mapping[str, Any], leave_out: set[str]) -> Iterator[Line]:
    for item in sheet.items():
        if item.type not in WRITTEN or item.code in leave_out:
            continue
        is_quote = item.code.endswith(QUOTES)
        for text in str(typed.get(item.code, "")).splitlines():
            if text.strip():
                yield Line(item.code.removesuffix(QUOTES), text.strip(), is_quote)


def _done(
    task: Task, answers: Mapping[str, Any], typed: Mapping[str, Any], errors: dict[str, str]
) -> Done | None:
    """Return the result of one task; None where it was not tried. Messages go into `errors`."""
    try:
        seconds = seconds_in(str(typed.get(task.code("time"), "")))
    except ValueError as problem:
        seconds = None
        errors[task.code("time")] = str(problem)
    success = answers.get(task.code("done"))
    wrong = answers.get(task.code("errors"))
    if success is None:
        if seconds is not None or wrong is not None:
            errors.setdefault(task.code("done"), _("Choose whether the task was done."))
        return None
    if isinstance(wrong, float) and wrong % 1:
        errors.setdefault(task.code("errors"), _("Write a whole number."))
        return None
    return Done(task.pk, str(success), seconds, None if wrong is None else int(wrong))
