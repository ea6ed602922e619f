"""What is different between two versions of a record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.record import BY_NAME, FIELDS, changes, day_of
from buyin.initiatives.record.comparing import pieces

TEXTS = st.dictionaries(
    st.sampled_from([field.name for field in FIELDS if field.kind == "long"]),
    st.text(min_size=1, max_size=5),
)


def told(before, after, were=None, are=None):
    found = changes(before, after, were=were or {}, are=are or {})
    return [(one.field.name, one.before, one.after, one.reason) for one in found]


def test_values_are_compared_as_people_read_them():
    before = {"topic_area": "HR", "demographic_features": ["Age"], "retired_date": day_of("2026")}
    after = {"topic_area": "IT", "demographic_features": ["Age", "Sex"], "team": "Sorting"}

    assert told(before, after) == [
        ("team", "", "Sorting", ""),
        ("retired_date", "2026", "", ""),
        ("topic_area", "Human resources", "Information technology", ""),
        ("demographic_features", "Age", "Age; Sex", ""),
    ]


def test_withholding_and_opening_a_field_are_changes():
    same = {"team": "Sorting"}

    (hidden,) = changes(same, same, were={}, are={"team": "Secret"})
    (opened,) = changes(same, same, were={"team": "Secret"}, are={})
    (other,) = changes(same, same, were={"team": "Secret"}, are={"team": "Another reason"})

    assert hidden.reason == "Secret"
    assert opened.reason == ""
    assert other.reason == "Another reason"


@given(TEXTS)
def test_nothing_changes_between_a_version_and_itself(values):
    assert told(values, values, {"team": "x"}, {"team": "x"}) == []


@given(TEXTS, TEXTS)
def test_every_field_that_differs_is_told_once_in_the_order_of_the_form(before, after):
    names = [name for name, *_rest in told(before, after)]

    differing = {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
    assert set(names) == differing
    assert names == sorted(names, key=list(BY_NAME).index)


@given(TEXTS, TEXTS)
def test_the_way_back_tells_the_same_the_other_way_round(before, after):
    there = told(before, after)

    assert [(n, new, old, why) for n, old, new, why in told(after, before)] == there


@pytest.mark.parametrize(
    ("text", "other", "found"),
    [
        ("Two days. Sure.", "Two weeks. Sure.", ["Two ", "*days.", " Sure."]),
        ("Two days. Sure.", "Two days.", ["Two days.", "* Sure."]),
        ("Two days.", "Two days. Sure.", ["Two days."]),
        ("Yes", "No", ["Yes"]),
        ("", "No", []),
        ("Yes", "", ["Yes"]),
        ("a a a", "a a", ["a a", "* a"]),
        ("One line\n\nand one", "One line", ["One line", "*\n\nand one"]),
    ],
)
def test_what_differs_stands_between_what_is_the_same(text, other, found):
    told = [("*" if piece.is_changed else "") + piece.text for piece in pieces(text, other)]

    assert told == found


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_the_pieces_of_a_text_are_the_text(text, other):
    assert "".join(piece.text for piece in pieces(text, other)) == text
