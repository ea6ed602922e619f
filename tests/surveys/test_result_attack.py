"""Frozen results under attack: all tables of all departments together betray no small cell."""

from fractions import Fraction
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from buyin.readiness.release import path_up
from surveys import definitions
from surveys.results.freezing import departments_of, question_of, under_one_top
from surveys.results.tally import CHOSEN, LEFT, NOT_ASKED, NOWHERE, Column
from tests.factories.questions import EVERY_TYPE
from tests.readiness.attacker import _basis, _reduced

ITEMS = {item.code: item for item in definitions.read(EVERY_TYPE).items()}
ANSWERS: dict[str, list[Any]] = {
    "main": ["search", "draft", "else"],
    "pace": [1, 2, 3],
    "uses": [["search"], ["search", "draft"], ["none"]],
    "hours": [1, 2, 30],
}
SMALLEST = 5
FEW = 3
many = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)


@st.composite
def waves(draw, largest=9):
    """Draw a tree, a question, and how many of each department gave which answer or were asked."""
    parents: dict[int, int | None] = {1: None}
    for department in range(2, draw(st.integers(1, 4)) + 1):
        parents[department] = draw(st.sampled_from([None, *parents]))
    code = draw(st.sampled_from(list(ANSWERS)))
    few = st.integers(0, largest)
    counts = {one: draw(st.tuples(few, few, few)) for one in [NOWHERE, *parents]}
    asks_all = draw(st.booleans())
    missing = {one: 0 if asks_all else draw(st.integers(0, 6)) for one in [NOWHERE, *parents]}
    return parents, code, counts, missing


def column_of(code, counts, missing):
    column = Column(ITEMS[code])
    for home, row in counts.items():
        for answer, n in zip(ANSWERS[code], row, strict=True):
            for _one in range(n):
                column.add(home, {code: answer})
        for _one in range(missing[home]):
            column.add(home, {})
    return column


def published(parents, column):
    """Return every published cell as (part, people, answers)."""
    tree = under_one_top(parents)
    whole = question_of(column, smallest=SMALLEST, asked=0)
    if not whole:
        return []
    homes = list(column.states)
    every = {NOWHERE: whole["tables"]} | departments_of(column, tree=tree, smallest=SMALLEST)
    return [
        (part, {home for home in homes if one in path_up(home, tree)}, set(block))
        for one, tables in every.items()
        for part, table in tables.items()
        for block in table["blocks"]
    ]


def leak(parents, column):
    """Return part, people and answers whose number follows and is below three; None if there is none."""
    cells = published(parents, column)
    for table in column.tables():
        found = leak_in(table, [(p, c) for part, p, c in cells if part == table.part])
        if found:
            return table.part, *found
    return None


def leak_in(table, cells):
    atoms = [home for home, row in table.counts.items() if sum(row)]
    places = {code: n for n, code in enumerate(table.codes)}

    def row_of(people, codes):
        return [Fraction(one in people and code in codes) for one in atoms for code in places]

    basis = _basis([row_of(people, codes) for people, codes in cells])
    for people in subsets(atoms):
        for codes in subsets(list(places)):
            count = sum(table.counts[one][places[code]] for one in people for code in codes)
            is_small = len(codes) < len(places) and count < FEW
            if is_small and not any(_reduced(row_of(people, codes), basis)):
                return set(people), set(codes), count
    return None


def subsets(things):
    for size in range(1, len(things) + 1):
        yield from combinations(things, size)


@many
@given(waves())
def test_no_sum_or_difference_of_what_is_frozen_tells_of_one_or_two_answers(wave):
    parents, code, counts, missing = wave

    assert leak(parents, column_of(code, counts, missing)) is None


@many
@given(waves(largest=4))
@example(
    ({1: None, 2: None}, "main", {0: (0, 0, 0), 1: (6, 4, 3), 2: (4, 1, 3)}, {0: 0, 1: 0, 2: 0})
)
@example(({1: None}, "uses", {0: (0, 4, 4), 1: (6, 6, 1)}, {0: 0, 1: 0}))
def test_nor_where_departments_are_tiny(wave):
    parents, code, counts, missing = wave

    assert leak(parents, column_of(code, counts, missing)) is None


@many
@given(waves())
def test_nobody_learns_that_one_or_two_or_none_of_a_department_were_not_asked(wave):
    parents, code, counts, missing = wave
    column = column_of(code, counts, missing)
    if column.state(NOT_ASKED) == 0:
        return
    tree = under_one_top(parents)
    shown = departments_of(column, tree=tree, smallest=SMALLEST)

    for department in shown:
        inside = sum(n for one, n in missing.items() if department in path_up(one, tree))
        assert inside >= FEW
        left = column.state(NOT_ASKED) - inside
        rest = [one for one in counts if department not in path_up(one, tree)]
        people = sum(sum(counts[one]) + missing[one] for one in rest)
        assert left >= FEW or people == 0


@many
@given(waves())
def test_what_is_frozen_is_true(wave):
    parents, code, counts, missing = wave
    column = column_of(code, counts, missing)
    tables = {table.part: table for table in column.tables()}
    tree = under_one_top(parents)

    for department, shown in departments_of(column, tree=tree, smallest=SMALLEST).items():
        for part, frozen in shown.items():
            table = tables[part]
            inside = [one for one in table.counts if department in path_up(one, tree)]
            for block, count in zip(frozen["blocks"], frozen["counts"], strict=True):
                places = [table.codes.index(one) for one in block]
                assert count == sum(table.counts[one][n] for one in inside for n in places)
            assert sum(frozen["counts"]) >= SMALLEST


def test_the_attacker_finds_a_leak_that_is_really_there():
    column = column_of("main", {1: (6, 4, 3), 2: (4, 1, 3)}, {1: 0, 2: 0})
    (table,) = column.tables()
    cells = [(people, {code}) for people in ({1, 2}, {1}) for code in table.codes]

    assert leak_in(table, cells) == ({2}, {"draft"}, 1)


def test_chosen_and_left_out_are_guarded_alike():
    column = column_of("uses", {1: (9, 0, 0), 2: (5, 5, 5)}, {1: 0, 2: 0})
    (search, *_more) = column.tables()

    assert (search.codes, search.whole) == ([CHOSEN, LEFT], [19, 5])
    assert departments_of(column, tree=under_one_top({1: None, 2: None}), smallest=SMALLEST) == {}
