"""Groups inside a page as its sections: one behind the other, however deep they stand in the form.

A group with words of its own is a section. One further inside has the words of those around it before
its own, and their conditions beside its own. A group without words gives its condition to its questions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from surveys.formats.codes import code_from
from surveys.formats.conditions import both

from .columns import OWN, Record
from .form import Form
from .matrices import is_matrix, matrix_of
from .questions import question_of
from .structure import Group, Row
from .texts import LABEL, PROSE

Raw = dict[str, Any]
BETWEEN = " – "


@dataclass(frozen=True)
class Spot:
    """Where rows stand: in which groups, in which of them that have words, under which conditions.

    `shown` is the condition of the innermost section, `extra` those of groups without words in it.
    """

    groups: tuple[Group, ...] = ()
    named: tuple[Group, ...] = ()
    shown: str = ""
    extra: str = ""


@dataclass
class PageParts:
    """Fills one page; `taken` are the codes of pages and sections that there are."""

    form: Form
    taken: set[str]
    sections: list[Raw] = field(default_factory=list)
    questions: list[Raw] = field(default_factory=list)

    def fill(self, page: Group) -> None:
        """Add what a page asks, and the sections over it."""
        made = [
            (question, spot)
            for part, spot in self._leaves(page, Spot())
            for question in self._asked(part, spot)
        ]
        begun: set[int] = set()
        for _named, run in groupby(made, key=lambda one: [id(group) for group in one[1].named]):
            asked = list(run)
            spot = asked[0][1]
            if spot.named:
                last = id(spot.named[-1])
                code = self._section(spot, goes_on=last in begun)
                begun.add(last)
                asked = [({**question, "section": code}, one) for question, one in asked]
            self.questions += [question for question, _spot in asked]
        self._settle(page, {id(group) for _question, spot in made for group in spot.groups})

    def _leaves(self, group: Group, spot: Spot) -> Iterator[tuple[Row | Group, Spot]]:
        """Yield what asks something, each row and each table, with its spot."""
        for part in group.parts:
            if isinstance(part, Row) or is_matrix(self.form.lists, part):
                yield part, spot
            elif part.record:
                yield from self._leaves(part, self._inside(part, part.record, spot))

    def _inside(self, group: Group, record: Record, spot: Spot) -> Spot:
        """Return the spot of what a group holds, and tell what becomes of its condition."""
        inside = replace(spot, groups=(*spot.groups, group))
        own = self.form.shown(record, spot.shown, spot.extra)
        if is_named(group):
            shown = both(spot.shown, spot.extra, own)
            return replace(inside, named=(*spot.named, group), shown=shown, extra="")
        if own:
            why = _("The group has no heading here. Its condition is added to what it holds.")
            self.form.report.change(record.place("relevant"), record.get("relevant"), why)
        return replace(inside, extra=both(spot.extra, own))

    def _asked(self, part: Row | Group, spot: Spot) -> list[Raw]:
        if isinstance(part, Group):
            return [matrix_of(self.form, part, spot.extra)]
        question = question_of(self.form, part, spot.extra)
        return [question] if question else []

    def _section(self, spot: Spot, *, goes_on: bool) -> str:
        """Add the section of a spot and return its code; told where it is not as in the form."""
        records = [group.record for group in spot.named if group.record]
        record = records[-1]
        code = code_from(record.get("name") or f"section_{record.row}", self.taken)
        self.taken.add(code)
        texts = self.form.texts
        titles = [texts.in_languages(one, one.get("name") or code) for one in records]
        title = texts.joined(record, titles, f"{code}.title", BETWEEN)
        section = {"code": code, "title": title, "show_if": spot.shown}
        if not goes_on:
            intro = texts.optional(record, f"{OWN}intro", f"{code}.intro", most=PROSE)
            section["intro"] = intro or texts.optional(record, "hint", f"{code}.intro", most=PROSE)
        self.sections.append({name: text for name, text in section.items() if text})
        self.form.records.setdefault(code, record)
        self._tell(record, title, depth=len(records), goes_on=goes_on)
        return code

    def _tell(self, record: Record, title: str, *, depth: int, goes_on: bool) -> None:
        if goes_on:
            why = _("The group goes on behind one inside it, so its heading “%s” is there twice.")
        elif depth > 1:
            why = _(
                "Sections have none inside. This one stands behind the others as “%s”, shown where "
                "all groups around it are."
            )
        else:
            return
        self.form.report.change(record.place("type"), record.get("type"), why % title[:LABEL])

    def _settle(self, page: Group, filled: set[int]) -> None:
        """Note which groups came in, as something or in what they hold, and which did not."""
        for group in page.groups():
            record = group.record
            if record is None or is_matrix(self.form.lists, group):
                continue
            if id(group) in filled:
                self.form.took_group(group)
                told_once(self.form, group)
            else:
                self.form.lost_group(record)


def is_named(group: Group) -> bool:
    """Return whether a group has words of its own, so that it can be a section."""
    record = group.record
    return record is not None and any(name == "label" for name, _language in record.cells)


def told_once(form: Form, group: Group) -> None:
    """Tell of a group that is repeated in the form that it is asked once here."""
    if group.is_repeated and group.record:
        why = _("Nothing can be repeated here. Its questions are asked once.")
        form.report.change(group.record.place("type"), group.record.get("type"), why)
