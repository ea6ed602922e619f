"""Broken and hostile spreadsheets: read with a list of what was odd, or refused with the place."""

import datetime as dt
import io
import zipfile
from contextlib import suppress
from typing import Any, cast

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from buyin.spreadsheets import UnreadableError
from buyin.stakeholders.contacts import Learned, Vocabulary, codes_of, read_contacts, sheets
from tests.stakeholders.lists import with_part, workbook

TODAY = dt.date(2026, 11, 26)
CATEGORIES = codes_of("category", [("it", "IT"), ("end-user", "End user"), ("union", "Union")])
KINDS = codes_of("kind", [("person", ""), ("organisation", ""), ("group", "")])
WORDS = Vocabulary(
    {"category": CATEGORIES, "kind": KINDS}, {"roads": (1,), "parks": (2,), "clinic": (3, 4)}, {}
)
SHEET = "xl/worksheets/sheet1.xml"
HEADER = ("Name", "Mail", "Department", "Category")
ANN = ("Ann Lee", "ann@x.example", "roads", "IT")


def read(content, **learned):
    raw = content.encode() if isinstance(content, str) else content
    return read_contacts(raw, WORDS, today=TODAY, learned=cast("Learned", learned) or None)


def refused(content):
    with pytest.raises(UnreadableError) as error:
        read(content)
    return str(error.value)


def names(found):
    return [(one.row, one.name) for one in found.contacts]


def told(found):
    return [(one.row, one.column, one.message) for one in found.remarks]


def test_cells_merged_over_several_rows_count_for_each_of_them():
    found = read(
        workbook(
            HEADER,
            ANN,
            ("Tom Ott", None, None, "IT"),
            ("Ida Berg", None, None, "IT"),
            merged=("C2:C4",),
        )
    )

    assert [one.values["department"] for one in found.contacts] == [1, 1, 1]
    message = "Merged with the cell above. Its value counts for this row, too."
    assert told(found) == [(3, "Department", message), (4, "Department", message)]


def test_a_title_merged_over_the_whole_table_is_no_header():
    found = read(workbook(("Contacts of 2026",), HEADER, ANN, merged=("A1:D1",)))

    assert (found.head.number, names(found)) == (2, [(3, "Ann Lee")])


def test_two_header_rows_are_read_together():
    found = read(
        workbook(
            ("Contact", None, "Where", None),
            ("Name", "Mail", "Department", "Category"),
            ANN,
            merged=("A1:B1", "C1:D1"),
        )
    )

    assert (found.head.number, names(found)) == (2, [(3, "Ann Lee")])


def test_a_header_in_two_rows_that_complete_each_other_is_one():
    found = read("Name,,Department,\n,Mail,,Category\nAnn Lee,ann@x.example,roads,IT\n")

    assert found.head.is_double
    assert found.contacts[0].values == {
        "name": "Ann Lee",
        "email": "ann@x.example",
        "department": 1,
        "category": "it",
    }
    assert told(found)[0][:2] == (2, "")


def test_headings_above_the_names_of_columns_complete_them():
    found = read("Contact,,Job,\nName,Mail,Title,Whatever\nAnn Lee,ann@x.example,Head,IT\n")

    assert [one.field for one in found.columns][:2] == ["name", "email"]
    assert found.contacts[0].name == "Ann Lee"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_each_usual_encoding_is_found(encoding):
    found = read("Name,Category\nZoë Müller,IT\n".encode(encoding))

    assert names(found) == [(2, "Zoë Müller")]


def test_rows_in_two_encodings_are_each_read_as_they_were_saved():
    found = read(b"Name,Category\nJos\xc3\xa9 Ruiz,IT\nJos\xe9 Paz,IT\n")

    assert names(found) == [(2, "José Ruiz"), (3, "José Paz")]
    assert told(found) == [(2, "Name", "Saved in the wrong encoding. It is read as “José Ruiz”.")]


