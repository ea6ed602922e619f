"""What holds for every cell, header, day and list of an inventory, whatever stands in it."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from buyin.demo.inventory import SMALL
from buyin.demo.showcase import RECORDS
from buyin.initiatives.inventory.attributes import turned
from buyin.initiatives.inventory.documents import MOST_RECORDS, is_document, table_of
from buyin.initiatives.inventory.headers import BY_HEADER, fields_of
from buyin.initiatives.inventory.identity import (
    LONGEST_SOURCE,
    Source,
    digest_of,
    identified,
    key_of_number,
    sharing_numbers,
)
from buyin.initiatives.inventory.reading import read_inventory
from buyin.initiatives.inventory.rows import Entry
from buyin.initiatives.inventory.several import parts_of
from buyin.initiatives.inventory.values import codes_of, key_of, reader_of
from buyin.initiatives.inventory.writing import Wishes, Written, consolidated_csv, long_text
from buyin.initiatives.models import InventoryEntry
from buyin.initiatives.record.fields import BY_NAME, FIELDS
from buyin.spreadsheets import Table, UnreadableError
from buyin.tables.columns import columns_of
from buyin.tables.damage import damage_in, is_damaged
from buyin.tables.dates import YEARS_SHOWN_AS_DAYS, read_day
from buyin.tables.folding import (
    folded,
    folded_choice,
    plain_number,
    says_nothing,
)
from buyin.tables.formulas import as_it_was, harmless, reads_as_harmless

anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
words = anything.map(lambda text: " ".join(text.split())).filter(bool)
days = st.dates(date(1950, 1, 1), date(2099, 12, 31))
BEGINS = date(1899, 12, 30)
SHAPES = [
    "%Y-%m-%d",
    "%Y-%m-%d 00:00:00",
    "%Y-%m-%dT12:30:00Z",
    "%Y-%m-%dT12:30:00.5+02:00",
    "%m/%d/%Y",
    "%m/%d/%Y 9:05 AM",
    "%d.%m.%Y",
    "%B %d, %Y",
    "%b. %d %Y",
    "%d-%b-%Y",
    "%d %B %Y",
]


@pytest.mark.parametrize("shape", SHAPES)
@given(day=days)
def test_every_day_is_read_from_every_shape(shape, day):
    read = read_day(day.strftime(shape))

    assert (read["date"], read["precision"]) == (day.isoformat(), "day")


@given(st.dates(date(1955, 1, 1), date(2091, 1, 1)))
def test_every_day_that_a_spreadsheet_counts_is_read(day):
    assert read_day(str((day - BEGINS).days))["date"] == day.isoformat()


@given(st.integers(1950, 2100), st.integers(1, 12))
def test_every_month_is_read_and_not_taken_for_a_day(year, month):
    first = date(year, month, 1)

    for text in (f"{year}-{month}", f"{month:02}/{year}", first.strftime("%B %Y")):
        assert read_day(text) == {"text": text, "date": first.isoformat(), "precision": "month"}


@given(st.integers(1950, 2100))
def test_a_year_that_a_spreadsheet_made_a_day_in_1905_is_a_year_again(year):
    shown = BEGINS + timedelta(days=year)

    if shown.year in YEARS_SHOWN_AS_DAYS:
        read = read_day(f"{shown.month}/{shown.day}/{shown.year}")
        assert (read["date"], read["precision"]) == (f"{year}-01-01", "year")
    assert read_day(f"FY{year}")["date"] == f"{year}-01-01"


@pytest.mark.parametrize(
    "text", ["1949", "2101", "2024-02-30", "2/29/2023", "0/0/2024", "Foo 2024"]
)
def test_a_day_that_is_none_is_kept_as_text(text):
    assert read_day(text) == {"text": text, "date": "", "precision": ""}


@pytest.mark.parametrize(("short", "year"), [("Jan-69", 2069), ("Jan-70", 1970), ("Jan-00", 2000)])
def test_a_year_of_two_digits_is_of_this_century_until_69(short, year):
    assert read_day(short)["date"] == f"{year}-01-01"


@given(anything)
def test_a_text_that_was_folded_stays_as_it_is(text):
    assert folded(folded(text)) == folded(text)
    assert plain_number(plain_number(text)) == plain_number(text)


@given(words, st.sampled_from("abcdefghijkl"))
def test_the_letter_of_an_option_does_not_count(text, letter):
    assume(text[:1].isalnum())

    assert folded_choice(f"{letter}) {text}") in (folded(text), folded_choice(text))


@given(st.sampled_from(["n/a", "TBD", "[blank]", "–", "Not applicable", ""]), st.integers(0, 5))
def test_blanks_around_nothing_are_nothing(text, blanks):
    assert says_nothing(" " * blanks + text + "\n" * blanks)


@given(anything.map(lambda text: f"Reason: {text}"))
def test_whoever_gives_a_reason_says_something(text):
    assert not says_nothing(text)


@given(st.lists(anything, max_size=6))
def test_harmless_cells_run_nothing_and_one_apostrophe_is_taken_away_again(cells):
    made = [harmless(cell) for cell in cells]

    assert [as_it_was(cell) for cell in made] == cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in made)
    assert reads_as_harmless(made) == (made != cells)


@given(st.text(st.sampled_from("éüßñÉÄÜ’–“”…€"), min_size=1, max_size=5))
def test_text_that_was_saved_in_the_wrong_encoding_is_noticed(text):
    broken = f"a {text} b".encode().decode("cp1252", errors="replace")

    assert damage_in(["fine", broken])[0][0] == 1


@pytest.mark.parametrize("text", ["“MANHÃ” é", "IRMÃ – irmã", "Ã’", "5 €", "â", "20 Â"])
def test_words_that_end_in_a_letter_with_a_tilde_are_whole(text):
    assert damage_in([text]) == []


@given(st.text(st.characters(max_codepoint=126, min_codepoint=32), max_size=60))
def test_plain_text_is_never_called_damaged(text):
    if ")?" not in text:
        assert not is_damaged(text)
        assert damage_in([text, text]) == []


@given(st.lists(st.one_of(anything, st.sampled_from(sorted(BY_HEADER))), max_size=30))
def test_no_two_columns_hold_one_field_whatever_they_are_called(headers):
    found = [name for name in fields_of(headers) if name]

    assert len(fields_of(headers)) == len(headers)
    assert len(found) == len(set(found))


@given(
    st.lists(st.sampled_from(["Tool", "Office of things", "Use Case Name"]), max_size=6),
    st.dictionaries(
        st.sampled_from(["tool#1", "tool#2", "officeofthings#1"]),
        st.sampled_from(["", "use_case_name", "team", "vendor_name"]),
    ),
)
def test_whatever_people_say_of_columns_each_field_is_held_once(headers, said):
    columns = columns_of(headers, said, fields_of)

    held = [one.field for one in columns if one.field]
    assert len(held) == len(set(held))
    assert all(one.key in said for one in columns if one.is_decided)
    assert len({one.key for one in columns}) == len(columns)


@given(st.lists(st.dictionaries(words, words, max_size=4), min_size=1, max_size=5))
def test_records_of_attributes_and_values_become_one_row_each(made):
    rows: list[Any] = [
        (row, [str(number), name, text])
        for number, one in enumerate(made)
        for row, (name, text) in enumerate({"name": "A", **one}.items(), start=number * 10)
    ]

    found = turned(Table(["Record", "Attribute", "Value"], rows, "utf-8", ","))

    back = [
        {name: text for name, text in zip(found.headers, cells, strict=True) if text}
        for _number, cells in found.rows
    ]
    assert back == [{"name": "A", **one} for one in made]


@given(st.lists(st.dictionaries(words, words, min_size=1, max_size=4), min_size=1, max_size=5))
def test_json_records_of_plain_texts_become_rows_numbered_from_one(made):
    beside = [{name: text for name, text in one.items() if name != "extra"} for one in made]

    found = table_of(json.dumps({"records": beside}))

    assert [number for number, _cells in found.rows] == list(range(1, len(made) + 1))
    back = [
        {name: text for name, text in zip(found.headers, cells, strict=True) if text}
        for _number, cells in found.rows
    ]
    assert back == beside


def test_far_too_many_records_are_refused():
    with pytest.raises(UnreadableError, match="far too many"):
        table_of("[" + ",".join(["{}"] * (MOST_RECORDS + 1)) + "]")


@pytest.mark.parametrize("text", ['{"a": 1}', " \n{", "[\n1", '[{"a": 1}]', "\ufeff{"])
def test_json_is_known_by_how_it_begins(text):
    assert is_document(text)


@pytest.mark.parametrize("text", ["Name,[x]", "[Agency] – [#],Name", "a;{", "'[{'"])
def test_a_table_that_begins_like_a_list_is_a_table(text):
    assert not is_document(text)


@given(anything)
def test_a_cell_in_brackets_is_a_list_of_its_texts_or_one_text(text):
    parts = parts_of(json.dumps([text])) if text.strip() else ["x"]

    assert [part.strip() for part in parts] == ([text.strip()] if text.strip() else ["x"])


entries = st.lists(
    st.tuples(st.sampled_from(["", "X-1", "x – 1", "X-2"]), st.sampled_from("AB")), max_size=8
)


@given(entries)
def test_rows_with_one_key_say_the_same_and_all_that_share_a_number_are_told(made):
    rows = [
        Entry(row, {"use_case_name": name, "id": number} if number else {"use_case_name": name})
        for row, (number, name) in enumerate(made)
    ]

    found = identified(rows, Source())

    for one in found:
        same = [other for other in found if other.key == one.key]
        assert {other.digest for other in same} == {one.digest}
    shared = sum(len(group) for group in sharing_numbers(found))
    numbers = [key_of_number(number) for number, _name in made if number]
    assert shared == sum(numbers.count(number) > 1 for number in numbers)


@given(anything, anything)
def test_keys_digests_and_sources_fit_their_columns(number, source):
    (row,) = identified([Entry(2, {"use_case_name": "A", "id": number})], Source(source * 9))

    for name in ("key", "digest", "source"):
        field: Any = InventoryEntry._meta.get_field(name)
        assert len(getattr(row, name)) <= field.max_length
    assert len(row.source) <= LONGEST_SOURCE


@given(st.dictionaries(words, words, max_size=4), st.sampled_from(["agency", "agency_name"]))
def test_the_name_of_the_agency_and_empty_values_do_not_change_a_digest(values: Any, header):
    made: Any = {**values, "left_empty": ""}

    assert digest_of(values, {}) == digest_of(made, {header: "City of Fairhaven"})


@given(st.sampled_from([one.name for one in FIELDS if one.choices]), words)
def test_what_somebody_chose_for_an_unknown_text_is_taken_from_then_on(name, text):
    key, code = key_of(text), BY_NAME[name].choices[0].value
    if folded_choice(text) in codes_of(name) or not folded_choice(text):
        return

    value, is_whole = reader_of(name, {key: code})(text)

    assert is_whole
    assert value in (code, [code])


@given(st.sampled_from([one.name for one in FIELDS]), words)
def test_what_was_read_is_read_from_its_long_text_as_the_same(name, text):
    value, _is_whole = reader_of(name)(text)
    again, _is_whole = reader_of(name)(long_text(name, value))

    assert again == value


def test_the_records_of_the_demo_leave_and_come_back_without_a_remark():
    made = [Written({**values, "use_case_name": name}) for name, values in RECORDS.items()]

    found = read_inventory(consolidated_csv(made, Wishes()).encode())

    assert (found.remarks, found.problems, found.unmatched) == ([], [], [])
    assert [entry.name for entry in found.entries] == list(RECORDS)
    assert found.chosen == found.understood


def test_the_small_systems_of_the_demo_have_topics_and_kinds_that_inventories_know():
    for one in SMALL:
        assert reader_of("topic_area")(one.topic) == (one.topic, True)
        assert reader_of("classification")(one.kind) == (one.kind, True)
    assert len({one.name for one in SMALL}) == len(SMALL)
