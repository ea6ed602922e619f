"""Rankings: all places counted, told only where nobody shows through, ties as ties."""

from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys import definitions, wording
from surveys.charts import ranking_figure
from surveys.results.freezing import question_of
from surveys.results.reading import questions_in
from surveys.results.tally import Column
from tests.factories.questions import EVERY_TYPE
from tests.factories.results import every_sheet, make_results
from tests.readiness.attacker import _basis, _reduced
from tests.surveys.test_result_attack import FEW, many
from tests.surveys.test_results import rows, words

READ = definitions.read(EVERY_TYPE)
ORDER = next(one for one in READ.items() if one.code == "order")
FOUR = ("search", "draft", "check", "plan")


def counted(*answers):
    column = Column(ORDER)
    for answer in answers:
        column.add(1, {"order": list(answer)})
    return column


def frozen(*answers):
    return question_of(counted(*answers), smallest=5, asked=0)


def question(*answers):
    found = questions_in(READ, {"order": frozen(*answers)})
    return next(one for one in found if one.question.code == "order")


def turned(n):
    """Return n rankings that begin with each answer in turn."""
    return [FOUR[one % 4 :] + FOUR[: one % 4] for one in range(n)]


# Counting


def test_each_choice_is_counted_at_its_place_and_what_has_none_stands_last():
    column = counted(FOUR, ("draft", "search"))

    assert column.placed["search", 1] == column.placed["search", 2] == 1
    assert column.placed["draft", 1] == column.placed["draft", 2] == 1
    assert column.placed["check", 3] == column.placed["check", 4] == 1
    assert column.placed["plan", 4] == 2


def test_a_ranking_that_begins_with_something_else_is_not_counted():
    assert not counted(("gone", "draft")).placed


# What may be told


def test_all_places_are_told_where_each_was_given_by_three_people():
    found = frozen(*turned(12))["places"]

    assert found["blocks"] == [[1], [2], [3], [4]]
    assert found["counts"] == {code: [3, 3, 3, 3] for code in FOUR}


def test_places_from_the_last_on_are_joined_where_few_gave_one():
    others = [("search", "draft", "plan", "check")] * 9
    found = frozen(*turned(12), *others, *[("draft", "search", "plan", "check")] * 3)["places"]

    assert found["blocks"] == [[1], [2], [3], [4]]
    fewer = frozen(*turned(11), ("plan", "search", "check", "draft"))["places"]
    assert len(fewer["blocks"]) < 4
    assert all(sum(row) == 12 for row in fewer["counts"].values())


def test_nothing_but_the_first_place_is_told_where_one_answer_is_hardly_ever_first():
    found = frozen(*[FOUR] * 10, *[("draft", "search", "check", "plan")] * 10)

    assert "places" not in found
    assert found["tables"][""]["counts"]


ALL = list(permutations(FOUR[:3]))


def with_three(counts):
    """Return the column of a question with three choices, so many people for each order."""
    column = Column(ORDER)
    column.codes = list(FOUR[:3])  # what the definition would give
    for order, n in zip(ALL, counts, strict=True):
        for _one in range(n):
            column.add(1, {"order": list(order)})
    return column


def cells(found, first):
    """Return the orders that each published number counts."""
    told = [
        [order for order in ALL if order.index(code) + 1 in block]
        for code in (found.get("counts") or {})
        for block in found["blocks"]
    ]
    return [*told, *([order for order in ALL if order[0] in block] for block in first), ALL]


def leak(counts, told):
    """Return orders whose number follows from all that is told and is below three, or None."""
    basis = _basis([[Fraction(order in cell) for order in ALL] for cell in told])
    for size in range(1, len(ALL)):
        for chosen in combinations(range(len(ALL)), size):
            row = [Fraction(one in chosen) for one in range(len(ALL))]
            few = sum(counts[one] for one in chosen) < FEW
            if few and not any(_reduced(row, basis)):
                return [ALL[one] for one in chosen]
    return None


@many
@given(st.lists(st.integers(0, 6), min_size=6, max_size=6))
@example([3, 0, 3, 0, 3, 0])
@example([6, 0, 0, 6, 6, 0])
def test_no_sum_or_difference_of_places_tells_of_fewer_than_three_people(counts):
    column = with_three(counts)
    found = question_of(column, smallest=5, asked=0)
    if not found:
        return

    first = found["tables"][""]["blocks"]

    assert leak(counts, cells(found.get("places", {}), first)) is None


