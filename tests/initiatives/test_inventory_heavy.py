"""Inventories that are made to keep the portal busy: each is read in a moment, or refused in words."""

import json

import pytest

from buyin.initiatives.inventory.reading import read_inventory
from buyin.initiatives.inventory.several import LONGEST_LIST, parts_of
from buyin.initiatives.inventory.values import reader_of
from buyin.spreadsheets import UnreadableError
from buyin.tables.dates import read_day
from buyin.tables.folding import folded_choice
from tests.stakeholders.test_import_heavy import in_a_moment

LONG = 40_000


@pytest.mark.parametrize("sign", ["T", " ", "t ", "(A", ")", "1:11 ", "-"])
@pytest.mark.parametrize(
    "name", ["operational_date", "development_stage", "demographic_features", "has_pii"]
)
def test_no_cell_takes_longer_than_it_is_long(name, sign):
    with in_a_moment():
        value, is_whole = reader_of(name)("a" + sign * LONG + "b")

    assert value
    assert not is_whole


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01T10:00:00Z", "2026-03-01"),
        ("2026-03-01  10:00", "2026-03-01"),
        ("3/1/2026 1:15 PM", "2026-03-01"),
        ("Sept 2026", "2026-09-01"),
    ],
)
def test_days_with_a_clock_are_read_as_before(text, day):
    assert read_day(text)["date"] == day


@pytest.mark.parametrize("text", ["Pilot (AI)", "Pilot   (AI) ", "b) Pilot (AI)"])
def test_a_short_form_behind_a_choice_counts_for_nothing_as_before(text):
    assert folded_choice(text) == "pilot"


def test_options_with_letters_are_told_apart_as_before():
    assert parts_of("a) One  b) Two\t c) Three") == ["a) One", "b) Two", "c) Three"]


def test_a_list_longer_than_any_is_one_text():
    with in_a_moment():
        text = "[" + "1," * LONGEST_LIST + "1]"
        assert parts_of(text) == [text]

    assert parts_of("['a', 'b']") == ["a", "b"]


def refused(text):
    with pytest.raises(UnreadableError) as error:
        read_inventory(text.encode())
    return str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([{f"k{n}": 1} for n in range(30_000)]),
        json.dumps([{f"k{n}": 1 for n in range(30_000)}]),
        json.dumps({"records": [{"use_case_name": "A", "extra": {f"k{n}": "x"}} for n in range(9_000)]}),
        "record,attribute,value\n" + "".join(f"{n},a{n},x\n" for n in range(30_000)),
    ],
    ids=["one each", "one record", "beside", "attributes"],
)  # fmt: skip
def test_records_that_share_no_fields_are_refused_before_they_are_a_table(text):
    with in_a_moment():
        why = refused(text)

    assert why.endswith("different fields. That is more than can be read.")


def test_records_with_many_fields_of_their_own_are_read():
    records = [{"use_case_name": f"N{n}", f"k{n % 700}": "x"} for n in range(1_500)]

    found = read_inventory(json.dumps(records).encode())

    assert len(found.entries) == 1_500


def test_a_row_that_is_wider_than_any_table_is_refused():
    with in_a_moment():
        why = refused("Use Case Name,Benefits\nA" + ",x" * 900_000)

    assert why == "The file has 900001 columns. At most 500 can be read; leave some out."
