"""From counts to what is kept of a closed wave: only what may be shown, the rest is gone.

The whole wave comes first: each question is cut as finely as its own numbers allow. Departments
are then cut no finer than the release rule lets them stand beside the whole and beside each other.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from scipy import special

from buyin.readiness import release
from buyin.readiness.release import SMALLEST_CATEGORY as FEW
from buyin.readiness.scoring import LEVEL
from surveys.definitions import DONT_KNOW

from .tally import ANSWERED, NOT_ASKED, NOWHERE, SKIPPED, Column, Table

type Frozen = dict[str, Any]
type Tree = Mapping[int, int | None]

DOMINANT = 0.5  # a mean of which one person makes more than this share would tell of that person


def under_one_top(tree: Tree) -> dict[int, int | None]:
    """Return the tree with the whole wave above every top."""
    return {NOWHERE: None, **{one: up or NOWHERE for one, up in tree.items() if one != NOWHERE}}


def question_of(column: Column, *, smallest: int, asked: int) -> Frozen:
    """Return what may be shown of one question for the whole wave.

    That is nothing where too few answered, nor where their number would tell of another question
    that fewer than three people answered in another way.
    """
    n = column.state(ANSWERED)
    if n < smallest or column.tells_of_its_gate:
        return {}
    found: Frozen = {"n": n, "missing": _missing(column)}
    if column.item.type in ("short_text", "long_text"):
        return found
    found["tables"] = {table.part: _whole(table) for table in column.tables()}
    if bins := column.bins():
        found["bins"] = [list(one) for one in bins]
    if column.item.type == "number":
        found |= _mean(column.numbers(), asked=asked)
    if column.item.type == "ranking":
        found |= _places(column)
    return found


def departments_of(
    column: Column, *, tree: Tree, smallest: int
) -> dict[int, dict[str, dict[str, Any]]]:
    """Return the tables of each department that may be shown beside the whole and the others."""
    is_written = column.item.type in ("short_text", "long_text")
    if column.state(ANSWERED) < smallest or is_written or column.tells_of_its_gate:
        return {}
    allowed = release.shown(tree, column.in_state(ANSWERED), smallest=smallest)
    if NOWHERE not in allowed:
        return {}
    not_asked = column.in_state(NOT_ASKED) if column.state(NOT_ASKED) else None
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for table in column.tables():
        for department, shown in _parts(table, tree, allowed, not_asked).items():
            found.setdefault(department, {})[table.part] = shown
    return found


def _parts(
    table: Table, tree: Tree, allowed: set[int], not_asked: Mapping[int, int] | None
) -> dict[int, dict[str, Any]]:
    """Return one table of each department but the whole.

    Where a question was asked of some only, how many were asked tells of the answer that leads to
    it; so those who were not asked are guarded like one more answer.
    """
    fixed = {NOWHERE: release.finest(table.whole, table.chain)}
    counts: dict[int, list[int]] = {home: list(row) for home, row in table.counts.items()}
    chain = table.chain
    if not_asked is not None:
        counts = {home: [*row, not_asked.get(home, 0)] for home, row in counts.items()}
        beside = (len(table.codes),)
        chain = [[*cut, beside] if cut else [] for cut in chain]
    places = release.levels(tree, counts, allowed, chain, fixed)
    totals = {
        one: [
            sum(counts[home][n] for home in counts if one in release.path_up(home, tree))
            for n in range(len(table.codes))
        ]
        for one, place in places.items()
        if one != NOWHERE and chain[place]
    }
    return {one: _cut(table, row, places[one]) for one, row in totals.items()}


def _whole(table: Table) -> dict[str, Any]:
    """Return one table of the whole wave, or the side on which all but a few are."""
    place = release.finest(table.whole, table.chain)
    shown = _cut(table, table.whole, place)
    if not shown["blocks"]:
        shown |= _edge(table)
    return shown


def _cut(table: Table, counts: Sequence[int], place: int) -> dict[str, Any]:
    cut = table.chain[place]
    return {
        "blocks": [[table.codes[one] for one in block] for block in cut],
        "counts": [sum(counts[one] for one in block) for block in cut],
    }


def _edge(table: Table) -> dict[str, Any]:
    """Return the most frequent block of the coarsest cut and its share, as a side only."""
    coarsest = table.chain[-2] if len(table.chain) > 1 else []
    if not coarsest:
        return {}
    counts = [sum(table.whole[one] for one in block) for block in coarsest]
    share = release.share(max(counts), sum(counts))
    if share.side != "over":
        return {}  # too scattered: no answer was given by three people
    block = coarsest[counts.index(max(counts))]
    return {"edge": [[table.codes[one] for one in block], share.as_code]}


def _places(column: Column) -> Frozen:
    """Return how often each choice of a ranking got which place, as finely as may be shown.

    One cut for all choices: places from the last on are joined until each choice has each block
    from three people. Only then does no sum or difference of them tell of fewer (`results.md`).
    """
    codes = column.codes
    places = range(1, len(codes) + 1)
    for alone in range(len(codes) - 1, 0, -1):
        cut = [*([one] for one in places[:alone]), list(places[alone:])]
        counts = {
            code: [sum(column.placed[code, one] for one in block) for block in cut]
            for code in codes
        }
        if min(n for row in counts.values() for n in row) >= FEW:
            return {"places": {"blocks": cut, "counts": counts}}
    return {}


def _missing(column: Column) -> dict[str, int]:
    """Return how many did not answer, by why; fewer than three are never told from nobody."""
    states = {name: column.state(name) for name in (DONT_KNOW, SKIPPED, NOT_ASKED)}
    return {name: n for name, n in states.items() if n >= FEW}


def _mean(counts: Counter[float], *, asked: int) -> Frozen:
    """Return the mean of numbers with its standard error and 95 % range.

    None where all but a few gave the same number, or where one person makes half of the sum.
    The range is that of a sample without replacement: s²/n (1 - n/N), N the people asked.
    """
    n = sum(counts.values())
    if n - max(counts.values()) < FEW:
        return {}
    total = sum(abs(value) * k for value, k in counts.items())
    if max(abs(value) for value in counts) > DOMINANT * total:
        return {}
    mean = sum(value * k for value, k in counts.items()) / n
    variance = sum(k * (value - mean) ** 2 for value, k in counts.items()) / (n - 1)
    left = max(0.0, 1 - n / asked) if asked else 1.0
    error = math.sqrt(variance / n * left)
    margin = float(special.stdtrit(n - 1, (1 + LEVEL) / 2)) * error
    return {"mean": [mean, mean - margin, mean + margin], "error": math.sqrt(variance / n)}
