"""Inventories that nobody would wish for: hostile cells, broken files, names that mean two things."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.inventory.attributes import is_list_of_attributes, turned
from buyin.initiatives.inventory.headers import BY_HEADER, FORM_2025, OTHER_HEADERS
from buyin.initiatives.inventory.identity import Source, identified
from buyin.initiatives.inventory.reading import read_inventory
from buyin.initiatives.inventory.rows import Entry
from buyin.initiatives.inventory.several import parts_of, written
from buyin.initiatives.inventory.values import OTHER_TERMS, codes_of, reader_of
from buyin.initiatives.inventory.writing import Wishes, Written, form_csv
from buyin.initiatives.record.fields import BY_NAME, FIELDS
from buyin.spreadsheets import Table, UnreadableError, read_table
from buyin.tables.damage import damage_in
from buyin.tables.dates import read_day

anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
HOSTILE = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://evil.example","x")',
    "'; DROP TABLE initiatives; --",
    "{{ settings.SECRET_KEY }}",
    "%(x)s %d {0}",
    "\u202eevil\u202c",
    "a" * 5000,
]


def read(text, learned=None):
    return read_inventory(text.encode(), learned)


@given(anything)
def test_any_text_is_a_day_or_kept_as_it_was(text):
    day = read_day(text)

    assert day["text"] == text
    assert bool(day["date"]) == bool(day["precision"])


@given(st.lists(anything.map(str.strip).filter(bool)))
def test_any_list_that_is_written_is_read_back(parts):
    assert parts_of(written(parts)) == parts


@given(st.sampled_from([field.name for field in FIELDS]), anything)
def test_any_cell_of_any_field_is_a_value_and_nothing_breaks(name, text):
    value, is_whole = reader_of(name)(text)

    field = BY_NAME[name]
    if field.choices and is_whole and value:
        codes = {choice.value for choice in field.choices}
        assert set(value if isinstance(value, list) else [value]) <= codes


@given(st.lists(st.lists(anything, min_size=1, max_size=4), min_size=1, max_size=12))
def test_any_table_is_read_or_refused_in_words(rows):
    text = "\n".join(",".join(json.dumps(cell) for cell in row) for row in rows)
    with contextlib.suppress(UnreadableError):
        found = read(f"Use Case Name,Benefits\n{text}\n")
        assert all(entry.name or len(entry.values) >= 3 for entry in found.entries)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_are_texts_and_nothing_else(text):
    cell = '"' + text.replace('"', '""') + '"'

    (entry,) = read(f"Use Case Name,Benefits,Other\nA,{cell},{cell}\n").entries

    assert entry.values["benefits"] == text
    assert entry.extra == {"Other": text}


@pytest.mark.parametrize("text", HOSTILE[:2])
def test_hostile_cells_leave_harmless_on_wish(text):
    made = [Written({"use_case_name": "A", "benefits": text})]

    (row,) = read_table(form_csv(made, Wishes(harmless=True)).encode()).rows

    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row[1])
    assert text in form_csv(made, Wishes()).replace('""', '"')


def test_a_name_with_what_nobody_can_see_is_one_plain_line():
    (entry,) = read('Use Case Name\n"Sor\u202eter\n of  mail\x07"\n').entries

    assert entry.name == "Sor ter of mail"


@pytest.mark.parametrize(
    "document",
    [
        '{"records": [1, 2]}',
        '{"records": {"use_case_name": "A"}}',
        "[\n[1]]",
        '[{"use_case_name": "A"}',
        "{" * 2000,
        r'[{"use_case_name": "A\u0000"}]',
        r'[{"use_case_name": "A", "b\ud800": "c"}]',
    ],
)
def test_json_without_records_or_with_what_no_database_stores_is_refused(document):
    with pytest.raises(UnreadableError):
        read(document)


def test_json_with_nested_values_keeps_them_as_text():
    (entry,) = read('[{"use_case_name": "A", "costs": {"2025": 3}, "count": 7}]').entries

    assert entry.extra == {"costs": '{"2025": 3}', "count": "7"}


def test_an_open_quotation_mark_takes_no_rows_with_it_and_is_named():
    with pytest.raises(UnreadableError, match="mark in row 2 is never closed"):
        read('Use Case Name,Benefits\nA,"open\nB,x\n')


def test_a_table_of_which_only_the_header_is_there_brings_nothing_in():
    found = read("Use Case Name,Benefits\n")

    assert (found.entries, found.problems) == ([], [])


def test_what_somebody_said_of_a_column_never_takes_a_field_that_another_has():
    learned = {"columns": {"tool#1": "use_case_name"}}

    found = read("Use Case Name,Tool\nA,x\n", learned)

    assert found.entries == [Entry(2, {"use_case_name": "A"}, {"Tool": "x"})]
    assert found.unmatched == []


def test_what_somebody_said_of_a_word_never_changes_a_word_that_is_known():
    learned = {"values": {"development_stage": {"deployed": "Retired"}}}

    (entry,) = read("Use Case Name,Stage of Development\nA,Deployed\n", learned).entries

    assert entry.values["development_stage"] == "Deployed"


def test_remembered_columns_with_one_name_are_told_apart():
    learned = {"columns": {"other#2": "team"}}

    (entry,) = read("Use Case Name,Other,Other\nA,x,y\n", learned).entries

    assert (entry.values["team"], entry.extra) == ("y", {"Other": "x"})


def test_every_header_that_we_know_means_one_field():
    for name, headers in OTHER_HEADERS.items():
        for header in headers:
            found = read(f"{json.dumps(header, ensure_ascii=False)},x\n1,2\n")
            assert found.columns[0].field == name, header
    assert set(BY_HEADER.values()) >= set(FORM_2025)


def test_every_term_of_another_register_stands_for_a_choice_that_exists():
    for name, terms in OTHER_TERMS.items():
        codes = {choice.value for choice in BY_NAME[name].choices}
        assert set(terms.values()) <= codes, name
        assert all(reader_of(name)(term)[1] for term in terms), name


def test_terms_of_other_registers_are_told_with_their_number():
    found = read("Use Case Name,Stage of Development\nA,Initiated\nB,Initiated\nC,Pilot\n")

    assert found.read_as == [("development_stage", "Initiated", "Pre-deployment", 2)]


def test_no_choice_is_hidden_behind_the_spelling_of_another():
    for field in FIELDS:
        if not field.choices:
            continue
        known = codes_of(field.name)
        for choice in field.choices:
            assert reader_of(field.name)(choice.value)[0] in (choice.value, [choice.value])
        assert "" not in known


@pytest.mark.parametrize("number", ["x" * 200, " ", "–"])
def test_a_number_that_tells_nothing_is_no_key(number):
    (row,) = identified([Entry(2, {"use_case_name": "A", "id": number})], Source())

    assert row.key.startswith("hash:") == (number != "–")


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=8))
def test_rows_have_one_key_exactly_where_they_say_the_same_or_have_a_number(names):
    rows = [Entry(n, {"use_case_name": name}) for n, name in enumerate(names)]

    found = identified(rows, Source())

    assert len({one.key for one in found}) == len(set(names))


def test_attributes_in_any_order_with_unknown_ones_and_records_that_are_numbered():
    table = Table(
        ["record", "attribute", "value"],
        [(2, ["1", "phase", "Production"]), (3, ["1", "name", "A"]), (4, ["2", "name", "A"])],
        "utf-8",
        ",",
    )

    assert is_list_of_attributes(table)
    assert [cells for _n, cells in turned(table).rows] == [["Production", "A"], ["", "A"]]


def test_each_cell_is_called_damaged_once_even_if_it_lost_twice():
    assert len(damage_in(["agency¡s â€™ \ufffd", "fine"])) == 1
