"""What became of a file that was brought in: what was taken, what was left out, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self

from django.utils.translation import gettext as _

from surveys.definitions import check

LONGEST = 500  # characters of a reason
MOST_REASONS = 1_000


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that did not come in as it stands in the file: where, what, why.

    `is_lost` tells what was left out from what came in changed.
    """

    sheet: str
    row: int | None
    column: str
    value: str
    why: str
    is_lost: bool = True

    @property
    def place(self) -> str:
        """Return where in the file this is, as a person would say it."""
        parts = [
            _("sheet “%s”") % self.sheet if self.sheet else "",
            _("row %d") % self.row if self.row else "",
            _("column %s") % self.column if self.column else "",
        ]
        return ", ".join(part for part in parts if part)


class RefusedFileError(ValueError):
    """A file from which no survey can be made.

    `reasons` say where and why; `remarks` say what had been left out or changed before.
    """

    def __init__(self, why: str, *, sheet: str = "", row: int | None = None, column: str = ""):
        remark = Remark(sheet, row, column, "", why)
        self.reasons, self.remarks = [remark], list[Remark]()
        place = remark.place
        super().__init__(f"{place[:1].upper()}{place[1:]}: {why}" if place else why)

    @classmethod
    def of(cls, reasons: Iterable[tuple[str, str]], *, sheet: str = "") -> Self:
        """Return the refusal of a file with which all of this is wrong; it says the first.

        Reasons are pairs of where inside the survey and why. They may repeat what stands in the
        file, so each is cut, and so is their number.
        """
        told = (f"{where}: {why}"[:LONGEST] for where, why in reasons)
        first, *others = islice(told, MOST_REASONS)
        error = cls(first, sheet=sheet)
        error.reasons += [Remark(sheet, None, "", "", why) for why in others]
        return error


def refuse_unless_right(definition: Any, *, sheet: str = "") -> None:
    """Raise RefusedFileError with all that is wrong with the definition that a file makes."""
    if problems := check(definition):
        raise RefusedFileError.of([(one.where, one.message) for one in problems], sheet=sheet)


@dataclass
class Report:
    """The list of remarks while a file is read."""

    remarks: list[Remark] = field(default_factory=list)

    @contextmanager
    def told_with_refusal(self) -> Iterator[None]:
        """Let a refusal in here tell these remarks, too."""
        try:
            yield
        except RefusedFileError as error:
            error.remarks = self.remarks
            raise

    def lose(self, place: "Place", value: str, why: str) -> None:
        """Note what is left out."""
        self.remarks.append(Remark(place.sheet, place.row, place.column, value[:200], why))

    def cut(self, place: "Place", text: str, most: int) -> str:
        """Return as much of a text as there is room for, and note where that is not all of it."""
        if len(text) > most:
            self.change(place, text, _("The text is cut after %d characters.") % most)
        return text[:most]

    def change(self, place: "Place", value: str, why: str) -> None:
        """Note what comes in otherwise than it stands in the file."""
        self.remarks.append(
            Remark(place.sheet, place.row, place.column, value[:200], why, is_lost=False)
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file."""

    sheet: str
    row: int | None = None
    column: str = ""


@dataclass(frozen=True)
class Converted:
    """A file as a survey definition, with the number of its rows and how many of them came in.

    `translations` are those of title and purpose, by language; `kind` is empty where a file has none.
    """

    title: str
    definition: dict[str, Any]
    rows: int
    taken: int
    remarks: Sequence[Remark]
    purpose: str = ""
    kind: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def lost(self) -> Iterator[Remark]:
        """Yield what was left out."""
        return (remark for remark in self.remarks if remark.is_lost)