def test_a_character_that_is_lost_for_good_is_told_with_its_place():
    found = read("Name,Category\nJos\ufffd Ruiz,IT\n")

    assert told(found) == [(2, "Name", "A character was lost before the file came here (\ufffd).")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_usual_delimiter_is_found(delimiter):
    found = read("\n".join(delimiter.join(row) for row in (HEADER, ANN)))

    assert names(found) == [(2, "Ann Lee")]


def test_formulas_in_a_workbook_are_never_run_and_each_is_named():
    found = read(workbook(HEADER, ANN, ("Tom Ott", "=HYPERLINK(A1)", "=1+1", "IT")))

    assert names(found) == [(2, "Ann Lee"), (3, "Tom Ott")]
    message = "This is a formula. Only values are read."
    assert told(found) == [(3, "Mail", message), (3, "Department", message)]


def test_a_name_that_is_a_formula_is_no_name():
    found = read("Name,Mail,Category\n=cmd|'/c calc'!A1,tom@x.example,IT\n")

    assert not found.contacts
    assert [(one.row, one.column) for one in found.problems] == [(2, "Name")]


def test_a_phone_number_that_was_made_harmless_is_as_it_was():
    found = read("Name,Phone,Category\nAnn Lee,'+1 555 0100,IT\n")

    assert found.contacts[0].values["phone"] == "+1 555 0100"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (45292, "2024-01-01"),
        (dt.date(2024, 1, 1), "2024-01-01"),
        (dt.datetime(2024, 1, 1, 12, 30), "2024-01-01"),  # noqa: DTZ001 - as a workbook has it
        ("1 January 2024", "2024-01-01"),
        ("01.02.2024", "2024-02-01"),
    ],
)
def test_dates_are_read_also_where_they_are_numbers(cell, day):
    found = read(workbook(("Name", "Since", "Department"), ("Ann Lee", cell, "roads")))

    assert found.contacts[0].values["since"] == day


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("2024", "No day is given. The first is taken."),
        ("soon", "This is no date that we can read."),
        ("2027-01-01", "This day is still to come."),
    ],
)
def test_a_date_that_is_none_or_half_of_one_is_told(cell, message):
    found = read(f"Name,Since,Department\nAnn Lee,{cell},roads\n")

    assert told(found) == [(2, "Since", message)]


def test_a_million_empty_rows_of_a_text_file_are_refused_by_their_number():
    content = b"Name,Category\nAnn Lee,IT\n" + b",\n" * 1_000_000

    assert refused(content) == "The file has more than 250000 rows. Split it into smaller files."


def test_a_million_empty_rows_of_a_workbook_are_passed_over():
    content = workbook(HEADER, ANN, ("Tom Ott", None, None, "IT"))

    def further(text):
        for cell in (b"A3", b"D3"):
            text = text.replace(b'r="%s"' % cell, b'r="%s1048576"' % cell[:1])
        return text.replace(b'<row r="3"', b'<row r="1048576"')

    found = read(with_part(content, SHEET, further))

    assert names(found) == [(2, "Ann Lee"), (1048576, "Tom Ott")]


def test_two_columns_of_one_name_are_told_and_the_first_counts():
    found = read("Name,Mail,Mail,Category\nAnn Lee,ann@x.example,other@x.example,IT\n")

    assert found.contacts[0].values["email"] == "ann@x.example"
    message = "Another column has this name already. This one is not read by itself."
    assert told(found) == [(1, "Mail (2)", message)]


def test_a_column_without_a_name_is_told_by_its_number_with_samples():
    found = read("Name,,Category\nAnn Lee,secret,IT\nTom Ott,,IT\n")

    assert told(found) == [(1, "Column 2", "This column has no name.")]
    assert found.samples(found.columns[1]) == ["secret"]


def test_a_file_without_any_header_asks_what_each_column_holds():
    found = read("Ann Lee,ann@x.example,IT\nTom Ott,tom@x.example,IT\n")

    assert (found.head.number, found.contacts) == (0, [])
    assert found.problems[0].message == "No column holds the names. Say which one does."
    assert found.samples(found.columns[1]) == ["ann@x.example", "tom@x.example"]


def test_a_file_without_any_header_is_read_once_somebody_has_said_it():
    said = {"#1": "name", "#2": "email", "#3": "category"}
    found = read("Ann Lee,ann@x.example,IT\nTom Ott,tom@x.example,IT\n", columns=said, header_row=0)

    assert names(found) == [(1, "Ann Lee"), (2, "Tom Ott")]


def test_a_header_that_nobody_knows_is_still_a_header():
    found = read("Jméno,Pošta\nAnn Lee,ann@x.example\n")

    assert (found.head.number, [one.header for one in found.columns]) == (1, ["Jméno", "Pošta"])


def test_a_header_far_down_is_read_where_somebody_said_so():
    found = read("\n".join(["note"] * 14 + ["Name,Category", "Ann Lee,IT"]), header_row=15)

    assert names(found) == [(16, "Ann Lee")]


