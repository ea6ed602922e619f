"""The answers of a wave row by row, for those who may have them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from surveys.formats.answers_out import Variable, sav, variables_of
from surveys.formats.answers_out.variables import Cell
from surveys.models import Anonymity, Response, Wave

from .cut import deleted_since_counted
from .filling import definition_of

FETCHED = 2_000


@dataclass(frozen=True)
class Sheet:
    """What leaves of a wave: the columns in front and those of the answers."""

    wave: Wave
    variables: list[Variable]
    before: tuple[tuple[str, str], ...]

    @property
    def header(self) -> list[str]:
        """Return the first row of the table."""
        return [*(name for name, _label in self.before), *(one.name for one in self.variables)]

    def codes(self) -> Iterator[list[Cell]]:
        """Yield the answers as codes."""
        return self._rows([one.code for one in self.variables])

    def words(self) -> Iterator[list[Cell]]:
        """Yield the answers in words."""
        return self._rows([one.word for one in self.variables])

    def _rows(self, readers: list[Callable[[dict[str, Any]], Cell]]) -> Iterator[list[Cell]]:
        """Yield a row for each response; their order is that of random keys and tells nothing."""
        fields = ["answers"]
        if self.before:
            fields += ["signature__person__email", "department__code", "signature__submitted_at"]
        rows = Response.objects.filter(wave=self.wave).order_by("pk").values_list(*fields)
        for answers, *named in rows.iterator(chunk_size=FETCHED):
            front = [str(cell) if cell is not None else None for cell in named]
            yield [*front, *(read(answers) for read in readers)]


def sheet_of(wave: Wave) -> Sheet:
    """Return what of a wave may leave.

    Where it is not named: without persons, without departments, whose figures leave through the
    release rule alone, and without what people wrote, by which one could know them.
    """
    is_named = wave.version.anonymity == Anonymity.NAMED
    before = (
        ("person", _("Who answered")),
        ("department", _("Department")),
        ("submitted", _("When it was handed in")),
    )
    definition = definition_of(wave.version)
    return Sheet(wave, variables_of(definition, written=is_named), before if is_named else ())


class Sav(StrEnum):
    """Whether the answers of a wave can leave in the file of SPSS itself."""

    OFFERED = "offered"
    TOO_LARGE = "too large"
    NOT_INSTALLED = "not installed"


def sav_of(sheet: Sheet) -> Sav:
    """Return whether this can leave as a file of SPSS; one is made in memory, so not of everything."""
    if not sav.is_installed():
        return Sav.NOT_INSTALLED
    cells = sheet.wave.responses.count() * len(sheet.header)
    return Sav.OFFERED if cells <= sav.MOST_CELLS else Sav.TOO_LARGE


def why_not(wave: Wave) -> str:
    """Return why the answers of a wave may not leave now, or nothing where they may."""
    if wave.version.anonymity == Anonymity.NAMED:
        return ""
    if wave.version.anonymity == Anonymity.ANONYMOUS:
        # A row is a group of one, and a pattern of answers can be known again.
        return _("Answers of an anonymous survey leave as results only, never one by one.")
    if wave.closed_at is None:
        return _("Answers can be taken out when the wave is closed.")
    if wave.responses.count() < settings.SMALLEST_GROUP:
        return _("Too few people have answered: their answers stay here.")
    if 0 < deleted_since_counted(wave) < settings.SMALLEST_GROUP:
        return _(
            "Somebody has had their answers deleted since the results were counted. What the others "
            "answered stays here: beside the results it would tell what the deleted answers said."
        )
    return ""


@dataclass(frozen=True)
class Offer:
    """What the page of a wave offers: `why_not` says why no answers may leave now, or nothing.

    `deleted` is how many answers the figures have that the files lack.
    """

    why_not: str
    is_named: bool
    sav: str
    deleted: int


def offer_of(wave: Wave) -> Offer:
    """Return in which files the answers of a wave may leave."""
    why = why_not(wave)
    is_named = wave.version.anonymity == Anonymity.NAMED
    if why:
        return Offer(why, is_named, "", 0)
    return Offer("", is_named, sav_of(sheet_of(wave)), deleted_since_counted(wave))
