"""Counting: each type of answer, who gave none, and ranges that nobody stands alone in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import definitions
from surveys.results.bins import day_bins, number_bins, place_of
from surveys.results.tally import ANSWERED, CHOSEN, LEFT, NOT_ASKED, SKIPPED, Column
from tests.factories.questions import EVERY_TYPE

ITEMS = {item.code: item for item in definitions.read(EVERY_TYPE).items()}


def counted(code, *answers):
    """Return the column of an item after these people of department 1 answered."""
    column = Column(ITEMS[code])
    for answer in answers:
        column.add(1, {code: answer})
    return column


def table(code, *answers):
    (found,) = counted(code, *answers).tables()
    return dict(zip(found.codes, found.whole, strict=True))


def test_each_answer_of_a_scale_or_a_choice_is_counted_under_its_code():
    assert table("pace", 1, 3, 3) == {"1": 1, "2": 0, "3": 2}
    assert table("main", "search", "else", "search") == {"search": 2, "draft": 0, "else": 1}
    assert table("again", 0, 10, 10)["10"] == 2


def test_of_a_ranking_the_first_place_is_counted():
    found = table("order", ["draft", "search"], ["draft"], ["plan", "draft"])

    assert found == {"search": 0, "draft": 2, "check": 0, "plan": 1}


def test_several_choices_make_a_table_each():
    column = counted("uses", ["search", "draft"], ["search"], ["none"])

    found = {one.part: dict(zip(one.codes, one.whole, strict=True)) for one in column.tables()}
    assert found["search"] == {CHOSEN: 2, LEFT: 1}
    assert found["draft"] == {CHOSEN: 1, LEFT: 2}
    assert found["none"] == {CHOSEN: 1, LEFT: 2}
    assert found["plan"] == {CHOSEN: 0, LEFT: 3}


def test_who_did_not_know_left_it_out_or_was_not_asked_is_told_apart():
    column = Column(ITEMS["again"])
    for answers in ({"again": 7}, {"again": "dk"}, {"again": None}, {}):
        column.add(1, answers)

    states = (ANSWERED, "dk", SKIPPED, NOT_ASKED)
    assert [column.state(one) for one in states] == [1, 1, 1, 1]
    assert column.in_state(NOT_ASKED) == {1: 1}


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("main", "gone"), ("uses", []), ("uses", "search"), ("order", []), ("pace", 9),
        ("pace", "dk"), ("hours", "many"), ("hours", True), ("since", 5), ("wish", ""),
    ],
)  # fmt: skip
def test_what_is_no_answer_to_the_question_counts_as_left_out(code, answer):
    column = counted(code, answer)

    assert (column.state(ANSWERED), column.state(SKIPPED)) == (0, 1)


def test_texts_are_kept_and_counted():
    column = counted("wish", "More time", None, "dk")

    assert column.texts == ["More time"]
    assert column.state(ANSWERED) == 1


def test_numbers_and_days_are_counted_in_ranges():
    assert table("hours", 1, 1, 1, 2, 2, 2) == {"0": 3, "1": 3}
    assert table("since", *["2026-01-05"] * 3, *["2026-03-01"] * 4) == {"0": 3, "1": 4}


# Ranges


@pytest.mark.parametrize(
    ("values", "bins"),
    [
        ([5] * 9, [(5, 5)]),
        ([5], [(5, 5)]),
        ([1] * 3 + [2] * 3, [(1, 1), (2, 2)]),
        # Two people said 2, so they go with the next.
        ([1] * 3 + [2] * 2 + [3] * 3, [(1, 1), (2, 3)]),
        # The last few go with the range before them.
        ([1] * 3 + [2] * 4 + [9], [(1, 1), (2, 9)]),
        (list(range(100)), [(low, low + 19) for low in range(0, 100, 20)]),
    ],
)
def test_ranges_have_round_ends_and_three_people_or_more(values, bins):
    assert number_bins({value: values.count(value) for value in values}) == bins


@pytest.mark.parametrize(
    ("days", "bins"),
    [
        (["2026-01-01"] * 3 + ["2026-02-01"] * 3, [("2026-01", "2026-01"), ("2026-02", "2026-02")]),
        (["2026-01-01"] * 2 + ["2026-05-01"] * 3, [("2026-01", "2026-05")]),
        (["2020-01-01"] * 3 + ["2026-02-01"] * 3, [("2020", "2020"), ("2026", "2026")]),
    ],
)
def test_days_are_told_by_month_or_by_year(days, bins):
    assert day_bins({day: days.count(day) for day in days}) == bins


@given(
    st.dictionaries(
        st.one_of(st.integers(-500, 5000), st.floats(-50, 50, width=32)).map(float),
        st.integers(1, 5),
        min_size=1,
        max_size=40,
    )
)
def test_every_number_has_its_range_and_no_range_holds_a_few(counts):
    bins = number_bins(counts)
    people = [0] * len(bins)
    for value, n in counts.items():
        people[place_of(value, bins)] += n

    assert sum(people) == sum(counts.values())
    assert min(people) >= 3 or len(bins) == 1
    assert bins == sorted(bins)


@given(
    st.dictionaries(
        st.dates().map(lambda day: day.isoformat()), st.integers(1, 5), min_size=1, max_size=30
    )
)
def test_every_day_has_its_range_and_no_range_holds_a_few(counts):
    bins = day_bins(counts)
    people = [0] * len(bins)
    for day, n in counts.items():
        people[place_of(day, bins)] += n

    assert sum(people) == sum(counts.values())
    assert min(people) >= 3 or len(bins) == 1
