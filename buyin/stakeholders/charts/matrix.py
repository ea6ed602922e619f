"""The matrix: where each stakeholder stands now and where we want them, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from buyin.stakeholders.models import Interest, Level
from buyin.stakeholders.queries import Stance
from buyin.stakeholders.wording import gap_words

SCALE = [level for level in Level if level != Level.UNAWARE]


@dataclass(frozen=True)
class Line:
    """One stakeholder: a mark for each level of the scale, and what lies between."""

    interest: Interest
    marks: Sequence[tuple[str, str, str]]  # the level, what stands there, and how it is read
    gap: str


@dataclass(frozen=True)
class Matrix:
    """Those on the scale, the widest gap first, and apart from them those who are not on it."""

    lines: Sequence[Line]
    unaware: Sequence[Stance]
    not_assessed: Sequence[Stance]

    @property
    def levels(self) -> list[str]:
        """The levels of the scale as people read them."""
        return [str(level.label) for level in SCALE]


def matrix_of(stances: Sequence[Stance]) -> Matrix:
    """Return the matrix of these stances."""
    on_scale = [one for one in stances if one.said.current]
    ordered = sorted(on_scale, key=lambda one: (-(one.said.gap or 0), one.name))
    return Matrix(
        lines=[_line(one) for one in ordered],
        unaware=[one for one in stances if one.said.current == Level.UNAWARE],
        not_assessed=[one for one in stances if one.said.current is None],
    )


def _line(one: Stance) -> Line:
    current, desired = one.said.current, one.said.desired
    marks = [(str(level.label), *_mark(level, current, desired)) for level in SCALE]
    return Line(one.interest, marks, gap_words(current, desired))


def _mark(level: int, current: int | None, desired: int | None) -> tuple[str, str]:
    if level == current == desired:
        return "CD", _("now and wanted")
    if level == current:
        return "C", _("now")
    return ("D", _("wanted")) if level == desired else ("", "")
