"""What did not come in of the file of a survey, as a page shows it and as a table of all of it."""

import csv
import io
import json

import pytest
from django.utils import translation

from buyin.accounts.models import Role
from buyin.workbooks import RefusedFileError
from surveys import tasks
from surveys.actions import bringing
from surveys.formats import accounts
from surveys.formats.any_survey import read_survey
from surveys.formats.survey_accounts import remarks_csv
from surveys.models import SurveyFile
from tests.surveys.forms import form, lss, old_form, question
from tests.surveys.test_bringing import OWN, upload

HEADER = ["Sheet", "Row", "Column", "In the file", "What became of it", "Why"]
WITH_LOSSES = form("text|q|What?", "geopoint|w|Where?", "time|t|When?", "=1+1|f|Much?")
UNENDED = form("geopoint|w|Where?", "begin_group|g|Group", "text|q|What?")


def table_of(answer):
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_everything_that_was_left_out_or_changed_leaves_as_a_table(lead, cast):
    page = upload(lead, WITH_LOSSES).headers["Location"]
    answer = lead.get(f"{page}left-out.csv")

    assert f'href="{page}left-out.csv"' in lead.get(page).text
    number = SurveyFile.objects.get().pk
    assert answer["Content-Disposition"] == f'attachment; filename="survey-file-{number}.csv"'
    assert table_of(answer) == [
        HEADER,
        *(
            ["survey", row, "A (type)", said, fate, why]
            for row, said, fate, why in (
                ("3", "geopoint", "left out", "Places cannot be given here."),
                ("4", "time", "changed", "Times are asked for as a short text."),
                ("5", "'=1+1", "left out", "The type “=1+1” is not known."),
            )
        ),
    ]


@pytest.mark.parametrize("make", [form, old_form], ids=["xlsx", "xls"])
def test_what_a_spreadsheet_would_run_is_a_text_in_the_table(lead, cast, make):
    rows = [f"{sign}cmd|q{n}|What?" for n, sign in enumerate(("=", "+", "-", "@"))]
    page = upload(lead, make("text|q|What?", *rows)).headers["Location"]
    tasks.read_survey_files()

    cells = [row[3] for row in table_of(lead.get(f"{page}left-out.csv"))[1:]]

    assert cells == ["'=cmd", "'+cmd", "'-cmd", "'@cmd"]


def test_a_refused_file_has_a_table_with_its_place_and_what_was_left_out_before(lead, cast):
    page = upload(lead, UNENDED).headers["Location"]
    shown = lead.get(page).text

    assert "No survey can be made of this file" in shown
    assert f'href="{page}left-out.csv"' in shown
    why = "The group “g” begins here and never ends."
    assert table_of(lead.get(f"{page}left-out.csv")) == [
        HEADER,
        ["survey", "3", "A (type)", "", "file refused", why],
    ]


def test_what_was_noted_before_a_refusal_is_in_its_table_and_on_its_page(lead, cast):
    page = upload(lead, form("geopoint|w|Where?")).headers["Location"]

    rows = table_of(lead.get(f"{page}left-out.csv"))[1:]

    assert [(row[1], row[4]) for row in rows] == [("", "file refused"), ("2", "left out")]
    assert "Places cannot be given here." in lead.get(page).text


def test_everything_that_is_wrong_with_a_file_of_ours_is_told_not_only_the_first(lead, cast):
    content = OWN.replace(b'"version": 1', b'"version": 2').replace(b'"kind"', b'"more"')
    page = upload(lead, content, name="survey.json").headers["Location"]

    shown = lead.get(page).text
    rows = table_of(lead.get(f"{page}left-out.csv"))[1:]

    assert len(rows) == 2
    assert {row[4] for row in rows} == {"file refused"}
    assert shown.count("1 was expected") == 1
    assert shown.count("Additional properties are not allowed") == 1


def test_a_file_of_limesurvey_has_the_same_table(lead, cast):
    content = lss(question("T") + question("|", qid=2))
    page = upload(lead, content, name="survey.lss").headers["Location"]

    (row,) = table_of(lead.get(f"{page}left-out.csv"))[1:]

    assert row == ["questions", "2", "Q2", "|", "left out", "Files cannot be given here."]


def test_a_file_that_came_in_as_it_was_has_no_table(lead, cast):
    page = upload(lead, form("text|q|What?")).headers["Location"]

    assert "Everything came in as it was." in lead.get(page).text
    assert "left-out.csv" not in lead.get(page).text
    assert lead.get(f"{page}left-out.csv").status_code == 404


def test_a_file_that_broke_its_reader_has_no_table(lead, cast, monkeypatch):
    monkeypatch.setattr("surveys.views.bringing.is_quick", lambda content: False)
    page = upload(lead).headers["Location"]
    assert lead.get(f"{page}left-out.csv").status_code == 404
    SurveyFile.objects.update(tries=3)
    tasks.read_survey_files()

    assert "left-out.csv" not in lead.get(page).text


def test_the_table_is_its_owners_alone(lead, cast, sign_in):
    page = upload(lead, WITH_LOSSES).headers["Location"]

    for persona in ("staff", "coordinator", "executive", "administrator"):
        assert sign_in(persona).get(f"{page}left-out.csv").status_code == 404
    cast.people["lead"].role_assignments.filter(role=Role.LEAD).delete()
    assert lead.get(f"{page}left-out.csv").status_code == 404


def test_a_page_shows_the_first_remarks_and_the_table_has_them_all(lead, cast):
    rows = [f"geopoint|w{n}|Where?" for n in range(250)]
    page = upload(lead, form("text|q|What?", *rows)).headers["Location"]

    shown = lead.get(page).text

    assert shown.count("Places cannot be given here.") == 200
    assert "The first 200 of 250 are shown." in shown
    assert len(table_of(lead.get(f"{page}left-out.csv"))) == 251


def test_a_table_ends_somewhere_and_says_so(monkeypatch):
    monkeypatch.setattr(accounts, "MOST_LINES", 2)

    lines = remarks_csv(read_survey(WITH_LOSSES)).strip().splitlines()

    assert len(lines) == 4
    assert lines[-1] == ",,,,,1 more are not listed here."


def test_the_table_is_in_the_language_of_who_brought_the_file(lead, cast):
    with translation.override("en"):
        said = remarks_csv(read_survey(WITH_LOSSES))
    file = bringing.keep_survey_file(
        owner=cast.people["lead"], name="a", content=WITH_LOSSES, texts={"language": "en"}
    )
    with translation.override("fr"):
        bringing.read_file(file=file.pk)

    file.refresh_from_db()
    assert file.left_out == said


@pytest.mark.parametrize("content", [b"PK", b"{", b"<a/>", b"words", UNENDED])
def test_every_refusal_has_at_least_one_line(content):
    with pytest.raises(RefusedFileError) as refused:
        read_survey(content)

    rows = list(csv.reader(io.StringIO(remarks_csv(refused.value))))

    assert len(rows) >= 2
    assert rows[1][4:] == ["file refused", refused.value.reasons[0].why]
    assert rows[1][5] in str(refused.value)


def test_a_reason_never_repeats_a_whole_file():
    long_one = "x" * 1_000_000
    wrong = {"schema": 1, "language": "en", "pages": [{"code": long_one}] * 3}

    for definition in (long_one, wrong):
        said = {"format": "buyin-survey", "version": 1, "definition": definition}
        with pytest.raises(RefusedFileError) as refused:
            read_survey(json.dumps(said).encode())

        assert len(str(refused.value)) < 1000
        assert len(remarks_csv(refused.value)) < 10_000
