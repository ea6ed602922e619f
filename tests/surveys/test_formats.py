"""Answers collected elsewhere: reading files, splitting cells, and the account of every cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.spreadsheets import UnreadableError, read_table
from surveys.formats.labels import plain, split_choices
from surveys.formats.mappings import MappingError, read_mapping
from surveys.formats.responses import convert
from surveys.formats.targets import read_targets

DEFINITION = {
    "schema": 1,
    "language": "en",
    "scales": {
        "worry3": [
            {"code": "1", "text": "Not worried"},
            {"code": "2", "text": "Somewhat worried"},
            {"code": "3", "text": "Very worried"},
        ]
    },
    "pages": [
        {
            "code": "p1",
            "questions": [
                {"code": "worry", "type": "likert", "text": "Worried?", "scale": "worry3"},
                {
                    "code": "causes",
                    "type": "multiple",
                    "text": "Why?",
                    "choices": [
                        {"code": "pain", "text": "Pain (back, knee)"},
                        {"code": "slips", "text": "Slips, trips, or falls"},
                        {"code": "slips_only", "text": "Slips"},
                    ],
                },
                {"code": "years", "type": "number", "text": "Years?", "min": 0, "max": 60},
                {"code": "said", "type": "short_text", "text": "Else?", "max_length": 10},
            ],
        }
    ],
}
MAPPING = {
    "empty": ["N/A"],
    "department": {"column": "Unit", "values": {"Roads & bridges": "roads", "Parks": "parks"}},
    "columns": [
        {"column": "How worried…", "question": "worry", "values": {"A lot": 3}},
        {"column": "Why", "question": "causes"},
        {"column": "Years", "question": "years"},
        {"column": "Else", "question": "said"},
        {"column": "Name", "leave_out": True, "why": "Names are not needed."},
    ],
}
HEADER = "Unit,How worried are you?,Why,Years,Else,Name"


def converted(*lines, mapping=MAPPING, header=HEADER):
    table = read_table("\n".join([header, *lines]).encode())
    return convert(table, read_mapping(mapping), read_targets(DEFINITION), ["roads", "parks"])


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "\t"), ("utf-16", "|")],
)
def test_a_file_is_read_in_any_usual_encoding_and_delimiter(encoding, delimiter):
    lines = [["Größe", "Why"], ["1,5", "a\nb"], ["2,5", 'say "x"']]
    text = "\r\n".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )

    table = read_table(text.encode(encoding))

    assert table.headers == ["Größe", "Why"]
    assert table.rows == [(2, ["1,5", "a\nb"]), (3, ["2,5", 'say "x"'])]
    assert table.delimiter == delimiter


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "empty"),
        (b"PK\x03\x04\x00\x00", "This is a spreadsheet"),
        (b"a,b\n\x81\xff,1", "Save the file as UTF-8"),
        (b"x" * (25 * 1024 * 1024 + 1), "larger than 25 MB"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_plain_words(content, message):
    with pytest.raises(UnreadableError, match=message):
        read_table(content)


def test_every_row_becomes_an_answer_or_a_problem():
    result = converted(
        'Roads & bridges,a  LOT,"Pain (back, knee), Slips, trips, or falls",12,hello,Ann',
        "Parks,2,,N/A,,Bob",
        "",
        "Moon,Not worried,,3,,Cid",
        ",Not worried,,3,,Dan",
        "Parks,Not worried,Slips,3,,Eve,too,many",
    )

    assert [(row.number, row.department, row.answers) for row in result.rows] == [
        (2, "roads", {"worry": 3, "causes": ["pain", "slips"], "years": 12, "said": "hello"}),
        (3, "parks", {"worry": 2, "causes": None, "years": None, "said": None}),
    ]
    assert [(p.row, p.column) for p in result.problems] == [(5, "Unit"), (6, "Unit"), (7, "")]
    assert "Moon" in result.problems[0].message
    assert result.blank_rows == [4]
    assert result.total == len(result.rows) + len(result.problems)


def test_every_value_that_is_not_taken_is_listed_with_its_place():
    result = converted(
        'Parks,Rather,"Rust, and dust, Slips",ninety,twelve letters,Ann',
        "Parks,7,Rust,61,,Bob",
    )

    assert result.rows[0].answers == {
        "worry": None,
        "causes": ["slips_only"],
        "years": None,
        "said": "twelve let",
    }
    assert [(d.row, d.column, d.value) for d in result.dropped] == [
        (None, "Name", "2 values"),
        (2, "How worried are you?", "Rather"),
        (2, "Why", "Rust, and dust"),
        (2, "Years", "ninety"),
        (2, "Else", "ters"),
        (3, "How worried are you?", "7"),
        (3, "Why", "Rust"),
        (3, "Years", "61"),
    ]


def test_equal_rows_of_two_people_have_different_digests_and_the_same_file_has_the_same():
    lines = ["Parks,2,,1,,", "Parks,2,,1,,", "Parks,3,,1,,"]

    first, again = converted(*lines), converted(*lines)

    digests = [row.digest for row in first.rows]
    assert len(set(digests)) == 3
    assert digests == [row.digest for row in again.rows]


def test_of_two_columns_with_the_same_header_the_mapping_says_which():
    mapping = {"columns": [{"column": "Years", "occurrence": 2, "question": "years"}]}

    result = converted("1,2", mapping=mapping, header="Years,Years")

    assert result.rows[0].answers == {"years": 2}


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ([], "list of “columns”"),
        ({"columns": [7]}, "an entry is a JSON object"),
        ({"columns": [{"question": "worry"}]}, "“column” is the header"),
        ({"columns": [{"column": "Why", "sort": 1}]}, "unknown field: sort"),
        ({"columns": [{"column": "Why", "values": []}]}, "“values” is a JSON object"),
        ({"columns": [{"column": "Why", "occurrence": 0}]}, "“occurrence”"),
        ({"columns": [{"column": "Why", "question": 3}]}, "“question” is the code"),
        ({"columns": [], "empty": "none"}, "“empty” is a list"),
        (
            {"columns": [{"column": n, "question": "worry"} for n in (1, 2)]},
            "Two columns answer the question “worry”",
        ),
        ({"columns": [{"column": "When", "question": "worry"}]}, "no column “When”"),
        ({"columns": [{"column": 9, "question": "worry"}]}, "no column “9”"),
        ({"columns": [{"column": "Why", "question": "mood"}]}, "no question “mood”"),
        (
            {"columns": [{"column": "Why", "question": "worry", "values": {"x": 4}}]},
            "“4” is no answer to the question “worry”",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(mapping, message):
    with pytest.raises(MappingError, match=message):
        converted("Parks,2,,1,,", mapping=mapping)


LABELS = ["Pain (back, knee)", "Slips", "Slips, trips", "Other, e.g., heat", "straße"]


@given(st.lists(st.sampled_from(LABELS), unique=True), st.sampled_from([", ", ";", " | "]))
def test_choices_are_found_again_however_they_were_joined(chosen, separator):
    known = {plain(label): label for label in LABELS}

    found, left_over = split_choices(separator.join(chosen), known)

    assert not left_over
    assert separator.join(found) == separator.join(chosen) or set(found) <= set(chosen)


@given(st.text(max_size=60))
def test_no_cell_breaks_the_reading_of_choices(cell):
    found, left_over = split_choices(cell, {plain(label): label for label in LABELS})

    assert set(found) <= set(LABELS)
    assert all(piece.strip() for piece in left_over)
