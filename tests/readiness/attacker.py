"""An exact attacker: who can add and subtract everything that is shown, what can they work out?"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import combinations

from buyin.readiness.release import path_up

Row = list[Fraction]


def smallest_leak(
    parents: Mapping[int, int | None],
    answers: Mapping[int, int],
    published: Collection[int],
    *,
    smallest: int,
) -> set[int] | None:
    """Return people of fewer than `smallest` answers whose total follows from what is published.

    The atoms are the people directly in each group. A set of atoms can be worked out when its
    0/1 vector is a linear combination of the vectors of the published totals.
    """
    atoms = [group for group in parents if answers[group] > 0]
    above = {atom: set(path_up(atom, parents)) for atom in atoms}
    basis = _basis([[Fraction(group in above[a]) for a in atoms] for group in published])
    small = [atom for atom in atoms if answers[atom] < smallest]
    for size in range(1, len(small) + 1):
        for chosen in combinations(small, size):
            if sum(answers[atom] for atom in chosen) >= smallest:
                continue
            if not any(_reduced([Fraction(a in chosen) for a in atoms], basis)):
                return set(chosen)
    return None


def _basis(rows: list[Row]) -> dict[int, Row]:
    basis: dict[int, Row] = {}
    for row in rows:
        left = _reduced(row, basis)
        pivot = next((i for i, value in enumerate(left) if value), None)
        if pivot is not None:
            basis[pivot] = [value / left[pivot] for value in left]
    return basis


def _reduced(row: Row, basis: dict[int, Row]) -> Row:
    for pivot, known in basis.items():
        if row[pivot]:
            factor = row[pivot]
            row = [value - factor * other for value, other in zip(row, known, strict=True)]
    return row
