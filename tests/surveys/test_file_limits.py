"""What files may cost: each limit with its message, and nothing kept whole that can be long."""

import io

import pytest
import xlsxwriter
from django.utils import translation

from buyin.spreadsheets import csv_stream, csv_text
from buyin.spreadsheets.writing import ROWS_AT_ONCE
from buyin.workbooks import RefusedFileError, read_workbook, safe_xml, sheets
from surveys.actions.bringing import read_file
from surveys.definitions import read
from surveys.formats.answers_out import codebook_rows, ddi_codebook, spss_syntax, variables_of
from surveys.formats.limesurvey import read_limesurvey
from surveys.formats.reports import Place, Report
from surveys.models import SurveyFile
from tests.surveys.forms import form, lss, question, sheet_xml, with_parts

LONG = "ä" * 500
DEFINITION = {
    "schema": 1,
    "language": "en",
    "pages": [
        {
            "code": "p1",
            "questions": [
                {"code": "a" * 60, "type": "short_text", "text": LONG},
                {
                    "code": "b" * 60,
                    "type": "multiple",
                    "text": "]]> \"quoted\" 'twice'",
                    "choices": [
                        {"code": "c" * 60, "text": LONG},
                        {"code": "d" * 60, "text": "D"},
                    ],
                },
            ],
        }
    ],
}
VARIABLES = variables_of(read(DEFINITION), written=True)


def workbook_with_shared_texts():
    """Return a workbook as spreadsheets write it: what cells say stands in a part of its own."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("survey").write_string(0, 0, "a")
    return out.getvalue()


def sheet_of(body):
    return read_workbook(with_parts(form("text|q|Q"), sheet1=sheet_xml(body)))


def test_more_cells_than_anybody_fills_are_refused_with_their_place(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_CELLS", 5)

    with pytest.raises(RefusedFileError) as refused:
        sheet_of("<row><c><v>1</v></c><c><v>2</v></c></row>" * 3)

    place = "Sheet “survey”, row 3: There are more than 5 filled cells."
    assert str(refused.value) == place


def test_cells_that_share_a_long_text_are_refused_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_TEXT", 100)
    shared = sheet_xml("").replace(b"worksheet", b"sst")
    shared = shared.replace(
        b"<sheetData></sheetData>", b"<si><t>_x0041_" + b"b" * 29 + b"</t></si>"
    )
    content = with_parts(
        workbook_with_shared_texts(),
        sharedStrings=shared,
        sheet1=sheet_xml('<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 2),
    )

    with pytest.raises(RefusedFileError) as refused:
        read_workbook(content)

    place = "Sheet “survey”, row 2: The sheet is larger than any that people fill."
    assert str(refused.value) == place


def test_sheets_that_are_too_large_together_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_TEXT", 60)

    with pytest.raises(RefusedFileError) as refused:
        read_workbook(form("text|q|" + "a" * 20))

    assert str(refused.value) == "Sheet “choices”: The sheet is larger than any that people fill."


def test_a_row_of_more_parts_than_fit_in_memory_is_refused(monkeypatch):
    monkeypatch.setattr(safe_xml, "MOST_PARTS", 2_000)

    with pytest.raises(RefusedFileError) as refused:
        sheet_of(f"<row>{'<c/>' * 2_001}</row>")

    assert str(refused.value) == "The XML inside has too many parts."
    assert len(sheet_of("<row/>" * 4_000)) == 3


def test_more_rows_than_a_survey_has_are_refused_in_limesurvey_too(monkeypatch):
    monkeypatch.setattr("surveys.formats.limesurvey.document.MOST_ROWS", 3)
    content = lss("".join(question("T", number) for number in range(1, 5)))

    with pytest.raises(RefusedFileError) as refused:
        read_limesurvey(content)

    assert str(refused.value) == "There are more than 3 rows."


def test_a_remark_says_where_it_is_and_keeps_little_of_long_values():
    report = Report()
    report.lose(Place("survey", 3, "B (name)"), "x" * 999, "Too long.")
    report.change(Place("", None, ""), "", "Somewhere.")

    first, second = report.remarks
    assert first.place == "sheet “survey”, row 3, column B (name)"
    assert (len(first.value), first.is_lost) == (200, True)
    assert (second.place, second.is_lost) == ("", False)


def test_an_account_is_written_in_the_language_of_whoever_brought_the_file(cast):
    texts = {"title": "A", "language": "de"}
    file = SurveyFile.objects.create(
        owner=cast.people["lead"], name="a", content=form("text|q|Q"), texts=texts
    )

    with translation.override("en"):
        read_file(file=file.pk)
        assert translation.get_language() == "en"

    file.refresh_from_db()
    assert file.state == "read"
    assert file.report["taken"] == 1


def test_a_file_that_is_gone_is_no_trouble(db):
    read_file(file=4711)

    assert not SurveyFile.objects.exists()


@pytest.mark.parametrize("count", [0, 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1, 3 * ROWS_AT_ONCE])
def test_a_long_table_leaves_in_parts_that_are_the_whole_together(count):
    rows = [[number, f"=text {number}", None] for number in range(count)]

    parts = list(csv_stream(["a", "b", "c"], iter(rows)))

    assert "".join(parts) == csv_text(["a", "b", "c"], rows)
    assert len(parts) == -(-count // ROWS_AT_ONCE) + 1
    assert "".join(parts).count("'=text") == count


def test_long_names_and_labels_fit_the_statistics_program():
    syntax = spss_syntax(VARIABLES, before=[("person", "Who")], file="codes.csv")

    lines = syntax.splitlines()
    names = [
        line.split()[0]
        for line in lines
        if (line.startswith("  ") and " A" in line) or " F5" in line
    ]
    assert max(len(line.encode()) for line in lines) <= 251
    assert all(len(name) <= 64 for name in names)
    assert len(set(names)) == len(names)
    assert "ä' +\n" in syntax


def test_codebooks_keep_every_label_whole():
    rows = list(codebook_rows(VARIABLES))
    xml = ddi_codebook(VARIABLES, title="A & <b>", language="en")

    assert rows[0][1] == LONG
    assert "]]&gt;" in xml
    assert "A &amp; &lt;b&gt;" in xml
    assert xml.count(LONG) == 3
