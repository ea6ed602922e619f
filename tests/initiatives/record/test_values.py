"""How values of a record are put together, read and kept from the public."""

import pytest

from buyin.initiatives.record import (
    BY_NAME,
    STAGE_CODES,
    day_of,
    is_filled,
    pairs,
    public,
    shown,
    texts_of,
    whole,
)


@pytest.mark.parametrize("empty", [None, "", "  ", [], day_of(" ")])
def test_nothing_written_is_not_filled(empty):
    assert not is_filled(empty)


@pytest.mark.parametrize("value", ["x", ["x"], day_of("spring")])
def test_anything_written_is_filled(value):
    assert is_filled(value)


@pytest.mark.parametrize(("stage", "code"), STAGE_CODES.items())
def test_the_stage_is_that_of_the_initiative(stage, code):
    found = whole({"development_stage": "Pilot", "team": ""}, name="Triage", stage=stage)

    expected = {"use_case_name": "Triage"} | ({"development_stage": code} if code else {})
    assert found == expected


def test_a_stage_that_nobody_recognised_stays_until_the_initiative_says_more():
    values = {"development_stage": "Implementation and Assessment"}

    assert whole(values, name="A", stage="idea")["development_stage"] == values["development_stage"]
    assert whole(values, name="A", stage="pilot")["development_stage"] == "Pilot"


def test_a_name_is_that_of_the_initiative_or_a_longer_one_that_begins_so():
    longer = {"use_case_name": "Form triage for the office"}

    assert whole(longer, name="Form triage", stage="idea") == longer
    assert whole(longer, name="Letters", stage="idea") == {"use_case_name": "Letters"}


def test_values_are_read_in_words():
    assert shown(BY_NAME["topic_area"], "HR") == "Human resources"
    assert shown(BY_NAME["topic_area"], "Unknown") == "Unknown"
    assert shown(BY_NAME["demographic_features"], ["Ability Status", "Age"]) == "Disability; Age"
    assert shown(BY_NAME["operational_date"], day_of("2026-03-02")) == "2 March 2026"
    assert shown(BY_NAME["operational_date"], day_of("2026-03")) == "March 2026"
    assert shown(BY_NAME["operational_date"], day_of("2026")) == "2026"
    assert shown(BY_NAME["operational_date"], day_of("spring")) == "spring"
    assert shown(BY_NAME["team"], None) == ""
    assert texts_of("") == []


def test_a_myth_and_its_fact_are_a_paragraph():
    text = "It decides.\r\nPeople decide.\r\nAlways.\r\n\r\n\r\n\r\nIt listens.\n\n"

    assert list(pairs(text)) == [("It decides.", "People decide.\nAlways."), ("It listens.", "")]
    assert list(pairs("")) == []


def test_the_public_reads_reasons_in_the_place_of_what_is_withheld():
    values = {"team": "Sorting", "vendor_name": "Secret Ltd", "withheld_reason": "x"}

    assert public(values, {"vendor_name": "Trade secret"}) == {
        "team": "Sorting",
        "vendor_name": "Withheld: Trade secret",
    }
    assert "Secret Ltd" not in str(public(values, {"vendor_name": "Trade secret"}))
