"""Files as people and attackers save them: nothing breaks, nothing is guessed, all is accounted."""

import csv
import io
import resource

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.spreadsheets import UnreadableError, read_table, reading, sniff_delimiter
from surveys.formats.cells import read_cell
from surveys.formats.labels import plain, split_choices
from surveys.formats.mappings import ColumnRule, MappingError, read_mapping
from surveys.formats.responses import convert
from surveys.formats.targets import Target, read_targets
from tests.factories.surveys import DEFINITION

TARGETS = read_targets(DEFINITION)
COLUMNS = [{"column": code, "question": code} for code in TARGETS]


def converted(header, *lines, **mapping):
    table = read_table("\n".join([header, *lines]).encode())
    columns = mapping.pop("columns", None) or [c for c in COLUMNS if c["column"] in header]
    return convert(table, read_mapping({"columns": columns, **mapping}), TARGETS, ["roads"])


def answers(code, cell, **mapping):
    quoted = '"' + cell.replace('"', '""') + '"'
    result = converted(f"{code},other", f"{quoted},x", **mapping)
    (row,) = result.rows
    return row.answers[code], [d.why for d in result.dropped if d.row]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("4", 4),
        ("004", 4),
        ("AGREE", 4),
        (" strongly  agree ", 5),
        ("Agree\u00a0", 4),
        ("n/a", None),
        ("-", None),
        ("", None),
    ],
)
def test_a_point_is_found_by_number_or_by_label_however_it_was_typed(cell, answer):
    assert answers("useful", cell) == (answer, [])


@pytest.mark.parametrize("cell", ["6", "0", "4.0", "-4", "dk", "agre", "9" * 5000, "\u00b2", "=4"])
def test_what_is_no_point_is_dropped_and_listed_never_guessed(cell):
    assert answers("useful", cell) == (None, ["It is none of the answers of this question."])


def test_do_not_know_has_to_be_named_by_the_mapping():
    columns = [{"column": "told", "question": "told", "values": {"Weiß nicht": "dk"}}]

    assert answers("told", "WEISS NICHT", columns=columns) == ("dk", [])
    assert answers("told", "dk")[0] is None


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("12", 12), ("2,5", 2.5), ("2.50", 2.5), (" 1 2 ", 12), ("1\u202f2", 12), ("0,125", 0.125)],
)
def test_a_number_is_read_with_either_decimal_sign(cell, answer):
    assert answers("hours", cell) == (answer, [])


@pytest.mark.parametrize("cell", ["nan", "inf", "-inf", "1e400", "9" * 5000, "41", "-1"])
def test_no_number_outside_the_range_comes_in(cell):
    answer, (why,) = answers("hours", cell)

    assert answer is None
    assert "outside the range" in why


@pytest.mark.parametrize("cell", ["1,000", "12,345", "1,000,000"])
def test_a_comma_that_could_mean_thousands_is_listed_and_not_guessed(cell):
    answer, left_over = read_cell(cell, Target("n", "number"), {})

    assert answer is None
    assert "thousands or decimals" in left_over[0][1]


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "<b>", "{{ x }}", "a\nb", "  x ", "\u202eabc"])
def test_a_hostile_text_is_a_text(cell):
    assert answers("wish", cell) == (cell.strip(), [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_no_file_brings_in_a_character_that_the_database_cannot_hold(encoding):
    with pytest.raises(UnreadableError, match="not a text file"):
        read_table("wish\na\0b".encode(encoding))


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"\xef\xbb\xbfa;b\n1;2", ["a", "b"]),
        (b"\n\n a , b \n1,2", ["a", "b"]),
        (b"a\tb\r1\t2\r", ["a", "b"]),
        (b'"a;x",b\n1,2\n3,4', ["a;x", "b"]),
        (b"only\n1\n2", ["only"]),
        (b"a,a,\n1,2,3", ["a", "a", ""]),
        ("Größe;Straße\n1;2".encode("cp1252"), ["Größe", "Straße"]),
        ("a|b\n1|2".encode("utf-16-be").join([b"\xfe\xff", b""]), ["a", "b"]),
    ],
)
def test_the_header_is_found_in_whatever_way_it_was_saved(content, headers):
    assert read_table(content).headers == headers


def test_rows_keep_the_numbers_that_a_spreadsheet_shows_beside_them():
    table = read_table(b"\na,b\n\n1,2\n,\n3\n")

    assert table.rows == [(4, ["1", "2"]), (6, ["3"])]
    assert table.blank_rows == [3, 5]


def test_commas_in_labels_do_not_decide_the_delimiter():
    text = 'Why;Else\n"Pain, strain";a, b, c\nSlips, trips;d\nFalls;e'

    assert sniff_delimiter(text) == ";"


@pytest.mark.parametrize("more", ["1,2\n", "\n"], ids=["rows", "empty lines"])
def test_a_file_of_more_rows_than_fit_into_memory_is_refused_before_they_are_there(
    monkeypatch, more
):
    monkeypatch.setattr(reading, "MOST_ROWS", 100)

    assert len(read_table(f"a,b\n{'1,2\n' * 99}".encode()).rows) == 99
    with pytest.raises(UnreadableError, match=r"more than 100 rows\. Split it"):
        read_table(f"a,b\n1,2\n{more * 99}".encode())


