"""The lists of choices of a form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from surveys.formats.codes import code_from
from surveys.formats.reports import Report

from .columns import OWN, FormSheet, Record
from .texts import Texts, is_yes

MOST_POINTS = 11
RATING = [str(n) for n in range(11)]


@dataclass
class Option:
    """One choice: its name in the file, our code, its text by language, and its further columns."""

    name: str
    code: str
    record: Record
    conditions: list[dict[str, str]] = field(default_factory=list)

    def properties(self) -> dict[str, Any]:
        """Return what our own columns say of it."""
        marks = {n: True for n in ("exclusive", "other") if is_yes(self.record.get(OWN + n))}
        shown = self.record.get(f"{OWN}show_if")
        return {**marks, **({"show_if": shown} if shown else {})}


@dataclass
class OptionList:
    """The choices that belong together under one name."""

    name: str
    options: list[Option] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Return the names of the choices as the file has them."""
        return [option.name for option in self.options]

    @property
    def is_marked(self) -> bool:
        """Whether our own column says that this is a scale."""
        return any(is_yes(option.record.get(f"{OWN}scale")) for option in self.options)

    @property
    def is_rating(self) -> bool:
        """Whether this is 0 to 10, which is a type of its own here."""
        return sorted(self.names, key=len) == sorted(RATING, key=len) and set(self.names) == set(
            RATING
        )

    @property
    def can_be_scale(self) -> bool:
        """Whether the points can be counted without changing what a number means."""
        count = len(self.options)
        numbers = [name for name in self.names if name.lstrip("-").isdecimal()]
        counted = sorted(self.names) == sorted(str(n + 1) for n in range(count))
        return 1 < count <= MOST_POINTS and (counted or not numbers)

    def points(self) -> list[Option]:
        """Return the choices in the order of their points."""
        count = len(self.options)
        if set(self.names) == {str(n + 1) for n in range(count)}:
            return sorted(self.options, key=lambda option: int(option.name))
        return self.options


def read_lists(sheet: FormSheet, report: Report) -> dict[str, OptionList]:
    """Return the lists of a form by name; a choice that is there twice is one with two conditions."""
    lists: dict[str, OptionList] = {}
    for record in sheet.records:
        name, option = record.get("list_name"), record.get("name")
        if not name and not option:
            continue
        if not name or not option:
            column = "list_name" if not name else "name"
            report.lose(
                record.place(column), option or name, _("A choice needs a list and a name.")
            )
            continue
        _add(lists.setdefault(name, OptionList(name)), option, record, report)
    return lists


def _add(found: OptionList, name: str, record: Record, report: Report) -> None:
    known = next((one for one in found.options if one.name == name), None)
    if known is None:
        taken = {one.code for one in found.options}
        code = code_from(name, taken, may_begin_with_digit=True)
        found.options.append(Option(name, code, record, [dict(record.extra)]))
        return
    if known.conditions[-1] == dict(record.extra):
        why = _("The choice is there twice in its list. The first one counts.")
        report.lose(record.place("name"), name, why)
    known.conditions.append(dict(record.extra))


def choices_of(
    found: OptionList, stem: str, texts: Texts, condition: Callable[[Option], str]
) -> list[dict[str, Any]]:
    """Return the choices as a definition has them; `condition` gives when each is offered."""
    choices = []
    for option in found.options:
        text = texts.required(option.record, f"{stem}.choices.{option.code}", option.name)
        choice = {"code": option.code, "text": text, **option.properties()}
        shown = condition(option)
        choices.append({**choice, "show_if": shown} if shown else choice)
    return choices
