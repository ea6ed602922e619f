"""Workbooks and XML as tests write them."""

import datetime as dt
import io
import zipfile
from xml.sax.saxutils import escape

import xlwt

from buyin.workbooks.writing import SheetRows, workbook_bytes

DAY = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM")
CHOICES = [["list_name", "name", "label"], ["yn", "Yes", "Yes"], ["yn", "No", "No"]]


def form(*survey, choices=CHOICES, settings=(), header="type name label"):
    """Return a form with these rows, each as text with | between the cells."""
    sheets = {
        "survey": [header.split(), *(row.split("|") for row in survey)],
        "choices": choices,
        "settings": settings,
    }
    return workbook_bytes([SheetRows(name, rows) for name, rows in sheets.items()])


def old_form(*survey, header="type name label", **sheets):
    """Return the same as a workbook of the old kind (.xls); cells may also be numbers, days, formulas."""
    book = xlwt.Workbook()
    rows = [header.split(), *(row.split("|") for row in survey)]
    for name, table in {"survey": rows, "choices": CHOICES, **sheets}.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                is_day = isinstance(cell, dt.datetime | dt.time)
                sheet.write(number, column, cell, DAY if is_day else xlwt.Style.default_style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(content, **changed):
    """Return a workbook in which parts are replaced by others; names have no folders."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, changed.pop(stem, None) or old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return out.getvalue()


def sheet_xml(body):
    """Return the XML of a sheet with these rows."""
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{name}"><sheetData>{body}</sheetData></worksheet>'.encode()


def lss(questions="", *, groups="", kind="Survey", head="", **sections):
    """Return a LimeSurvey file in the older dialect: its texts stand inside the rows."""
    groups = groups or row(
        gid=1, group_name="One", description="<p>Hi &amp; you</p>", language="en"
    )
    settings = row(
        surveyls_language="en", surveyls_title="Tea", surveyls_welcometext="<b>Hello</b>"
    )
    parts = {
        "groups": groups,
        "questions": questions,
        "surveys": row(sid=1, language="en"),
        "surveys_languagesettings": settings,
        **sections,
    }
    body = "".join(f"<{n}><rows>{rows}</rows></{n}>" for n, rows in parts.items())
    return (
        f"{head}<document><LimeSurveyDocType>{kind}</LimeSurveyDocType>{body}</document>".encode()
    )


def row(**fields):
    """Return one row of a LimeSurvey file."""
    cells = "".join(f"<{n}>{escape(str(text))}</{n}>" for n, text in fields.items())
    return f"<row>{cells}</row>"


def question(letter, qid=1, **fields):
    """Return one question of a LimeSurvey file."""
    known = {
        "qid": qid,
        "parent_qid": 0,
        "gid": 1,
        "type": letter,
        "title": f"Q{qid}",
        "language": "en",
    }
    return row(**{**known, "question": f"Question {qid}", **fields})
