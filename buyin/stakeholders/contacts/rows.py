"""One row of a list: who it is about and what it says, and what of it cannot be taken."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from buyin.tables.columns import SHORTENED, Column, Remark
from buyin.tables.damage import damage_in
from buyin.tables.dates import DAY_FIRST, EITHER, order_in
from buyin.tables.folding import folded

from .cells import Read, reader_of
from .fields import BY_NAME, Field, Kind
from .words import Vocabulary

PERSON, ORGANISATION, GROUP = "person", "organisation", "group"
LONGEST_NAME = 200
NAMING = frozenset({"name", "given_name", "family_name", "organisation"})
LEARNABLE = frozenset({Kind.CHOICE, Kind.DEPARTMENT})
# What stands behind a comma in a name and is no given name.
BEHIND = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd", "esq", "mba", "cpa", "inc", "llc"})
SWAPPED = re.compile(r"([^,]+),([^,]+)")
OF_PEOPLE = ("email", "phone", "title", "organisation", "since", "contact", "basis")
SPARE = {
    PERSON: ("organisation_kind", "description"),
    ORGANISATION: (*OF_PEOPLE, "description"),
    GROUP: (*OF_PEOPLE, "organisation_kind"),
}


@dataclass(frozen=True)
class Contact:
    """One stakeholder of a file: the row, what sort of party it is, and its values by field."""

    row: int
    kind: str
    values: dict[str, Any]
    digest: str = ""

    @property
    def name(self) -> str:
        """Return what the party is called."""
        return str(self.values["name"])


@dataclass(frozen=True)
class _Cell:
    field: Field
    place: int
    label: str
    read: Read


@dataclass
class RowReader:
    """Reads rows by their columns, and notes what it could not take and with which words."""

    columns: Sequence[Column]
    vocabulary: Vocabulary
    learned: Mapping[str, Mapping[str, str]]
    today: date
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    strange: Counter[tuple[str, str]] = field(default_factory=Counter)
    _seen: Counter[str] = field(default_factory=Counter)
    _orders: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._cells = [
            _Cell(
                found,
                column.place - 1,
                column.label,
                reader_of(found, self.vocabulary, self.learned.get(found.name, {}), self.today),
            )
            for column in self.columns
            if (found := BY_NAME.get(column.field))
        ]
        self._name_label = next((c.label for c in self._cells if c.field.name in NAMING), "")

    def contact(self, row: int, cells: Sequence[str]) -> Contact | None:
        """Return what this row says; None, with the problem noted, where it names nobody."""
        values: dict[str, Any] = {}
        unread = ""
        for cell in self._cells:
            text = cells[cell.place] if cell.place < len(cells) else ""
            if not text:
                continue
            if cell.field.kind == Kind.DAY and (order := order_in(text)):
                self._orders.setdefault(cell.label, {}).setdefault(order, row)
            value, odd = cell.read(self._mended(row, cell, text))
            if value is not None:
                values[cell.field.name] = value
            if odd:
                self._remark(row, cell, text, odd)
            if odd and value is None and cell.field.name in NAMING:
                unread = odd
        return self._of(row, values, unread)

    def unsure(self) -> Iterator[Remark]:
        """Yield which columns write some days first and others so that they could mean either."""
        for label, rows in self._orders.items():
            if DAY_FIRST in rows and EITHER in rows:
                message = _(
                    "Days are written day first here, as in row %(row)d. Those that can be read "
                    "either way, as in row %(either)d, are read month first; written as 2026-12-31 each is sure."
                )
                words = {"row": rows[DAY_FIRST], "either": rows[EITHER]}
                yield Remark(None, label, message % words)

    def _of(self, row: int, values: dict[str, Any], unread: str) -> Contact | None:
        kind = str(values.pop("kind", ""))
        name = name_of(values)
        organisation = str(values.get("organisation", ""))
        if not kind:
            kind = PERSON if name or not organisation else ORGANISATION
        if kind == ORGANISATION:
            name = name or organisation
            values.pop("organisation", None)
        if not name or len(name) > LONGEST_NAME:
            self.problems.append(Remark(row, self._name_label, _why_nameless(name, values, unread)))
            return None
        if not any(letter.isalpha() for letter in name):
            message = _("There is no letter in this name. Does its column hold names?")
            self.remarks.append(Remark(row, self._name_label, message, name))
        values = {"name": name, **{key: v for key, v in values.items() if key != "name"}}
        self._leave_out(row, kind, values)
        return Contact(row, kind, values, self._digest(kind, values))

    def _leave_out(self, row: int, kind: str, values: dict[str, Any]) -> None:
        """Take out what parties of this kind do not have, with a remark."""
        for name in SPARE[kind]:
            if values.pop(name, None) is not None:
                message = _("“%(kind)s” has no such value.") % {"kind": _kind_label(kind)}
                self.remarks.append(Remark(row, str(BY_NAME[name].label), message))

    def _mended(self, row: int, cell: _Cell, text: str) -> str:
        """Return a text that was saved in the wrong encoding as it was meant, and say so."""
        damages = damage_in([text])
        if not damages:
            return text
        try:
            mended = text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            self._remark(row, cell, text, damages[0][1], is_learnable=False)
            return text
        message = _("Saved in the wrong encoding. It is read as “%(text)s”.")
        said = message % {"text": mended[:SHORTENED]}
        self._remark(row, cell, text, said, is_learnable=False)
        return mended

    def _remark(
        self, row: int, cell: _Cell, text: str, message: str, *, is_learnable: bool = True
    ) -> None:
        if is_learnable and cell.field.kind in LEARNABLE:
            self.strange[cell.field.name, text[:SHORTENED]] += 1
        self.remarks.append(Remark(row, cell.label, message, text[:SHORTENED]))

    def _digest(self, kind: str, values: Mapping[str, Any]) -> str:
        """Return a digest of what a row says; equal rows of a file are told apart by their count."""
        said = sha256(json.dumps([kind, values], sort_keys=True).encode()).hexdigest()[:40]
        self._seen[said] += 1
        return f"{said}-{self._seen[said]}"


def name_of(values: dict[str, Any]) -> str:
    """Return the whole name, from its parts where it stands in two columns; "Doe, Jo" is Jo Doe."""
    given, family = values.pop("given_name", ""), values.pop("family_name", "")
    whole = str(values.get("name", ""))
    if not whole:
        return f"{given} {family}".strip()
    swapped = SWAPPED.fullmatch(whole)
    if swapped and folded(swapped[2]) not in BEHIND:
        return f"{swapped[2].strip()} {swapped[1].strip()}"
    return whole


def _why_nameless(name: str, values: Mapping[str, Any], unread: str) -> str:
    if name:
        return _("The name is longer than %(most)d characters.") % {"most": LONGEST_NAME}
    if unread:
        return _("The name cannot be read: %(why)s The row stays out.") % {"why": unread}
    if values:
        return _("This row has no name. It stays out.")
    return _("There is nothing in this row that can be read. It stays out.")


def _kind_label(kind: str) -> str:
    return {PERSON: _("Person"), ORGANISATION: _("Organisation"), GROUP: _("Group")}[kind]
