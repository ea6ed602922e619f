"""Cells of inventories: days in every shape, lists in every way, choices in every spelling."""

from operator import attrgetter

import pytest

from buyin.initiatives.inventory.several import parts_of, written
from buyin.initiatives.inventory.values import codes_of, reader_of
from buyin.initiatives.record.fields import FIELDS
from buyin.tables.dates import read_day
from buyin.tables.folding import folded, plain_number, says_nothing

DAYS = [
    ("2024-10-01 00:00:00", "2024-10-01", "day"),
    ("2025-09-08", "2025-09-08", "day"),
    ("01/01/2018 00:00:00", "2018-01-01", "day"),
    ("8/4/2025", "2025-08-04", "day"),
    ("9/17/25", "2025-09-17", "day"),
    ("09/24/2024 12:00:00 AM", "2024-09-24", "day"),
    ("9/1/2019 0:00", "2019-09-01", "day"),
    ("24/09/2024", "2024-09-24", "day"),
    ("24.9.2024", "2024-09-24", "day"),
    ("October 5, 2024", "2024-10-05", "day"),
    ("5-Oct-24", "2024-10-05", "day"),
    ("45566", "2024-10-01", "day"),
    ("01/2024", "2024-01-01", "month"),
    ("2024-01", "2024-01-01", "month"),
    ("Jul-25", "2025-07-01", "month"),
    ("25-Mar", "2025-03-01", "month"),
    ("Sept. 2024", "2024-09-01", "month"),
    ("January 2024", "2024-01-01", "month"),
    ("2020", "2020-01-01", "year"),
    ("FY2024", "2024-01-01", "year"),
    ("Q2 2024", "2024-01-01", "year"),
    ("7/15/1905", "2023-01-01", "year"),
    ("13/2024", "", ""),
    ("31/31/2024", "", ""),
    ("some time soon", "", ""),
    ("99999", "", ""),
]


@pytest.mark.parametrize(("text", "day", "precision"), DAYS)
def test_a_day_is_read_in_every_shape_and_keeps_its_words(text, day, precision):
    assert read_day(text) == {"text": text, "date": day, "precision": precision}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("['c) Age', 'b) Sex']", ["c) Age", "b) Sex"]),
        ('["Age","Other"]', ["Age", "Other"]),
        ("c) Age; b) Sex", ["c) Age", "b) Sex"]),
        ("Age\nSex", ["Age", "Sex"]),
        ("b) Sex c) Age ", ["b) Sex", "c) Age"]),
        ("[]", []),
        ("Yes, sufficient monitoring", ["Yes, sufficient monitoring"]),
        ("['a' * 3]", ["['a' * 3]"]),
        ("[__import__('os')]", ["[__import__('os')]"]),
        ("[" * 300 + "]" * 300, ["[" * 300 + "]" * 300]),
    ],
)
def test_lists_are_read_in_every_way_and_nothing_in_them_runs(text, parts):
    assert parts_of(text) == parts


def test_a_list_is_written_as_the_consolidated_inventory_has_it():
    assert written(["c) Age", "b) Sex"]) == "['c) Age', 'b) Sex']"


@pytest.mark.parametrize(
    "field", [field for field in FIELDS if field.choices], ids=attrgetter("name")
)
def test_every_choice_is_known_by_its_code_its_long_text_and_its_other_spellings(field):
    read = reader_of(field.name)

    for choice in field.choices:
        for text in (choice.value, choice.long, choice.long.upper(), f"  {choice.long}\u00a0"):
            value, is_whole = read(text)
            assert is_whole, text
            assert value in (choice.value, [choice.value]), text


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("development_stage", "c)  Deployed – The use case is being actively …", ""),
        ("development_stage", "Deployed", "Deployed"),
        ("development_stage", "Initiated", "Pre-deployment"),
        ("development_stage", "Implementation and Assessment", ""),
        ("contracting_usage", "a)\u00a0Purchased from a vendor", "Vendor Purchased"),
        ("contracting_usage", "a)?Purchased from a vendor", "Vendor Purchased"),
        ("classification", "Natural Language Processing (NLP)", "NLP"),
        ("topic_area", "Energy & the Environment", "Energy and Environment"),
        ("topic_area", "Other – Economic & Financial", ""),
        ("has_pii", " No", "No"),
        ("has_pii", "TRUE", "Yes"),
        ("hi_testing_conducted", "TRUE", ""),
        ("is_high_impact", "Neither", "Not High-impact"),
        ("is_high_impact", "Rights-Impacting", "High-impact"),
        ("is_high_impact", "Safety-Impacting", "High-impact"),
        ("is_high_impact", "Both", "High-impact"),
        ("development_stage", "Beta", "Pilot"),
        ("development_stage", "Operation and Maintenance", "Deployed"),
        ("hi_failsafe_presence", "N/A", "Not Applicable"),
    ],
)
def test_a_choice_is_found_by_exact_words_only_and_else_stays_text(name, text, code):
    value, is_whole = reader_of(name)(text)

    assert is_whole == bool(code)
    assert value == (code or text)


def test_a_cell_that_says_there_is_nothing_is_empty_but_none_is_an_answer_about_traits():
    assert reader_of("has_pii")("N/A") == ("", True)
    assert reader_of("vendor_name")("[blank]") == ("", True)
    assert reader_of("operational_date")("TBD") == ("", True)
    assert reader_of("demographic_features")("None") == (["None of the above"], True)


def test_commas_part_only_what_is_a_choice_by_itself():
    read = reader_of("demographic_features")

    assert read("Race/Ethnicity, Sex/Gender, Age") == (["Race/Ethnicity", "Sex", "Age"], True)
    assert read("age, shoe size") == (["age, shoe size"], False)


def test_what_somebody_chose_for_a_text_once_is_known():
    learned = {"implementationandassessment": "Pilot"}

    assert reader_of("development_stage", learned)("Implementation and Assessment") == (
        "Pilot",
        True,
    )


def test_no_two_choices_of_a_field_share_a_spelling():
    for field in FIELDS:
        if field.choices:
            assert set(codes_of(field.name).values()) == {choice.value for choice in field.choices}


def test_line_ends_in_a_text_are_one_kind():
    assert reader_of("benefits")("- a\r\n- b\r- c") == ("- a\n- b\n- c", True)


def test_signs_do_not_count_when_texts_are_compared():
    assert folded("Health & Medical ") == folded("health and medical")
    assert plain_number("FDIC – 9") == plain_number("fdic-9")
    assert plain_number("1-1") != plain_number("11")


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "N/A ", "Not Applicable", "[blank]", "TBD"])
def test_these_say_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["None", "No", "?", "Unknown", "N/A – see above", "0"])
def test_these_say_something(text):
    assert not says_nothing(text)
