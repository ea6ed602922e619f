"""What is looked at in a workbook before a library reads it."""

import zipfile
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl.xml.constants import SHEET_MAIN_NS

from buyin.uploads.progress import Tell, Watched, silent

from .archives import scan_parts
from .refusals import RefusedFileError
from .safe_xml import NO_XML, Limits, scan

# The rows of a sheet and the texts that cells share are read and forgotten one by one.
PIECES = {f"{{{SHEET_MAIN_NS}}}row", f"{{{SHEET_MAIN_NS}}}si"}
FORMULA = f"{{{SHEET_MAIN_NS}}}f"
MERGED = f"{{{SHEET_MAIN_NS}}}mergeCell"
MOST_MERGED = 10_000  # of a sheet; more are not looked at
MOST_IN_ALL = 8_000_000  # elements and attributes of one part
# A formula that cells share is taken apart anew for each of them, although nothing is read from it.
MOST_OF_FORMULAS = 2_000_000  # characters


class SheetLimits(Limits):
    """Counts the parts of each piece, and how much work formulas would be."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = self._before = 0
        self.merged: list[str] = []
        self._is_formula = False
        self._length = self._longest = self._work = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Count an element that begins; a piece begins anew."""
        if tag in PIECES:
            self.pieces += 1
            self._before += self._parts
            self._parts = 0
        super().start(tag, attributes)
        if self._before + self._parts > MOST_IN_ALL:
            raise RefusedFileError(_("The XML inside has too many parts."))
        if tag == MERGED and len(self.merged) < MOST_MERGED:
            self.merged.append(attributes.get("ref", ""))
        if tag == FORMULA and attributes.get("t") == "shared":
            self._is_formula, self._length = True, 0

    def data(self, text: str) -> None:
        """Count the characters of a formula."""
        if self._is_formula:
            self._length += len(text)

    def end(self, tag: str) -> None:
        """Note that an element ends; a formula that cells share may be the longest as yet."""
        super().end(tag)
        if self._is_formula and tag == FORMULA:
            self._is_formula = False
            self._longest = max(self._longest, self._length)
            self._work += self._longest
            if self._work > MOST_OF_FORMULAS:
                raise RefusedFileError(_("There are too many or too long formulas in the file."))


@dataclass(frozen=True)
class Checked:
    """How many rows and shared texts a workbook has, and which cells of each part are merged."""

    pieces: int
    merged: dict[str, list[str]]


def check_parts(archive: zipfile.ZipFile, tell: Tell = silent) -> Checked:
    """Return what there is in a workbook, as far as it is no more than fits.

    Raise RefusedFileError where a part declares a document type or has too much in it.
    """
    found: list[SheetLimits] = []

    def scan_part(source: Watched) -> None:
        found.append(SheetLimits())
        # Pictures are no XML. What should be XML and is none is told by the library that reads it.
        with suppress(*NO_XML):
            scan(source, found[-1])

    scan_parts(archive, scan_part, tell)
    names = [part.filename for part in archive.infolist()]
    merged = {name: one.merged for name, one in zip(names, found, strict=True) if one.merged}
    return Checked(sum(one.pieces for one in found), merged)
