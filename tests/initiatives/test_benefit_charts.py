"""The chart of a benefit: what is drawn, said and tabled, for every shape that a benefit can have."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from buyin.figures import Figure
from buyin.initiatives.charts import benefit_figure
from buyin.initiatives.models import Benefit, Measurement
from tests.factories.benefits import DAYS

BEGAN, DAY = date(2024, 10, 1), date(2026, 9, 30)
NO_BASELINE: dict[str, Any] = {"baseline_value": None, "baseline_on": None}
NO_TARGET: dict[str, Any] = {"target_value": None, "target_on": None}
LIMIT: dict[str, Any] = {"is_disbenefit": True, "target_value": Decimal(45)}
numbers = st.decimals(-(10**9), 10**9, places=4)


def benefit(**fields: Any) -> Benefit:
    """Return a benefit that no database holds."""
    given_ = {name: Decimal(v) if name.endswith("_value") else v for name, v in DAYS.items()}
    return Benefit(pk=8, initiative_id=3, **{**given_, **fields})


def drawn(row: Benefit, *values: Any, **fields: Any) -> Figure:
    """Return the chart of values that were measured a month apart."""
    measured = [
        Measurement(benefit=row, value=Decimal(value), day=DAY + timedelta(days=30 * n), **fields)
        for n, value in enumerate(values)
    ]
    found = benefit_figure(row, measured)
    assert found is not None
    return found


def line(figure: Figure) -> Any:
    """Return what was measured, which is drawn last."""
    return figure.plot["data"][-1]


def dashed(figure: Figure) -> Any:
    """Return the dashed line."""
    (found,) = [one for one in figure.plot["data"] if one["line"].get("dash")]
    return found


def test_before_anybody_has_measured_nothing_is_drawn():
    assert benefit_figure(benefit(), []) is None


def test_the_line_begins_at_the_baseline_and_names_both_its_ends():
    found = line(drawn(benefit(), 35, 30, 29))

    assert list(found["x"]) == ["2024-10-01", "2026-09-30", "2026-10-30", "2026-11-29"]
    assert list(found["y"]) == [41.0, 35.0, 30.0, 29.0]
    assert list(found["text"]) == ["41", "", "", "29"]


def test_without_a_baseline_the_line_begins_with_the_first_measurement():
    figure = drawn(benefit(**NO_BASELINE), 35, 30)

    assert list(line(figure)["y"]) == [35.0, 30.0]
    assert [row[1] for row in figure.rows] == ["35 days", "30 days"]


def test_the_dashed_line_is_the_straight_way_to_the_target():
    found = dashed(drawn(benefit(), 29))

    assert list(found["x"]) == ["2024-10-01", "2027-06-30"]
    assert list(found["y"]) == [41.0, 25.0]


@pytest.mark.parametrize(
    ("by", "ends"), [(date(2027, 6, 30), "2027-06-30"), (date(2025, 1, 1), "2026-09-30")]
)
def test_a_limit_is_a_level_line_as_far_as_its_day_or_the_newest_measurement(by, ends):
    found = dashed(drawn(benefit(**LIMIT, target_on=by), 43))

    assert list(found["x"]) == ["2024-10-01", ends]
    assert list(found["y"]) == [45.0, 45.0]


def test_a_target_without_a_baseline_is_a_level_line_from_the_first_measurement():
    found = dashed(drawn(benefit(**NO_BASELINE), 29))

    assert list(found["x"]) == ["2026-09-30", "2027-06-30"]
    assert list(found["y"]) == [25.0, 25.0]


def test_without_a_target_there_is_one_line_and_no_label():
    figure = drawn(benefit(**NO_TARGET), 29)

    assert len(figure.plot["data"]) == 1
    assert not figure.plot["layout"].get("annotations")
    assert "Dashed" not in figure.summary


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({}, "target 25"),
        (LIMIT, "limit 45"),
        ({"baseline_value": Decimal(41000), "target_value": Decimal("12500.5000")},
         "target 12,500.5"),
    ],
)  # fmt: skip
def test_the_dashed_line_says_what_it_is_where_it_ends(fields, label):
    figure = drawn(benefit(**fields), 29)

    (note,) = figure.plot["layout"]["annotations"]
    assert note["text"] == label
    assert (note["x"], note["y"]) == (dashed(figure)["x"][-1], dashed(figure)["y"][-1])


@pytest.mark.parametrize(
    ("fields", "summary"),
    [
        ({}, ("One dot a measurement. Dashed: the straight way from the baseline to the target. "
             "Lower is better.")),
        (LIMIT, "One dot a measurement. Dashed: the limit that was agreed. Lower is better."),
        (NO_TARGET, "One dot a measurement. Lower is better."),
        ({"direction": "higher", **NO_BASELINE}, "One dot a measurement. Higher is better."),
    ],
)  # fmt: skip
def test_the_summary_says_what_is_drawn(fields, summary):
    assert drawn(benefit(**fields), 29).summary == summary


def test_the_table_says_the_same_in_words_with_the_baseline_first():
    figure = drawn(benefit(), "29.5", n=812, method="All cases")

    assert list(figure.columns) == ["Measured on", "Median days to decide", "Cases", "How"]
    assert [list(row) for row in figure.rows] == [
        [f"{date_format(BEGAN)} (baseline)", "41 days", "–", "–"],
        [date_format(DAY), "29.5 days", 812, "All cases"],
    ]
    assert figure.csv_url == "/initiatives/3/benefits/8/measurements.csv"


def test_no_case_at_all_is_a_number_and_an_unknown_number_is_a_dash():
    assert drawn(benefit(), 29, n=0).rows[-1][2] == 0
    assert drawn(benefit(), 29).rows[-1][2] == "–"


def test_what_is_described_in_words_is_named_by_its_title():
    words: dict[str, Any] = {"kind": "qualitative", "indicator": "", "unit": ""}

    figure = drawn(benefit(**words, **NO_BASELINE, **NO_TARGET), 3)

    assert figure.title == "Permits are decided sooner: 3"
    assert list(figure.columns)[1] == "Value"


@given(st.lists(numbers, min_size=1, max_size=6), st.booleans(), st.booleans())
def test_everything_that_is_drawn_has_room(values, has_baseline, has_target):
    left_out = ({} if has_baseline else NO_BASELINE) | ({} if has_target else NO_TARGET)
    figure = drawn(benefit(**left_out), *values)

    low, high = figure.plot["layout"]["yaxis"]["range"]
    heights = [y for one in figure.plot["data"] for y in one["y"]]
    assert low < min(heights)
    assert high > max(heights)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_what_is_never_below_nought_gets_no_axis_far_below_it(values):
    low, high = drawn(benefit(), *values).plot["layout"]["yaxis"]["range"]

    assert low > -0.2 * high


@given(st.lists(numbers, min_size=1, max_size=6))
def test_table_and_drawing_have_as_many_rows_as_dots(values):
    figure = drawn(benefit(), *values)

    assert len(figure.rows) == len(line(figure)["y"]) == len(values) + 1
    assert all(len(row) == len(figure.columns) for row in figure.rows)
    assert [text for text in line(figure)["text"][1:-1] if text] == []
