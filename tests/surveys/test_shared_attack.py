"""Shared documents under attack: of all readers together, and beside the live pages.

The attacker is the one that frozen results are attacked with. It reads what people of every
department read, in any versions, adds what leads read, and may add and subtract all of it.
"""

from hypothesis import example, given
from hypothesis import strategies as st

from buyin.readiness.release import finest, path_up
from surveys.results.freezing import departments_of, question_of, under_one_top
from surveys.results.sharing import Counted, Unit, document_of
from surveys.results.tally import NOWHERE
from tests.surveys.test_result_attack import (
    FEW,
    SMALLEST,
    column_of,
    leak_in,
    many,
    published,
    waves,
)


def document(parents, column, chosen, *, smallest=SMALLEST):
    """Return what is shared of a wave with one question with people of these departments."""
    code = column.item.code
    whole = question_of(column, smallest=SMALLEST, asked=0)
    parts = departments_of(column, tree=under_one_top(parents), smallest=SMALLEST)
    units = [Unit(one, str(one), str(one), {code: parts[one]}) for one in chosen if one in parts]
    counted = Counted("", 1, "2026-12-05", 0, 0, SMALLEST, {code: whole} if whole else {})
    return document_of(counted, units, [], smallest=smallest)


def read_by(reader, shared, parents, column):
    """Return every cell that people of one department read in a document, as `published` does."""
    code = column.item.code
    homes = list(column.states)
    tables = {NOWHERE: shared["questions"].get(code, {}).get("tables", {})}
    own = shared["departments"].get(str(reader))
    if own:
        tables[reader] = own["questions"].get(code, {})
    tree = under_one_top(parents)
    return [
        (part, {home for home in homes if one in path_up(home, tree)}, set(block))
        for one, found in tables.items()
        for part, table in found.items()
        for block in table["blocks"]
    ]


def leak_of(column, cells):
    """Return what all these cells together betray of fewer than three people, or None."""
    for table in column.tables():
        found = leak_in(table, [(p, c) for part, p, c in cells if part == table.part])
        if found:
            return table.part, *found
    return None


def all_read(documents, parents, column):
    return [
        cell
        for shared in documents
        for reader in parents
        for cell in read_by(reader, shared, parents, column)
    ]


@many
@given(waves(), st.data())
@example(
    ({1: None, 2: None}, "main", {0: (0, 0, 0), 1: (6, 4, 3), 2: (4, 1, 3)}, {0: 0, 1: 0, 2: 0}),
    None,
)
def test_what_two_departments_read_tells_nothing_more_together(wave, data):
    parents, code, counts, missing = wave
    column = column_of(code, counts, missing)
    some = st.sets(st.sampled_from(sorted(parents)))
    choices = [set(parents), {1}] if data is None else [data.draw(some), data.draw(some)]

    documents = [document(parents, column, chosen) for chosen in choices]

    assert leak_of(column, all_read(documents, parents, column)) is None


@many
@given(waves(largest=5), st.sets(st.integers(1, 4)), st.integers(SMALLEST, 9))
def test_nor_beside_the_live_pages_and_an_older_version_under_a_stricter_rule(
    wave, chosen, stricter
):
    parents, code, counts, missing = wave
    column = column_of(code, counts, missing)
    older = document(parents, column, chosen)
    newer = document(parents, column, chosen, smallest=stricter)

    cells = all_read([older, newer], parents, column) + published(parents, column)

    assert leak_of(column, cells) is None


@many
@given(waves(), st.sets(st.integers(1, 4)))
def test_a_document_holds_nothing_that_the_live_pages_do_not(wave, chosen):
    parents, code, counts, missing = wave
    column = column_of(code, counts, missing)

    shared = document(parents, column, chosen)

    live = published(parents, column)
    assert all(cell in live for cell in all_read([shared], parents, column))
    assert set(shared["departments"]) <= {str(one) for one in chosen}


@many
@given(waves(), st.integers(SMALLEST + 1, 30))
def test_under_a_stricter_rule_only_the_whole_is_left_and_only_where_enough_answered(
    wave, stricter
):
    parents, code, counts, missing = wave
    column = column_of(code, counts, missing)

    shared = document(parents, column, set(parents), smallest=stricter)

    assert shared["departments"] == {}
    assert all(one["n"] >= stricter for one in shared["questions"].values())


def test_a_document_that_judged_its_department_by_itself_would_betray_the_others():
    """Why nothing is counted again at sharing: the smallest case that the attacker finds."""
    parents = {1: None, 2: None}
    column = column_of("main", {1: (6, 4, 3), 2: (4, 1, 3)}, {1: 0, 2: 0})
    (table,) = column.tables()
    assert finest(table.counts[1], table.chain, smallest=FEW) == 0  # fine enough by itself

    shared = document(parents, column, {1})
    naive = {"blocks": [[code] for code in table.codes], "counts": list(table.counts[1])}
    shared["departments"]["1"] = {"questions": {"main": {"": naive}}}

    assert leak_of(column, read_by(1, shared, parents, column)) == ("", {2}, {"draft"}, 1)
