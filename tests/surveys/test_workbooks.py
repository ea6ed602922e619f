"""Workbooks, cell by cell: what other programs wrote is read, what is written is read by others."""

import io
import tempfile
import tracemalloc
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.workbooks import RefusedFileError, is_workbook, read_workbook, writing
from buyin.workbooks.writing import SheetRows, workbook_bytes, workbook_stream
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
        '<c t="e"><v>#REF!</v></c>',
        '<c t="strange"><v>1</v></c>',
        '<c t="inlineStr"/>',
    ],
)
def test_a_cell_without_sense_is_empty(cell):
    assert cells_of(f'<row r="4">{cell}</row>') == {}


@pytest.mark.parametrize(
    "cell",
    [
        "<c><v>no number</v></c>",
        '<c t="s"><v>7</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c t="b"><v>maybe</v></c>',
        '<c t="d"><v>tomorrow</v></c>',
        '<c r="4A"><v>1</v></c>',
        '<c s="x"><v>1</v></c>',
        '<c><f t="dataTable" strange="1"/></c>',
    ],
)
def test_a_cell_that_no_program_writes_is_a_damaged_file(cell):
    with pytest.raises(RefusedFileError) as refused:
        cells_of(f'<row r="4">{cell}</row>')

    assert str(refused.value) == "The file is damaged or is no .xlsx workbook."


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        ("45322", "14", "2024-01-31"),
        ("45322.5", "22", "2024-01-31 12:00:00"),
        ("0.25", "20", "06:00:00"),
        ("1.5", "46", "1 day, 12:00:00"),
        ("-1E9", "14", ""),
    ],
)
def test_a_day_or_a_time_is_read_as_such_and_not_as_its_number(number, style, text):
    styles = f'''<styleSheet xmlns="{MAIN[1:-1]}"><fonts count="1"><font/></fonts>
    <fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>
    <cellStyleXfs count="1"><xf/></cellStyleXfs>
    <cellXfs count="2"><xf/><xf numFmtId="{style}"/></cellXfs></styleSheet>'''
    row = f'<row r="1"><c r="A1" s="1"><v>{number}</v></c></row>'

    assert cells_of(row, styles=styles) == ({1: {1: text}} if text else {})


def test_a_number_without_end_is_no_surprise():
    assert cells_of("<row><c><v>1e400</v></c></row>") == {1: {1: "inf"}}


def test_cells_stand_where_their_references_say():
    body = '<row r="9"><c r="B9"><v>1</v></c><c><v>2</v></c><c r="AA9"><v>3</v></c></row><row><c><v>4</v></c></row>'

    assert cells_of(body) == {9: {2: "1", 3: "2", 27: "3"}, 10: {1: "4"}}


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


def test_a_workbook_is_put_together_outside_of_memory_and_leaves_nothing_behind(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows():
        for number in range(5_000):
            yield [number * 7919 % 10_007, f"{number * 104_729 % 999_983}"]

    tracemalloc.start()
    stream = workbook_stream([SheetRows("All", rows())])
    first = next(stream)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    size = len(first) + sum(map(len, stream))

    assert most < 400_000
    assert size > 50_000
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_behind_where_the_rows_break_off(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows():
        yield from [["a"]] * 1_000
        raise InterruptedError

    with pytest.raises(InterruptedError):
        list(workbook_stream([SheetRows("All", rows())]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "<r><t>not closed</r>",
        "<r></r>",
        "<r>",
        "<r> & 日本</r>",
        "_x000D_ \x00",
        "\ufffe\uffff",
        "{=1+1}",
        "http://evil.example",
    ],
)
def test_no_text_can_break_the_file_that_it_is_written_to(text):
    (sheet,) = read_workbook(workbook_bytes([SheetRows("All", [[text, "beside"]])]))

    assert sheet.rows == {1: {1: text, 2: "beside"}}
    assert sheet.formulas == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a" * 40_000, "a" * 32_767),
        ("😀" * 20_000, "😀" * 16_383),
        ("half \ud83d of one", "half ? of one"),
    ],
    ids=["long", "wide", "half"],
)
def test_of_a_text_as_much_is_written_as_a_cell_holds(text, kept):
    (sheet,) = read_workbook(workbook_bytes([SheetRows("All", [[text]])]))

    assert sheet.rows == {1: {1: kept}}


def test_rows_that_no_sheet_can_hold_go_on_in_another_one(monkeypatch):
    monkeypatch.setattr(writing, "LAST_ROW", 3)

    sheets = read_workbook(workbook_bytes([SheetRows("All", [[n] for n in range(7)])]))

    assert [sheet.name for sheet in sheets] == ["All", "All 2", "All 3"]
    assert [row[1] for sheet in sheets for row in sheet.rows.values()] == list("0123456")
