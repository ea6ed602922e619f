"""One question by department: cells that join, shares side by side, and what stays hidden."""

from datetime import UTC, datetime

import pytest

from surveys import definitions
from surveys.charts import rows_of_changes, rows_over_waves, trend_panels
from surveys.charts.departments import Part, comparison_of, shown_in
from surveys.results.changes import changes_between, headlines_of, same_over_waves
from surveys.results.reading import questions_in
from tests.factories.surveys import DEFINITION

READ = definitions.read(DEFINITION)
FIVE = [[str(n)] for n in range(1, 6)]
CHOSEN = [["chosen"], ["left"]]


def cut(blocks, counts, **more):
    return {"blocks": blocks, "counts": counts, **more}


def question(code, **frozen):
    return next(one for one in questions_in(READ, frozen) if one.question.code == code)


def useful(counts):
    return question("useful", useful={"n": sum(counts), "tables": {"": cut(FIVE, counts)}})


def lines(found):
    assert found
    return [(line.name, line.n, [(p.text, p.span) for p in line.pieces]) for line in found.lines]


def test_the_whole_stands_first_and_a_department_joins_its_columns():
    part = Part("Roads", 1, {"useful": {"": cut([["1", "2"], ["3"], ["4", "5"]], [5, 10, 5])}})

    found = comparison_of(useful([10, 10, 20, 10, 10]), [part])

    assert lines(found) == [
        ("All together", "60", [("17 %", 1), ("17 %", 1), ("33 %", 1), ("17 %", 1), ("17 %", 1)]),
        ("Roads", "20", [("25 %", 2), ("50 %", 1), ("25 %", 2)]),
    ]
    assert found
    assert [line.depth for line in found.lines] == [0, 2]


def test_a_department_without_anything_to_show_has_no_line():
    parts = [Part("Roads", 0, {}), Part("Parks", 0, {"helped": {"": cut([["yes"]], [3])}})]

    found = comparison_of(useful([10] * 5), parts)

    assert found
    assert not found.has_parts
    assert shown_in(parts, useful([10] * 5)) == []


def test_choices_stand_side_by_side_with_a_side_where_only_that_may_be_told():
    tables = {
        "speed": cut(CHOSEN, [30, 30]),
        "check": cut([], [], edge=[["left"], "over 90"]),
        "other": cut([], [], edge=[["chosen"], "over 90"]),
    }
    part = Part("Roads", 0, {"reasons": {"speed": cut(CHOSEN, [5, 15])}})

    found = comparison_of(question("reasons", reasons={"n": 60, "tables": tables}), [part])

    assert [[text for text, _span in row] for _name, _n, row in lines(found)] == [
        ["50 %", "under 10 %", "over 90 %"],
        ["25 %", "hidden", "hidden"],
    ]
    assert found
    assert [piece.is_hidden for piece in found.lines[1].pieces] == [False, True, True]


def test_statements_of_a_matrix_stand_side_by_side_with_the_people_behind_them():
    frozen = {
        "told": {"n": 60, "tables": {"": cut(FIVE, [20, 10, 10, 10, 10])}},
        "heard": {"n": 40, "tables": {"": cut([], [], edge=[["1", "2", "3"], "over 90"])}},
    }
    part = Part("Roads", 0, {"told": {"": cut([["1", "2", "3"], ["4", "5"]], [10, 10])}})

    found = comparison_of(question("statements", **frozen), [part])

    assert lines(found) == [
        ("All together", "60", [("33 %", 1), ("under 10 %", 1)]),
        ("Roads", "20", [("50 %", 1), ("hidden", 1)]),
    ]


@pytest.mark.parametrize("code", ["useful", "more", "statements"])
def test_what_too_few_answered_and_what_people_wrote_is_not_compared(code):
    assert comparison_of(question(code), []) is None


def test_a_scale_of_which_only_a_side_is_told_is_not_compared():
    edge = cut([], [], edge=[["4", "5"], "over 90"])

    assert comparison_of(question("useful", useful={"n": 60, "tables": {"": edge}}), []) is None


# Over the waves


def test_a_figure_that_some_wave_does_not_tell_leaves_a_gap():
    waves = [[useful([10] * 5)], [question("useful")], [useful([0, 0, 10, 20, 20])]]
    (figure,) = headlines_of(waves[-1][0].main)

    (row,) = rows_over_waves([same_over_waves(figure, waves)], ["May", "June", "July"])

    assert row.values == [("May", "40 %"), ("June", "–"), ("July", "80 %")]
    assert row.is_real
    assert row.change.startswith("40 points more")


def test_a_figure_of_one_wave_alone_has_no_row():
    waves = [[question("useful")], [useful([10] * 5)]]
    (figure,) = headlines_of(waves[-1][0].main)

    assert rows_over_waves([same_over_waves(figure, waves)], ["May", "June"]) == []


DAYS = [datetime(2026, month, 5, 12, tzinfo=UTC) for month in (5, 6, 7)]


def test_each_figure_with_a_row_has_a_small_chart_of_the_same_values():
    waves = [[useful([10] * 5)], [question("useful")], [useful([0, 0, 10, 20, 20])]]
    (figure,) = headlines_of(waves[-1][0].main)
    series = [same_over_waves(figure, waves)] * 2

    panels = trend_panels(series, DAYS)

    assert [panel.id for panel in panels] == ["trend-1", "trend-2"]
    assert panels[0].title == "The assistant is useful for my work."
    (line,) = panels[0].plot["data"]
    assert list(line["y"]) == [40, 80]
    assert list(line["text"]) == ["40 %", "80 %"]
    assert panels[0].plot["layout"]["yaxis"]["range"] == [0, 100]
    assert panels[0].plot_id == "trend-1-plot"


def test_a_figure_without_a_row_has_no_small_chart():
    gone = [[useful([10] * 5)], [useful([10] * 5)], [question("useful")]]
    (figure,) = headlines_of(gone[0][0].main)
    alone = [[question("useful")], [question("useful")], [useful([10] * 5)]]

    assert trend_panels([same_over_waves(figure, waves) for waves in (gone, alone)], DAYS) == []


def test_what_has_changed_stands_first():
    def both(first, second):
        return [
            useful(first),
            question("helped", helped={"n": 60, "tables": {"": cut([["yes"], ["no"]], second)}}),
        ]

    changes = changes_between(both([12] * 5, [50, 10]), both([12] * 5, [10, 50]))
    rows = rows_of_changes(changes, ("May", "June"))

    assert [row.is_real for row in rows] == [True, True, False]
    assert rows[0].values == [("May", "17 %"), ("June", "83 %")]
    assert rows[-1].change.startswith("no clear change; up to ")
    assert rows[1].change.startswith("67 points less")
