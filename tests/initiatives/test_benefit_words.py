"""Benefits in words: amounts, states, formal changes and how far it is, also where little is said."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.exports import (
    benefit_columns,
    benefit_rows,
    measurement_columns,
    measurement_rows,
)
from buyin.initiatives.forms import MeasurementForm
from buyin.initiatives.models import Benefit, BenefitChange, Initiative, Measurement
from buyin.initiatives.progress import progress
from buyin.initiatives.queries import Standing, measured, standings
from buyin.initiatives.rendering import changes_of, told_of
from buyin.initiatives.wording import amount, message, number, number_in, state_words, told_value
from tests.factories.benefits import DAYS, make_benefit, make_measurement
from tests.factories.initiatives import InitiativeFactory

DAY, TODAY = date(2026, 9, 30), date(2026, 10, 15)
LIMIT: dict[str, Any] = {"is_disbenefit": True, "target_value": Decimal(45)}
NO_BASELINE: dict[str, Any] = {"baseline_value": None, "baseline_on": None}


def benefit(**fields: Any) -> Benefit:
    """Return a benefit that no database holds."""
    given_ = {name: Decimal(v) if name.endswith("_value") else v for name, v in DAYS.items()}
    initiative = Initiative(pk=3, name="Pothole finder")
    return Benefit(pk=8, initiative=initiative, **{**given_, **fields})


def standing(row: Benefit, value: Any = None, day: date | None = DAY) -> Standing:
    """Return how a benefit stands with this newest value."""
    found: Any = row
    found.newest_value = None if value is None else Decimal(value)
    found.newest_day = None if value is None else day
    (one,) = standings([row], TODAY)
    return one


@given(st.decimals(-(10**13), 10**13, places=4))
def test_a_number_loses_no_digit_and_has_no_needless_nought(value):
    text = number(value)

    assert Decimal(text.replace(",", "")) == value
    assert "." not in text or not text.endswith(("0", "."))


@pytest.mark.parametrize(
    ("stored", "said"),
    [("0.0000", "0"), ("0.5000", "0.5"), ("-3.2500", "-3.25"), ("1000", "1,000"),
     ("1234567.1000", "1,234,567.1"), ("100.0000", "100"), ("1E+3", "1,000")],
)  # fmt: skip
def test_a_stored_number_is_read_as_people_write_it(stored, said):
    assert number_in(stored) == said


def test_numbers_are_written_as_the_language_writes_them():
    with translation.override("es"):
        spanish = number(Decimal("12.5"))

    assert (number(Decimal("12.5")), spanish) == ("12.5", "12,5")


def test_an_amount_without_a_unit_has_no_space_behind_it():
    assert amount(benefit(unit=""), Decimal(3)) == "3"
    assert amount(benefit(unit="%"), Decimal(0)) == "0 %"


@pytest.mark.parametrize(
    ("state", "of_benefit", "of_limit"),
    [
        ("planned", "planned", "planned"),
        ("at-risk", "at risk", "at risk"),
        ("realised", "realised", "kept within its limit"),
        ("not-realised", "not realised", "beyond its limit"),
        ("withdrawn", "withdrawn", "withdrawn"),
    ],
)
def test_each_state_has_its_words(state, of_benefit, of_limit):
    assert state_words(benefit(state=state)) == of_benefit
    assert state_words(benefit(**LIMIT), state) == of_limit


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([29], "Letters: 29 days"),
        ([29, 29], "Letters is where it was, at 29 days"),
        ([29, 31], "Letters rose from 29 to 31 days"),
        ([29, 40, 28], "Letters fell from 29 to 28 days"),
    ],
)
def test_without_a_baseline_the_first_measurement_is_where_it_began(values, said):
    row = benefit(**NO_BASELINE, indicator="Letters", target_value=None, target_on=None)

    found = message(row, [Measurement(benefit=row, value=Decimal(v), day=DAY) for v in values])

    assert found == said


def test_a_value_is_told_with_the_name_of_what_was_measured():
    for indicator, said in (("Median days", "Median days: 29 days"), ("", "Sooner: 29 days")):
        row = benefit(indicator=indicator, title="Sooner")

        assert told_value(Measurement(benefit=row, value=Decimal("29.0000"), day=DAY)) == said


@pytest.mark.parametrize(
    ("fields", "value", "way"),
    [
        ({}, 29, "75 % of the way"),
        ({}, 41, "0 % of the way"),
        ({}, 45, "-25 % of the way"),
        ({}, "25.01", "99 % of the way"),
        ({}, 25, "100 % of the way"),
        ({}, 21, "125 % of the way"),
        (LIMIT, 43, "50 % of the limit used"),
        (LIMIT, 49, "200 % of the limit used"),
        ({"is_disbenefit": True, "target_value": Decimal(41)}, 43, ""),
        (NO_BASELINE, 29, ""),
        ({}, None, ""),
    ],
)
def test_how_far_it_is_is_said_where_there_is_a_way(fields, value, way):
    assert told_of(standing(benefit(**fields), value)).way == way


@pytest.mark.parametrize(
    ("fields", "value", "code", "words"),
    [
        ({}, 24, "realised", "realised"),
        ({"state": "realised"}, 24, "", ""),
        (LIMIT, 47, "at-risk", "at risk"),
        (LIMIT | {"target_on": DAY}, 44, "realised", "kept within its limit"),
        (LIMIT | {"target_on": DAY}, 46, "not-realised", "beyond its limit"),
        ({"state": "withdrawn"}, 24, "", ""),
        (NO_BASELINE, 24, "", ""),
        ({"target_on": date(2026, 10, 14)}, None, "at-risk", "at risk"),
    ],
)
def test_what_figures_suggest_is_told_where_it_is_news(fields, value, code, words):
    told = told_of(standing(benefit(**fields), value))

    assert (told.suggested, told.suggested_words) == (code, words)


@pytest.mark.parametrize(
    ("what", "before", "after", "said"),
    [
        ("target_value", "25.0000", "20", ("25", "20")),
        ("target_value", "", "1250.5000", ("none", "1,250.5")),
        ("baseline_on", "2024-10-01", "", (date_format(date(2024, 10, 1)), "none")),
        ("direction", "lower", "higher", ("lower is better", "higher is better")),
        ("is_disbenefit", "False", "True", ("no", "yes")),
        ("indicator", "Days", "Letters", ("Days", "Letters")),
        ("unit", "", "%", ("none", "%")),
        ("state", "on-track", "not-realised", ("on track", "not realised")),
    ],
)
def test_a_formal_change_says_both_as_people_read_them(what, before, after, said):
    row = BenefitChange(what=what, before=before, after=after, reason="New law.")

    (change,) = changes_of(benefit(), [row])

    assert (change.before, change.after) == said


def test_a_change_of_state_of_a_dis_benefit_speaks_of_its_limit():
    row = BenefitChange(what="state", before="realised", after="not-realised")

    (change,) = changes_of(benefit(**LIMIT), [row])

    assert (change.before, change.after) == ("kept within its limit", "beyond its limit")


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({}, "Median days to decide, in days"),
        ({"indicator": "% of letters", "unit": "%"}, "% of letters, in %"),
        ({"indicator": "", "unit": "", "kind": "qualitative"}, "Permits are decided sooner"),
    ],
)
def test_the_form_asks_for_the_value_by_its_name_and_unit(fields, label):
    form = MeasurementForm(instance=Measurement(benefit=benefit(**fields)))

    assert form.fields["value"].label == label


def columns(row: list[object], names: list[str]) -> dict[str, object]:
    assert len(row) == len(names) == len(set(names))
    return dict(zip(names, row, strict=True))


def test_a_row_of_the_register_holds_numbers_as_numbers_and_gaps_as_nothing():
    (full,) = benefit_rows([standing(benefit(), 29)])
    (empty,) = benefit_rows(
        [standing(benefit(**NO_BASELINE, target_value=None, target_on=None, indicator=""))]
    )

    found = columns(full, benefit_columns())
    assert (found["baseline"], found["target"], found["newest value"]) == (41.0, 25.0, 29.0)
    assert (found["way made, in percent"], found["measured on"]) == (75, DAY)
    assert (found["dis-benefit"], found["state"], found["owner"]) == ("no", "planned", "")
    gaps = columns(empty, benefit_columns())
    for name in ("baseline", "target", "newest value", "measured on", "way made, in percent"):
        assert gaps[name] == "", name


def test_a_row_of_a_limit_says_that_it_is_one():
    (row,) = benefit_rows([standing(benefit(**LIMIT, state="realised"), 43)])

    found = columns(row, benefit_columns())
    assert (found["dis-benefit"], found["state"]) == ("yes", "kept within its limit")


@pytest.mark.django_db
@pytest.mark.parametrize(("cases", "cell"), [(0, 0), (812, 812), (None, "")])
def test_no_case_at_all_is_another_thing_than_an_unknown_number(cases, cell):
    row = make_benefit(InitiativeFactory())
    wrong = make_measurement(row, Decimal("-3.5"), DAY, n=cases)
    right = make_measurement(row, 4, DAY, n=cases, corrects=wrong)

    first, second = (
        columns(cells, measurement_columns()) for cells in measurement_rows(row, measured(row))
    )

    assert (first["id"], first["corrects"], first["corrected by"]) == (right.pk, wrong.pk, "")
    assert (second["id"], second["corrects"], second["corrected by"]) == (wrong.pk, "", right.pk)
    assert (second["number of cases"], second["value"], second["unit"]) == (cell, -3.5, "days")


@given(st.decimals(0, 100, places=2))
def test_words_and_rows_tell_one_percentage(value):
    found = standing(benefit(), value)
    aim = benefit().aim
    assert aim is not None

    percent = progress(aim, value).percent

    assert told_of(found).way == f"{percent} % of the way"
    (row,) = benefit_rows([found])
    assert columns(row, benefit_columns())["way made, in percent"] == percent
