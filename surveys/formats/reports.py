"""What became of a file that was brought in: what was taken, what was left out, and why."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from buyin.workbooks import RefusedFileError, Remark
from surveys.definitions import check


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
