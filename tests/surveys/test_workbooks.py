"""Workbooks, cell by cell: what other programs wrote is read, what is written is read by others."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.formats.reports import RefusedFileError
from surveys.formats.workbook_writing import SheetRows, workbook_bytes, workbook_stream
from surveys.formats.workbooks import is_workbook, letters, read_workbook
from tests.surveys.forms import form, sheet_xml, with_parts

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


def cells_of(body, **parts):
    content = with_parts(form("text|q|Q"), sheet1=sheet_xml(body), **parts)
    return read_workbook(content)[0].rows


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>3</v></c>", "3"),
        ("<c><v>3.0</v></c>", "3"),
        ("<c><v>0.1</v></c>", "0.1"),
        ("<c><v>-99</v></c>", "-99"),
        ("<c><v>1E3</v></c>", "1000"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="str"><v>said</v></c>', "said"),
        ('<c t="d"><v>2026-01-31</v></c>', "2026-01-31"),
        ('<c t="inlineStr"><is><t> in </t></is></c>', " in "),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"),
        ('<c t="inlineStr"><is><t>a_x000A_b</t></is></c>', "a\nb"),
    ],
)
def test_a_cell_is_read_by_its_kind(cell, text):
    assert cells_of(f'<row r="4">{cell}</row>') == {4: {1: text}}


@pytest.mark.parametrize(
    "cell",
    [
        "<c/>",
        "<c><v></v></c>",
        "<c><v>no number</v></c>",
        '<c t="e"><v>#REF!</v></c>',
        '<c t="s"><v>7</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c t="strange"><v>1</v></c>',
        '<c t="inlineStr"/>',
    ],
)
def test_a_cell_without_sense_is_empty(cell):
    assert cells_of(f'<row r="4">{cell}</row>') == {}


def test_a_number_without_end_is_no_surprise():
    assert cells_of("<row><c><v>1e400</v></c></row>") == {1: {1: "inf"}}


def test_cells_stand_where_their_references_say():
    body = '<row r="9"><c r="B9"><v>1</v></c><c><v>2</v></c><c r="AA9"><v>3</v></c></row><row><c><v>4</v></c></row>'

    assert cells_of(body) == {9: {2: "1", 3: "2", 27: "3"}, 10: {1: "4"}}


@pytest.mark.parametrize(("number", "above"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_a_column_has_the_letters_that_spreadsheets_show(number, above):
    assert letters(number) == above


def test_only_what_begins_like_a_workbook_is_taken_for_one():
    assert is_workbook(form("text|q|Q"))
    assert not is_workbook(b"type,name,label")


def test_a_text_that_is_too_long_for_a_cell_is_refused_with_its_place():
    with pytest.raises(RefusedFileError) as refused:
        cells_of(f'<row r="2"><c r="C2" t="str"><v>{"a" * 32_768}</v></c></row>')

    place = "Sheet “survey”, row 2, column C: The text in this cell is too long."
    assert str(refused.value) == place


@given(st.lists(st.lists(TEXTS | st.integers(-999, 999), min_size=1, max_size=5), max_size=5))
def test_what_is_written_is_read_again(rows):
    (sheet,) = read_workbook(workbook_bytes([SheetRows("All", rows)]))

    assert sheet.rows == {
        n: {column: str(cell) for column, cell in enumerate(row, 1)}
        for n, row in enumerate(rows, 1)
    }
    assert sheet.formulas == []


def test_a_text_that_looks_like_a_formula_is_stored_as_a_text():
    content = workbook_bytes([SheetRows("All", [["=1+1", "@SUM(A1)", 2, 0.5, None, "", True]])])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    cells = list(sheet.iter(f"{MAIN}c"))
    assert [cell.get("r") for cell in cells] == ["A1", "B1", "C1", "D1", "G1"]
    assert [cell.get("t") for cell in cells] == ["inlineStr", "inlineStr", None, None, "inlineStr"]
    assert not list(sheet.iter(f"{MAIN}f"))


def test_equal_workbooks_are_equal_files():
    sheets = [SheetRows('A & “b” "c"', [["x"]]), SheetRows("Two", [])]

    assert workbook_bytes(sheets) == workbook_bytes(sheets)
    assert [sheet.name for sheet in read_workbook(workbook_bytes(sheets))] == ['A & “b” "c"', "Two"]


def test_a_workbook_leaves_while_its_rows_are_still_being_made():
    made = []

    def rows():
        for number in range(50_000):
            made.append(number)
            yield [number * 7919 % 10_007, f"{number * 104_729 % 999_983}"]

    stream = workbook_stream([SheetRows("All", rows())])
    first = next(part for part in stream if len(part) > 1_000)

    assert len(made) < 10_000
    assert len(first) < 100_000
