"""The columns of a table of answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from surveys.definitions import DONT_KNOW as STORED_DONT_KNOW
from surveys.definitions import Definition, Item

Cell = str | int | float | None
# Where there is no answer, a code says why, as statistics programs have it. It is far from any answer.
NOT_ASKED = -9997
DONT_KNOW = -9998
COMPUTED = "computed"


@dataclass(frozen=True)
class Variable:
    """One column: its name, what was asked, and what its codes mean.

    `part` is the choice that the column is about, where a question has a column for each choice; `page`
    and `section` are the titles that stand over the question.
    """

    name: str
    label: str
    item: Item
    values: tuple[tuple[Cell, str], ...] = ()
    part: str = ""
    page: str = ""
    section: str = ""

    @property
    def is_number(self) -> bool:
        """Whether every cell is a number or empty."""
        return self.item.type in {"likert", "rating", "number", "multiple", "ranking"}

    @property
    def missing(self) -> tuple[tuple[int, str], ...]:
        """Return the codes that stand for no answer."""
        unknown = [(DONT_KNOW, _("Don’t know"))] if self.item.dont_know else []
        return ((NOT_ASKED, _("Not asked")), *unknown)

    @cached_property
    def words(self) -> dict[Cell, str]:
        """Return what each code means."""
        return dict((*self.values, *self.missing))

    def code(self, answers: Mapping[str, Any]) -> Cell:
        """Return the cell for these answers; nothing where the question was skipped."""
        answer = answers.get(self.item.code, NOT_ASKED)
        # Most cells of most surveys; a yes or no of a computed value is no such number.
        if answer is None or type(answer) is int:
            return answer
        if answer == STORED_DONT_KNOW and self.item.dont_know:
            return DONT_KNOW
        if not self.part:
            return answer if isinstance(answer, str | int | float) else str(answer)
        if self.item.type == "multiple":
            return int(self.part in answer)
        return answer.index(self.part) + 1 if self.part in answer else None

    def word(self, answers: Mapping[str, Any]) -> Cell:
        """Return the same cell in words, where its code has a meaning."""
        code = self.code(answers)
        return self.words.get(code, code)


def variables_of(definition: Definition, *, written: bool) -> list[Variable]:
    """Return the columns of a survey; without what people wrote themselves, if it says so."""
    return [
        replace(variable, page=page.title, section=section.title if section else "")
        for page in definition.pages
        for section, questions in page.runs()
        for question in questions
        for item in question.items()
        if written or not (item.is_written or item.type == COMPUTED)
        for variable in _of_item(item)
    ]


def _of_item(item: Item) -> Iterator[Variable]:
    question = item.question
    if item.type in {"multiple", "ranking"}:
        chosen = ((0, _("Not chosen")), (1, _("Chosen"))) if item.type == "multiple" else ()
        for choice in question.choices:
            label = f"{item.text} – {choice.text}"
            yield Variable(f"{item.code}.{choice.code}", label, item, chosen, choice.code)
        return
    values: tuple[tuple[Cell, str], ...] = ()
    if item.type == "likert":
        values = tuple((int(point.code), point.text) for point in question.points)
    elif item.type == "single":
        values = tuple((choice.code, choice.text) for choice in question.choices)
    yield Variable(item.code, item.text, item, values)
