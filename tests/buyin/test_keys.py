"""The keys of rows: what addresses and forms may name, and what they may not."""

import pytest

from buyin.keys import LARGEST, key_in, keys_in


@pytest.mark.parametrize(("text", "key"), [("7", 7), ("0", 0), ("007", 7), (str(LARGEST), LARGEST)])
def test_a_whole_number_names_a_row(text, key):
    assert key_in(text) == key


@pytest.mark.parametrize(
    "text", [None, "", " 7", "-7", "+7", "7.0", "7e3", "७", "x", str(LARGEST + 1)]
)
def test_anything_else_names_none(text):
    assert key_in(text) is None


def test_of_what_was_ticked_only_keys_are_taken():
    assert keys_in(["7", "", "x", "3"]) == [7, 3]
