"""Lists that are made to keep the portal busy: each is read in a moment, or refused in words."""

import time
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from buyin.spreadsheets import UnreadableError
from buyin.spreadsheets.reading import MOST_COLUMNS
from buyin.stakeholders.contacts.heads import looks_like_data
from buyin.stakeholders.matching import Party, matches
from buyin.stakeholders.matching.searching import LONGEST_WORD, _Vocabulary
from tests.stakeholders.test_import_hostile import read, refused, told

LONG = 40_000
TOO_LONG = "This is longer than 1000 characters."


@contextmanager
def in_a_moment() -> Any:
    """Fail where it takes the processor longer than a second."""
    start = time.process_time()
    yield
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "cell",
    [", " * 400, ",;" * 400, "<" + "@" * 900, "<" * 900, "a " * 400, "@," * 400, "x" * 999],
)
def test_a_mail_address_of_nothing_but_signs_is_none(cell):
    with in_a_moment():
        found = read("Name;Mail;Category\n" + f'Ann Lee;"{cell}";IT\n' * 200)

    assert len(found.contacts) == 200
    assert not any("email" in one.values for one in found.contacts)
    assert told(found)[0] == (2, "Mail", "This is not a mail address.")


@pytest.mark.parametrize("head", ["Mail", "Phone", "Department", "Category", "Since", "Owner"])
@pytest.mark.parametrize("sign", ["T", " t", ",", "<", "@", "(A"])
def test_a_cell_that_holds_one_thing_is_not_looked_through_for_ever(head, sign):
    cell = "1" + sign * LONG

    with in_a_moment():
        found = read(f'Name;{head}\nAnn Lee;"{cell}"\n')

    assert [one.name for one in found.contacts] == ["Ann Lee"]
    assert told(found) == [(2, head, TOO_LONG)]


def test_the_addresses_that_people_write_are_read_as_before():
    cells = {
        "Ann Lee <ann@x.example>": "ann@x.example",
        "<  ann@x.example >": "ann@x.example",
        "ann@x.example; bob@x.example": "ann@x.example",
        "ann@x.example, bob@x.example": "ann@x.example",
        "ann@x.example bob@x.example": "ann@x.example",
        "mailto:ann@x.example": "ann@x.example",
    }
    rows = "".join(f'N{n};"{cell}"\n' for n, cell in enumerate(cells))

    found = read(f"Name;Mail\n{rows}")

    assert [one.values["email"] for one in found.contacts] == list(cells.values())


def test_whether_a_row_holds_values_is_seen_at_a_glance():
    with in_a_moment():
        assert not looks_like_data(["a@" + "." * LONG + "@"] * 5)

    assert looks_like_data(["Ann", "ann@x.example"])


def test_a_row_that_is_wider_than_any_table_is_refused():
    with in_a_moment():
        assert refused("Name,Mail\nAnn" + ",x" * 900_000) == (
            "The file has 900001 columns. At most 500 can be read; leave some out."
        )


def test_the_empty_end_of_a_row_is_no_column():
    found = read("Name,Mail\nAnn Lee,ann@x.example" + "," * 20_000 + "\nBob,\n")

    assert [one.name for one in found.contacts] == ["Ann Lee", "Bob"]
    assert MOST_COLUMNS < 20_000


def test_words_longer_than_any_in_a_name_are_kept_once():
    words = _Vocabulary()
    for number in range(100):
        words.add("x" * 190 + f"{number:03}")

    assert len(words._shorter) == 100
    assert words.near("x" * 190 + "007") == {"x" * 190 + "007"}


def test_two_of_one_very_long_name_are_found_all_the_same():
    name = "Ann " + "x" * 2 * LONGEST_WORD
    known = [Party("s:1", "person", name, "", frozenset())]

    (found,) = matches([Party("r:2", "person", name, "", frozenset())], known)

    assert [one.party.key for one in found] == ["s:1"]


def test_a_file_of_many_heavy_cells_is_refused_or_read():
    text = "Name,Mail,Since\n" + ("x," + "@" * 5000 + "," + "T" * 5000 + "\n") * 200

    with in_a_moment(), suppress(UnreadableError):
        read(text)
