"""Tests of tables that leave the portal: nothing in them runs, and nothing of them is lost."""

import csv
import io
import re

from hypothesis import given
from hypothesis import strategies as st

from buyin.spreadsheets import csv_file, csv_file_stream, csv_text
from buyin.spreadsheets.writing import FORMULA_SIGNS

SIGNS = "ab=+-@\t\n\"',;＝＠"


def plain(cell: str) -> str:
    return cell.replace("'", "")


@given(st.lists(st.text(SIGNS, max_size=4), min_size=1, max_size=4))
def test_no_cell_that_leaves_the_portal_is_a_formula_and_every_text_is_still_there(cells):
    text = csv_text(["h"] * len(cells), [cells])

    (_header, row) = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert [plain(cell) for cell in row] == [plain(cell) for cell in cells]
    assert not [cell for cell in row if cell.startswith(FORMULA_SIGNS)]


@given(st.lists(st.text(SIGNS, max_size=6), min_size=1, max_size=3))
def test_a_spreadsheet_that_expects_semicolons_finds_no_formula_either(cells):
    text = csv_text(["n", *cells], [[1, *cells]])

    pieces = re.split(r"[;\t\r\n]", text)
    assert not [piece for piece in pieces if piece.lstrip('"').startswith(FORMULA_SIGNS)]


def test_numbers_stay_numbers_and_nothing_stays_empty():
    assert csv_text(["low", "high", "n"], [[-3.5, None, 0]]) == "\ufefflow,high,n\r\n-3.5,,0\r\n"


def test_a_file_is_taken_away_under_its_name():
    answer = csv_file("rates.csv", csv_text(["name"], [["Zoë"]]))

    assert answer["Content-Disposition"] == 'attachment; filename="rates.csv"'
    assert answer.content == b"\xef\xbb\xbfname\r\nZo\xc3\xab\r\n"


def test_a_table_is_taken_away_while_its_rows_are_read():
    read = []

    def rows():
        read.append("a row")
        yield ["Zoë"]

    answer = csv_file_stream("rates.csv", ["name"], rows())

    assert read == []
    assert answer["Content-Disposition"] == 'attachment; filename="rates.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.getvalue() == b"\xef\xbb\xbfname\r\nZo\xc3\xab\r\n"
