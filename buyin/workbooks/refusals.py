"""What of a file did not come in, and why: one remark a place, or the refusal of all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Self

from django.utils.translation import gettext as _

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
    """A file that cannot be taken.

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
