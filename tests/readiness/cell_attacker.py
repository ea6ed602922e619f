"""An exact attacker on tables: who adds and subtracts all cells that are shown, what follows?"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from buyin.readiness.release import SMALLEST_CATEGORY, Chain, path_up

from .attacker import _basis, _reduced

type Counts = Mapping[int, Sequence[int]]


def smallest_cell_leak(
    parents: Mapping[int, int | None], answers: Counts, places: Mapping[int, int], chain: Chain
) -> tuple[set[int], set[int], int] | None:
    """Return people and answers of which it follows that fewer than three of them gave these.

    The unknowns are how many people directly in a group gave an answer. A sum of them can be
    worked out when its 0/1 vector is a combination of the vectors of the published cells. People
    nobody of whom answered at all tell nothing.
    """
    atoms = [group for group in answers if sum(answers[group])]
    size = len(next(iter(answers.values())))
    basis = _basis([_row(atoms, size, *cell) for cell in _cells(parents, atoms, places, chain)])
    for chosen in _subsets(atoms):
        for given in _subsets(range(size)):
            count = sum(answers[atom][one] for atom in chosen for one in given)
            if len(given) == size or count >= SMALLEST_CATEGORY:
                continue
            if not any(_reduced(_row(atoms, size, set(chosen), set(given)), basis)):
                return set(chosen), set(given), count
    return None


def _cells(
    parents: Mapping[int, int | None],
    atoms: Sequence[int],
    places: Mapping[int, int],
    chain: Chain,
) -> Iterator[tuple[set[int], set[int]]]:
    """Yield each published cell as the people in it and the answers in it."""
    for group, place in places.items():
        people = {atom for atom in atoms if group in path_up(atom, parents)}
        for block in chain[place]:
            yield people, set(block)


def _row(atoms: Sequence[int], size: int, people: set[int], given: set[int]) -> list[Fraction]:
    return [Fraction(atom in people and one in given) for atom in atoms for one in range(size)]


def _subsets[T](things: Sequence[T]) -> Iterator[tuple[T, ...]]:
    for size in range(1, len(things) + 1):
        yield from combinations(things, size)
