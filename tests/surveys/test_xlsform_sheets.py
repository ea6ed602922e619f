"""What a written form looks like to other programs, and how odd sheets are read."""

import pytest

from buyin.workbooks import RefusedFileError, Remark, read_workbook
from buyin.workbooks.writing import SheetRows, workbook_bytes
from surveys.formats.xlsform import read_xlsform, write_xlsform
from surveys.formats.xlsform.columns import language_code
from surveys.formats.xlsform.kinds import kind_of
from surveys.models import Survey
from tests.surveys.forms import CHOICES, form

DEFINITION = {
    "schema": 1,
    "language": "en",
    "intro": "Welcome",
    "scales": {
        "agree2": [{"code": "1", "text": "No"}, {"code": "2", "text": "Yes"}],
    },
    "pages": [
        {
            "code": "p1",
            "title": "First",
            "show_if": "${said} != ''",
            "questions": [
                {
                    "code": "table",
                    "type": "matrix",
                    "text": "How far?",
                    "scale": "agree2",
                    "dont_know": True,
                    "rows": [
                        {"code": "r1", "text": "Row", "reversed": True, "dimension": "skills"},
                    ],
                },
                {
                    "code": "many",
                    "type": "multiple",
                    "text": "Which?",
                    "required_if": "${said} = 'x'",
                    "choices": [
                        {"code": "a", "text": "A"},
                        {"code": "b", "text": "None", "exclusive": True},
                        {"code": "c", "text": "Else", "other": True, "show_if": "${said} = ''"},
                    ],
                },
                {"code": "rate", "type": "rating", "text": "Rate", "low": "Bad", "high": "Good"},
                {"code": "fun", "type": "likert", "text": "Fun?", "scale": "agree2"},
            ],
        },
        {
            "code": "p2",
            "questions": [
                {
                    "code": "said",
                    "type": "long_text",
                    "text": "Say",
                    "required": True,
                    "max_length": 99,
                },
                {
                    "code": "age",
                    "type": "number",
                    "text": "Age",
                    "min": 1,
                    "max": 2.5,
                    "unit": "years",
                    "constraint": ". != 2",
                    "constraint_message": "Not two",
                },
                {"code": "twice", "type": "computed", "value": "${age} * 2"},
            ],
        },
    ],
    "translations": {
        "fr": {
            "intro": "Bienvenue",
            "p1.title": "Un",
            "table.rows.r1": "Ligne",
            "scales.agree2.1": "Non",
            "rate.low": "Mal",
            "many.choices.a": "Ah",
        },
    },
}


def written():
    """Return each sheet of the form as its rows, without empty cells."""
    sheets = read_workbook(write_xlsform(DEFINITION, Survey(title="A survey"), name="a_survey"))
    found = {}
    for sheet in sheets:
        header = sheet.rows[1]
        found[sheet.name] = [
            {header[column]: text for column, text in cells.items()}
            for number, cells in sheet.rows.items()
            if number > 1
        ]
    return found


def test_pages_and_tables_are_groups():
    rows = written()["survey"]

    assert [(row["type"], row.get("name", "")) for row in rows] == [
        ("begin_group", "p1"),
        ("begin_group", "table"),
        ("select_one agree2", "r1"),
        ("end_group", ""),
        ("select_multiple many_choices", "many"),
        ("range", "rate"),
        ("select_one agree2", "fun"),
        ("end_group", ""),
        ("begin_group", "p2"),
        ("text", "said"),
        ("decimal", "age"),
        ("calculate", "twice"),
        ("end_group", ""),
    ]


def test_what_the_format_knows_stands_in_its_own_columns():
    rows = {row["name"]: row for row in written()["survey"] if "name" in row}

    assert rows["p1"] == {
        "type": "begin_group",
        "name": "p1",
        "appearance": "field-list",
        "label": "First",
        "label::fr": "Un",
        "relevant": "${said} != ''",
    }
    assert rows["said"]["required"] == "yes"
    assert rows["said"]["appearance"] == "multiline"
    assert rows["many"]["required"] == "${said} = 'x'"
    assert rows["rate"]["parameters"] == "start=0 end=10 step=1"
    assert rows["fun"]["appearance"] == "likert"
    assert rows["table"]["appearance"] == "table-list"
    assert rows["age"]["constraint"] == ". != 2"
    assert rows["age"]["constraint_message"] == "Not two"
    assert rows["twice"] == {"type": "calculate", "name": "twice", "calculation": "${age} * 2"}


def test_what_only_we_know_stands_in_columns_of_ours():
    rows = {row["name"]: row for row in written()["survey"] if "name" in row}

    assert rows["table"]["portal_dont_know"] == "yes"
    assert rows["r1"]["portal_reversed"] == "yes"
    assert rows["r1"]["portal_dimension"] == "skills"
    assert rows["age"]["portal_min"] == "1"
    assert rows["age"]["portal_max"] == "2.5"
    assert rows["age"]["portal_unit"] == "years"
    assert rows["said"]["portal_max_length"] == "99"
    assert rows["rate"]["portal_low::fr"] == "Mal"


def test_choices_of_scales_and_questions_stand_in_one_sheet():
    assert written()["choices"] == [
        {
            "list_name": "agree2",
            "name": "1",
            "label": "No",
            "label::fr": "Non",
            "portal_scale": "yes",
        },
        {"list_name": "agree2", "name": "2", "label": "Yes", "portal_scale": "yes"},
        {"list_name": "many_choices", "name": "a", "label": "A", "label::fr": "Ah"},
        {"list_name": "many_choices", "name": "b", "label": "None", "portal_exclusive": "yes"},
        {
            "list_name": "many_choices",
            "name": "c",
            "label": "Else",
            "portal_other": "yes",
            "portal_show_if": "${said} = ''",
        },
    ]


