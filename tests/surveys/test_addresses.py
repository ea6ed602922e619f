"""Lists of addresses as people have them: from a mail, a table, a file of another program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.formats.addresses import read_addresses


@pytest.mark.parametrize(
    "text",
    [
        "ann@f.example\nbob@f.example",
        "ANN@f.example, Bob@F.example",
        "Ann Lee <ann@f.example>; Bob <bob@f.example>",
        "Name,E-Mail\nAnn Lee,ann@f.example\n\nBob,bob@f.example,roads\n",
        '"Lee, Ann" <ann@f.example>\r\nmailto:bob@f.example\r\n',
        "E-Mail\tName\nann@f.example\tAnn\nbob@f.example\tBob",
    ],
)
def test_addresses_are_found_however_they_are_listed(text):
    found = read_addresses(text)

    assert found.addresses == ["ann@f.example", "bob@f.example"]
    assert found.bad == []


def test_what_comes_again_is_counted_and_lines_without_an_address_are_named():
    found = read_addresses(
        "ann@f.example\nAnn Lee\nann@F.example\nann@\nbob@@f.example,x@f.example"
    )

    assert found.addresses == ["ann@f.example", "x@f.example"]
    assert found.repeated == 1
    assert found.bad == [(2, "Ann Lee"), (4, "ann@"), (5, "bob@@f.example")]


def test_nothing_is_nothing():
    assert read_addresses(" \n\n").addresses == []


@given(st.text())
def test_no_text_breaks_the_reading_and_what_is_found_is_found_again(text):
    found = read_addresses(text)

    assert read_addresses("\n".join(found.addresses)).addresses == found.addresses
    assert all("@" in address and address == address.lower() for address in found.addresses)


def test_several_texts_are_read_as_one_and_each_counts_its_own_lines():
    found = read_addresses("ann@f.example\nnobody", "E-Mail\nANN@f.example\nbob@f.example\nno")

    assert found.addresses == ["ann@f.example", "bob@f.example"]
    assert found.repeated == 1
    assert found.bad == [(2, "nobody"), (4, "no")]


def test_what_is_shown_of_a_bad_line_is_short():
    assert read_addresses("\n" + "x" * 500).bad == [(2, "x" * 80)]