def test_millions_of_empty_lines_take_no_gigabytes():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(UnreadableError, match="more than 250000 rows"):
        read_table(b"a,b\n1,2\n" + b"\n" * 8 * 1024 * 1024)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 300 * 1024, f"{grown} KB"


@pytest.mark.parametrize("content", [b"a,b\n" + b"x" * 200_000, b'a,b\n"' + b"y" * 140_000])
def test_a_cell_without_an_end_is_refused_in_plain_words(content):
    with pytest.raises(UnreadableError, match="not a proper CSV file"):
        read_table(content)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_a_file(content):
    try:
        table = read_table(content)
    except UnreadableError:
        return
    assert table.headers
    assert all(any(cells) for _number, cells in table.rows)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(TABLES, st.sampled_from(",;\t|"))
def test_a_table_that_is_written_with_a_delimiter_is_read_back_with_it(rows, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["h1", "h2"], *rows])

    table = read_table(out.getvalue().encode(), delimiter=delimiter)

    stripped = [[cell.strip() for cell in row] for row in rows]
    assert [cells for _n, cells in table.rows] == [row for row in stripped if any(row)]


def test_of_repeated_headers_each_can_be_left_out_or_used():
    columns = [
        {"column": "useful", "occurrence": 2, "question": "useful"},
        {"column": "useful", "leave_out": True, "why": "A test run."},
    ]

    result = converted("useful,useful", "1,5", columns=columns)

    assert result.rows[0].answers == {"useful": 5}
    assert [(d.column, d.value, d.why) for d in result.dropped] == [
        ("useful", "1 values", "A test run.")
    ]


@pytest.mark.parametrize(
    ("column", "occurrence", "place"),
    [
        ("q", 1, 0),
        ("q", 2, 3),
        ("q", 3, None),
        ("How  MUCH?", 1, 1),
        ("how m…", 1, 1),
        ("…", 2, 1),
        (1, 1, 0),
        (4, 1, 3),
        (0, 1, None),
        (-1, 1, None),
        (5, 1, None),
        ("missing", 1, None),
    ],
)
def test_a_column_is_found_by_header_beginning_or_number(column, occurrence, place):
    headers = ["q", "How much?", "other", "Q"]

    assert ColumnRule(column, occurrence).place_in(headers) == place


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"delimiter": "ab"}, "“delimiter” is one of these"),
        ({"delimiter": "\n"}, "“delimiter” is one of these"),
        ({"delimiter": 5}, "“delimiter” is one of these"),
        ({"columns": [{"column": 1, "question": "useful", "values": {"x": [1]}}]}, "“values” is"),
        ({"columns": [{"column": 1, "question": "useful", "values": {"x": True}}]}, "“values” is"),
        ({"columns": [], "department": {"column": 1, "values": {"x": {}}}}, "department column"),
        (
            {"columns": [{"column": 1, "question": "hours", "values": {"x": "lots"}}]},
            "“lots” is no",
        ),
        ({"columns": [{"column": 1, "question": "hours", "values": {"x": 99}}]}, "“99” is no"),
        ({"columns": [{"column": 1, "question": "told", "values": {"x": "DK"}}]}, "“DK” is no"),
        ({"columns": [{"column": True, "question": "told"}]}, "“column” is the header"),
    ],
)
def test_a_mapping_cannot_bring_in_what_is_no_answer(mapping, message):
    with pytest.raises(MappingError, match=message):
        converted("useful", "x", **mapping)


def test_everything_wrong_with_a_mapping_is_said_at_once():
    columns = [{"column": ""}, {"column": "a", "colour": 1, "occurrence": -1}, "x"]

    with pytest.raises(MappingError) as refused:
        read_mapping({"columns": columns, "empty": 3})

    assert len(refused.value.problems) == 5
    assert "column entry 1" in refused.value.problems[0]
    assert "column entry 3" in refused.value.problems[3]


LABELS = ["Slips", "Slips, trips", "Slips, trips; falls", "Pain (back, knee)", "a|b"]


@given(st.permutations(LABELS), st.sampled_from([", ", ",", "; ", " | ", "\n"]))
def test_all_labels_are_found_whatever_their_order_and_the_sign_between_them(order, sign):
    known = {plain(label): label for label in LABELS}

    found, left_over = split_choices(sign.join(order), known)

    assert left_over == []
    assert set(found) <= set(LABELS)
    assert "Pain (back, knee)" in found


def test_a_label_that_is_wrapped_in_its_cell_is_still_one_label():
    known = {plain(label): label for label in LABELS}

    found = split_choices("Slips,\n  trips\n\nPain\n(back, knee)\nRust\nSlips", known)

    assert found == (["Slips, trips", "Pain (back, knee)", "Slips"], ["Rust"])