def test_the_settings_name_the_survey_and_its_language():
    assert written()["settings"] == [
        {
            "form_title": "A survey",
            "form_id": "a_survey",
            "default_language": "en",
            "portal_schema": "1",
            "portal_intro": "Welcome",
            "portal_intro::fr": "Bienvenue",
            "portal_kind": "readiness",
            "portal_languages": "fr",
        }
    ]


def test_the_example_reads_as_it_was():
    found = read_xlsform(write_xlsform(DEFINITION, Survey(title="A survey"), name="a_survey"))

    assert found.definition == DEFINITION
    assert found.rows == found.taken == 13


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("English (en)", "en"),
        ("Français (fr)", "fr"),
        ("fr", "fr"),
        ("pt-BR", "pt-BR"),
        ("English", "en"),
        ("Deutsch", "de"),
        ("german", "de"),
        ("chinese", "zh"),
        ("Klingon", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_its_code_or_its_name(header, code):
    assert language_code(header) == code


@pytest.mark.parametrize(
    ("said", "name", "list_name", "has_other"),
    [
        ("text", "text", "", False),
        ("  Text ", "text", "", False),
        ("begin group", "begin", "", False),
        ("Begin_Repeat", "repeat", "", False),
        ("end-group", "end", "", False),
        ("select_one yn", "single", "yn", False),
        ("select_one  yn   or_other", "single", "yn", True),
        ("select one from yn or other", "single", "yn", True),
        ("select1 yn", "single", "yn", False),
        ("select_multiple yn", "multiple", "yn", False),
        ("select all that apply from yn", "multiple", "yn", False),
        ("rank yn", "ranking", "yn", False),
        ("select_one_from_file a.csv", "", "", False),
        ("start-geopoint", "", "", False),
        ("select_one", "", "", False),
        ("", "", "", False),
    ],
)
def test_a_type_is_known_however_forms_write_it(said, name, list_name, has_other):
    found = kind_of(said)

    assert (found.name, found.list, found.has_other) == (name, list_name, has_other)
    assert found.name or found.why


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        (
            {"choices": CHOICES},
            "There is no sheet “survey”. A form has the sheets “survey”, “choices”, “settings”.",
        ),
        (
            {"survey": [["name", "label"], ["q", "Q"]]},
            "Sheet “survey”, row 1: There is no column “type” in the first row.",
        ),
        (
            {"survey": [["type", "label"], ["text", "Q"]]},
            "Sheet “survey”, row 1: There is no column “name” in the first row.",
        ),
        (
            {"survey": []},
            "Sheet “survey”, row 1: There is no column “type” in the first row.",
        ),
    ],
)
def test_a_workbook_that_is_no_form_is_refused_with_its_place(sheets, message):
    content = workbook_bytes([SheetRows(name, rows) for name, rows in sheets.items()])

    with pytest.raises(RefusedFileError) as refused:
        read_xlsform(content)

    assert str(refused.value) == message


def test_sheets_that_are_no_part_of_a_form_are_told():
    sheets = [
        SheetRows("Survey", [["type", "name", "label"], ["text", "q", "Q"]]),
        SheetRows("Read me", [["Hello"]]),
        SheetRows("Empty", []),
    ]

    found = read_xlsform(workbook_bytes(sheets))

    assert list(found.remarks) == [
        Remark("Read me", None, "", "", "The sheet is no part of a form.")
    ]


def test_a_column_that_is_not_read_is_told_once():
    found = read_xlsform(
        form("text|a|A|1|x", "text|b|B||y", "text|c|C", header="type name label default image")
    )

    assert [(one.row, one.column, one.why) for one in found.remarks] == [
        (2, "D (default)", "Nothing is read from this column, which is filled in 1 row."),
        (2, "E (image)", "Nothing is read from this column, which is filled in 2 rows."),
    ]


def test_a_group_of_more_questions_than_a_page_takes_becomes_several_pages():
    rows = [f"text|q{n}|Q{n}" for n in range(150)]

    found = read_xlsform(form("begin_group|g|G", *rows, "end_group"))

    pages = found.definition["pages"]
    assert [(page["code"], len(page["questions"])) for page in pages] == [("g", 100), ("g_2", 50)]
    assert found.rows == found.taken == 152


def test_a_text_that_is_too_long_is_cut_and_told():
    found = read_xlsform(form(f"text|q|{'a' * 501}"))

    assert found.definition["pages"][0]["questions"][0]["text"] == "a" * 500
    (remark,) = found.remarks
    assert (remark.row, remark.is_lost) == (2, False)


def test_a_repeat_is_asked_once_and_told():
    found = read_xlsform(form("begin_repeat|r|R", "text|q|Q", "end_repeat"))

    assert found.rows == found.taken == 3
    assert [(one.row, one.is_lost) for one in found.remarks] == [(2, False)]


def test_a_row_that_is_switched_off_stays_out():
    found = read_xlsform(form("text|a|A|yes", "text|b|B|no", header="type name label disabled"))

    assert [q["code"] for q in found.definition["pages"][0]["questions"]] == ["b"]
    assert found.remarks[0].why == "The row is switched off in the file."
