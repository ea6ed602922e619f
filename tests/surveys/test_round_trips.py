"""Surveys that leave: read again they are the same, whatever they say and in whichever language."""

import io
import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from surveys.definitions import check
from surveys.formats.own_json import read_own, write_own
from surveys.formats.xlsform import read_xlsform, write_xlsform
from surveys.models import Survey

from .made_definitions import definitions, surveys

GOLDEN = Path(__file__).parent / "golden"
many = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
DEFINITION: dict[str, Any] = {
    "schema": 1,
    "language": "en",
    "pages": [
        {
            "code": "p1",
            "title": "Work",
            "questions": [{"code": "q", "type": "short_text", "text": "Why, “so”?"}],
        }
    ],
    "translations": {"fr": {"q.text": "Pourquoi, « ça » ?"}, "de": {}},
}
SURVEY = Survey(
    title="=Tea, or “coffee”",
    kind="needs",
    purpose="We ask,\nso that we know.",
    translations={
        "fr": {"title": "Thé ou café", "purpose": "Pour savoir,\nvraiment."},
        "de": {"title": "Tee, größer"},
        "es": {"title": "a language that the questions do not have"},
    },
)
IN_FILES = {code: SURVEY.translations[code] for code in ("fr", "de")}


def assert_same(found, definition, survey):
    assert found.definition == definition
    told = (found.title, found.kind, found.purpose)
    assert told == (survey.title, survey.kind, survey.purpose)
    assert found.translations == survey.translations
    assert list(found.remarks) == []
    assert found.taken == found.rows


@many
@given(st.data())
def test_a_form_that_was_written_reads_as_the_same_survey(data):
    definition = data.draw(definitions())
    survey = data.draw(surveys(definition))
    assert check(definition) == []

    found = read_xlsform(write_xlsform(definition, survey, name="a_survey"))

    assert_same(found, definition, survey)


@many
@given(st.data())
def test_our_own_format_reads_as_it_was_written(data):
    definition = data.draw(definitions())
    survey = data.draw(surveys(definition))

    found = read_own(write_own(definition, survey).encode())

    assert_same(found, definition, survey)


def test_a_file_of_ours_is_written_as_this_example_has_it():
    golden = GOLDEN / "survey.json"
    written = write_own(DEFINITION, SURVEY) + "\n"

    assert written == golden.read_text(encoding="utf-8")
    found = read_own(golden.read_bytes())
    assert (found.definition, found.translations) == (DEFINITION, IN_FILES)


def test_a_form_is_written_as_this_example_has_it():
    book = load_workbook(io.BytesIO(write_xlsform(DEFINITION, SURVEY, name="survey_1")))
    sheets = {one.title: [list(row) for row in one.iter_rows(values_only=True)] for one in book}

    assert sheets == json.loads((GOLDEN / "form.json").read_text(encoding="utf-8"))


def test_a_form_has_one_title_for_other_programs_and_the_others_in_columns_of_ours():
    content = write_xlsform(DEFINITION, SURVEY, name="survey_1")

    header = [str(cell.value) for cell in load_workbook(io.BytesIO(content))["settings"][1]]

    assert [name for name in header if "title" in name] == [
        *("form_title", "portal_title::fr", "portal_title::de")
    ]
