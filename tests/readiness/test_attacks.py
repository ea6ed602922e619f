"""Attacks on several tables at once, and the release rule against a count by brute force."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from buyin.features import Scores
from buyin.readiness import release
from buyin.readiness.measuring import OVERALL, Rules, measure

from .attacker import smallest_leak
from .worlds import thoroughly, trees_of

SMALLEST = 5
CODES = ["commitment", "confidence", "skills", "resources", "openness"]
many = thoroughly(300)


@st.composite
def trees(draw, largest=9):
    """Draw a tree of up to 8 groups with one top and the answers directly in each."""
    parents = draw(trees_of(8))
    return parents, {group: draw(st.integers(0, largest)) for group in parents}


def scores_of(people, values):
    """Return a survey that everybody answered whose value is not NaN."""
    return Scores(
        source="wave",
        initiative=1,
        closed_on=None,
        dimensions=CODES,
        department=np.repeat(np.array(list(people), dtype=np.int64), list(people.values())),
        values=values,
        asked=dict(people),
    )


def best_by_brute_force(parts, *, own):
    """Return how many sibling groups can be shown at most, trying every choice of them."""
    total = own + sum(parts.values())
    for size in range(len(parts), -1, -1):
        for chosen in combinations(parts, size):
            hidden = total - sum(parts[part] for part in chosen)
            large = all(parts[part] >= SMALLEST for part in chosen)
            if large and (hidden == 0 or hidden >= SMALLEST):
                return size
    return 0


@many
@given(st.lists(st.integers(0, 12), min_size=1, max_size=7), st.integers(0, 9))
def test_as_many_siblings_are_shown_as_any_choice_of_them_could(sizes, own):
    # A large branch beside them, so that their parent itself is always shown.
    parents: dict[int, int | None] = {0: None, 99: 0, 1: 0}
    answers = {0: 0, 99: 50, 1: own}
    for number, size in enumerate(sizes, start=2):
        parents[number], answers[number] = 1, size
    shown = release.shown(parents, answers, smallest=SMALLEST)
    if 1 not in shown:
        return

    parts = {group: answers[group] for group in parents if parents[group] == 1}
    kept = [part for part in parts if part in shown and parts[part] > 0]
    total = own + sum(parts.values())
    hidden = total - sum(parts[part] for part in kept)

    assert hidden == 0 or hidden >= SMALLEST
    possible = {part: count for part, count in parts.items() if count > 0}
    most = best_by_brute_force(possible, own=own)
    assert len(kept) == most


@many
@given(trees(), st.integers(SMALLEST, 30))
def test_many_more_answers_directly_at_the_top_hide_nothing_that_was_shown(tree, more):
    parents, answers = tree
    grown = {**answers, 1: answers[1] + more}

    before = release.shown(parents, answers, smallest=SMALLEST)
    after = release.shown(parents, grown, smallest=SMALLEST)

    assert before <= after


@many
@given(trees(largest=30), st.integers(5, 12), st.integers(1, 18))
def test_a_stricter_agency_shows_no_small_group(tree, smallest, stricter):
    parents, answers = tree
    totals = release.totals_of(parents, answers)

    shown = release.shown(parents, answers, smallest=smallest + stricter)

    assert all(totals[group] >= smallest + stricter for group in shown)
    assert smallest_leak(parents, answers, shown, smallest=smallest) is None


@many
@given(trees(), st.permutations(list(range(1, 9))))
def test_the_numbers_of_groups_of_different_size_do_not_matter(tree, names):
    parents, answers = tree
    distinct = {group: 3 * answers[group] + 100 * group for group in parents}
    named = dict(zip(range(1, 9), names, strict=True))
    renamed = {named[g]: named[p] if p else None for g, p in parents.items()}

    shown = release.shown(parents, distinct, smallest=350)
    other = release.shown(renamed, {named[g]: n for g, n in distinct.items()}, smallest=350)

    totals = release.totals_of(parents, distinct)
    if len(set(totals.values())) == len(totals):
        assert other == {named[group] for group in shown}


@many
@given(trees(), st.integers(0, 99), st.sampled_from([0.0, 0.2, 0.5]))
def test_all_tables_of_a_snapshot_together_give_away_no_small_group(tree, seed, missing):
    parents, people = tree
    chance = np.random.default_rng(seed)
    values = chance.uniform(0, 100, (sum(people.values()), len(CODES)))
    values[chance.uniform(size=values.shape) < missing] = np.nan
    scores = scores_of(people, values)

    cells = measure(scores, parents, Rules(ready_from=60, smallest=SMALLEST)).cells

    # One unknown is what the people directly in a department said in one dimension. The overall
    # score is a sum of unknowns of several dimensions, so all five tables are attacked as one.
    heard = {
        (group, code): int((~np.isnan(values[scores.department == group, place])).sum())
        for group in parents
        for place, code in enumerate(CODES)
    }
    atoms = [atom for atom, count in heard.items() if count]
    rows = [_row_of(cell, atoms, parents) for cell in cells if cell.is_released]
    for code in CODES:
        small = [atom for atom in atoms if atom[1] == code and heard[atom] < SMALLEST]
        for size in range(1, min(len(small), 3) + 1):
            for chosen in combinations(small, size):
                if sum(heard[atom] for atom in chosen) < SMALLEST:
                    target = np.array([float(atom in chosen) for atom in atoms])
                    assert not _follows(target, rows), chosen


def _row_of(cell, atoms, parents):
    codes = cell.detail["dimensions"] if cell.dimension == OVERALL else [cell.dimension]
    return [
        float(code in codes and cell.department in release.path_up(group, parents))
        for group, code in atoms
    ]


def _follows(target, rows):
    """Return whether a sum of unknowns is a combination of the rows that are published."""
    if not rows:
        return False
    table = np.array(rows)
    weights, *_rest = np.linalg.lstsq(table.T, target, rcond=None)
    return bool(np.abs(table.T @ weights - target).max() < 1e-9)


def test_the_attack_on_all_tables_finds_what_is_really_there():
    assert _follows(np.array([1.0, 0.0]), [[1.0, 1.0], [0.0, 1.0]])
    assert not _follows(np.array([1.0, 0.0]), [[1.0, 1.0]])


@given(st.integers(5, 2000), st.data())
def test_a_share_is_never_all_and_never_nobody_and_always_true(total, data):
    count = data.draw(st.integers(0, total))

    found = release.share(count, total)
    exact = 100 * count / total

    assert 0 < found.percent < 100
    if found.side == "under":
        assert exact < found.percent
    elif found.side == "over":
        assert exact > found.percent
    else:
        assert abs(exact - found.percent) <= 0.5
    # Even somebody who knows of two others cannot tell all from nobody.
    alike = [n for n in range(total + 1) if release.share(n, total) == found]
    assert len(alike) >= 3 or not {0, total}.intersection(alike)
    assert release.share(total - count, total).side == {"under": "over", "over": "under"}.get(
        found.side, ""
    )


@given(st.integers(5, 2000), st.data())
def test_a_rough_share_tells_no_more_than_tens_and_is_true(total, data):
    count = data.draw(st.integers(0, total))

    found = release.rough(release.span(count, total))

    exact = 100 * count / total
    assert found.percent % 10 == 0
    assert found.side != "under" or exact < found.percent <= 100
    assert found.side != "over" or exact > found.percent >= 0
    assert found.side != "about" or 10 <= found.percent <= 90


@given(st.integers(3, 300))
def test_a_span_holds_its_count_and_never_fewer_than_three_numbers(total):
    spans = [release.span(count, total) for count in range(total + 1)]

    assert all(one.low <= count <= one.high for count, one in enumerate(spans))
    assert all(one.high - one.low >= 2 for one in spans)
    assert [one.low for one in spans] == sorted(one.low for one in spans)
    # A count belongs to one span: no two of them overlap.
    assert len({(one.low, one.high) for one in spans}) == len({one.low for one in spans})
    assert release.span(total + 7, total) == spans[-1]