def test_the_attacker_finds_what_is_joined_for_one_choice_only():
    """Why there is one cut for all: what is hidden of one choice follows from the others."""
    counts = [6, 4, 6, 1, 6, 0]  # only one person put the first choice last
    others = {"blocks": [[1], [2], [3]], "counts": {code: [] for code in FOUR[1:3]}}
    joined = [[order for order in ALL if order[0] == FOUR[0]]]

    found = leak(counts, [*cells(others, []), *joined])

    assert found is not None
    assert all(order[2] == FOUR[0] for order in found)


# In words and as a chart


def test_choices_stand_in_the_order_of_their_mean_place_and_equal_ones_share_theirs():
    found = question(*turned(12), *[("draft", "search", "check", "plan")] * 8)

    figure = ranking_figure(found)

    assert figure
    texts = wording.texts_of(found.main)
    assert [(row[0], row[1], row[2]) for row in figure.rows] == [
        ("1", texts["draft"], "1.9"),
        ("2", texts["search"], "2.3"),
        ("3", texts["check"], "2.7"),
        ("4", texts["plan"], "3.1"),
    ]
    assert figure.columns[3:] == ["Place 1", "Place 2", "Place 3", "Place 4 or none"]
    assert figure.rows[0][3:] == ["55 %", "15 %", "15 %", "15 %"]


def test_all_that_are_equal_are_tied():
    found = question(*turned(40))

    figure = ranking_figure(found)

    assert figure
    assert {row[0] for row in figure.rows} == {"1, tied"}
    assert wording.finding_of(found) == "4 answers are put first equally often (25 % each)"


def test_two_that_are_put_first_equally_often_are_named_both():
    orders = [("search", "draft"), ("draft", "search")] * 8 + [
        ("check", "plan"),
        ("plan", "check"),
    ] * 3

    found = wording.finding_of(question(*orders))

    assert found.startswith("Most often put first, equally: “")
    assert found.endswith("(36 % each)")


def test_where_places_are_joined_there_is_no_mean_and_the_first_place_decides():
    orders = [*turned(12), *[("search", "draft", "check", "plan")] * 8]
    column = counted(*orders)
    kept = question_of(column, smallest=5, asked=0)
    counts = {code: [row[0], sum(row[1:])] for code, row in kept["places"]["counts"].items()}
    kept["places"] = {"blocks": [[1], [2, 3, 4]], "counts": counts}
    found = next(q for q in questions_in(READ, {"order": kept}) if q.question.code == "order")

    figure = ranking_figure(found)

    assert figure
    assert [row[2] for row in figure.rows] == ["–"] * 4
    assert figure.rows[0][0] == "1"
    assert [row[0] for row in figure.rows[1:]] == ["2, tied"] * 3
    assert figure.columns[-1] == "Place 2 to 4"


def test_results_from_before_places_were_counted_keep_their_chart():
    kept = {k: v for k, v in frozen(*turned(40)).items() if k != "places"}
    found = next(q for q in questions_in(READ, {"order": kept}) if q.question.code == "order")

    assert ranking_figure(found) is None


@pytest.fixture
def result(cast):
    return make_results({cast.roads: every_sheet(80)}, definition=EVERY_TYPE)


def test_the_page_shows_the_whole_ranking_with_its_table(sign_in, result):
    page = sign_in("lead").get(f"/surveys/{result.wave_id}/results/questions/order/")

    told = rows(page, "4 answers are put first equally often")
    assert len(told) == 4
    assert all(line.startswith("1, tied") for line in told)
    assert "What somebody gave no place counts as last." in words(page)


def test_programs_read_the_places(sign_in, result):
    found = sign_in("lead").get(f"/api/v1/results/{result.wave_id}/").json()

    items = {item["code"]: item for one in found["questions"] for item in one["items"]}
    assert items["order"]["places"]["blocks"] == [[1], [2], [3], [4]]
    assert items["order"]["places"]["counts"]["plan"] == [20, 20, 20, 20]
    assert items["again"]["places"] is None