def test_names_of_columns_that_are_repeated_between_the_rows_are_left_out():
    found = read("Name,Category\nAnn Lee,IT\nName,Category\nTom Ott,IT\n")

    assert names(found) == [(2, "Ann Lee"), (4, "Tom Ott")]
    assert told(found) == [(3, "", "This row repeats the names of the columns. It is left out.")]


def test_more_rows_than_can_be_looked_at_are_refused_with_the_last():
    content = "Name,Category\n" + "Ann Lee,IT\n" * 100_001

    assert refused(content) == (
        "There are more than 50000 rows, the last is row 100002. Split the file."
    )


def test_more_rows_of_a_workbook_are_refused_with_the_sheet(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)

    assert refused(workbook(HEADER, ANN, ANN, ANN, title="All")) == (
        "Sheet “All”: There are more than 2 rows, the last is row 4. Split the file."
    )


def test_more_columns_than_anybody_has_are_refused_with_the_row():
    assert refused("Name" + "," * 250 + "x\nAnn Lee\n") == (
        "Row 1 has 251 columns. At most 200 can be read."
    )


WEB_PAGE = (
    "This is a web page or XML, whatever its name says. Open it in a spreadsheet and save it as "
    ".xlsx or CSV."
)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, b"0" * 20_000_000)
    return out.getvalue()


TYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def test_a_workbook_that_would_fill_the_disk_is_never_unpacked():
    assert refused(bomb()) == "The file is packed as no workbook is: it could fill the disk."


def test_xml_that_asks_for_other_files_is_never_read():
    content = with_part(workbook(HEADER, ANN), SHEET, lambda text: TYPE + text)

    assert refused(content) == ("The XML inside declares a document type. That is never read.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b" \n\n", "The file is empty."),
        (b"PK\x03\x04 and nothing else", "The file is damaged or is no .xlsx workbook."),
        (b"%PDF-1.7\x00\x01\x02", "This is not a text file. Save the table as CSV and try again."),
        (
            b"<html><table><tr><td>Name",
            WEB_PAGE,
        ),
        (
            b'<?xml version="1.0"?>' + TYPE,
            WEB_PAGE,
        ),
        (workbook(), "The file is empty."),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, message):
    assert refused(content) == message


def test_a_file_that_is_too_large_is_not_looked_at(monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST_FILE", 2 * 1024 * 1024)

    assert refused(b"a" * (2 * 1024 * 1024 + 1)) == (
        "The file is larger than 2 MB. Split it into smaller files."
    )


def test_an_old_workbook_is_read():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Contacts")
    for number, row in enumerate((HEADER, ANN)):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    out = io.BytesIO()
    book.save(out)

    found = read(out.getvalue())

    assert (found.table.encoding, names(found)) == ("xls", [(2, "Ann Lee")])


def test_macros_in_a_workbook_are_neither_run_nor_in_the_way():
    out = io.BytesIO(workbook(HEADER, ANN))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen()")

    assert names(read(out.getvalue())) == [(2, "Ann Lee")]


def test_the_sheet_with_the_most_columns_that_are_known_is_read_and_the_others_are_named():
    book = Workbook()
    first: Any = book.active
    first.append(("Read me",))
    for title, person in (("Roads", "Ann Lee"), ("Notes", None)):
        sheet = book.create_sheet(title)
        sheet.append(HEADER if person else ("Name",))
        sheet.append((person or "x", "", "", "IT"))
    out = io.BytesIO()
    book.save(out)

    found = read(out.getvalue())

    assert (found.table.name, names(found)) == ("Roads", [(2, "Ann Lee")])
    assert told(found)[0][2] == "Other sheets of the file are not read: Sheet, Notes."
    assert read(out.getvalue(), sheet="Notes").table.name == "Notes"


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_any_text_is_read_or_refused_in_words(rows, delimiter):
    content = "\n".join(delimiter.join(row) for row in rows).encode()

    with suppress(UnreadableError):
        found = read(content)
        assert all(one.name and "\x00" not in one.name for one in found.contacts)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 4_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(place, put):
    content = WHOLE[:place] + put + WHOLE[place + len(put) :]

    with suppress(UnreadableError):
        assert read(content).table.rows


WHOLE = workbook(HEADER, ANN, ("Tom Ott", "tom@x.example", "parks", "Union"))
