"""The pages that bring in answers from a file: upload, columns, a look at the result, yes."""

import codecs
import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from buyin.initiatives.models import Initiative
from buyin.spreadsheets import read_table
from surveys.formats.proposals import propose
from surveys.models import AnswerFile, Response, Wave
from tests.factories.initiatives import InitiativeFactory

ADDRESS = "/surveys/author/import/"
ROWS = [
    'Roads,"Jobs, e.g., mine",Not concerned,27,Ann',
    'Roads,"Errors",Very concerned,31,Bob',
    'Parks,"Errors, Jobs, e.g., mine",Somewhat concerned,27,Cid',
    'Parks,"Jobs, e.g., mine",Not applicable,n/a,Dan',
    'Roads,"Errors, Rain",Very concerned,30,Eve',
    'Moon,"Errors",Very concerned,30,Fay',
]
FILE = "\n".join(["Department,What worries you?,How concerned are you?,Age,Name", *ROWS])


def upload(client, content=FILE, name="answers.csv", **changes):
    initiative = InitiativeFactory()
    fields = {"title": "Paper survey", "purpose": "It was on paper.", "initiative": initiative.pk}
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(ADDRESS, {**fields, "file": file, **changes})


def columns(**changes):
    """Return what the page with the guesses would post."""
    guesses = [
        ("department", "Department", "Roads = roads\nParks = parks\nMoon ="),
        ("several", "What worries you?", "Jobs, e.g., mine\nErrors"),
        ("points", "How concerned?", "Not concerned\nSomewhat concerned\nVery concerned"),
        ("leave_out", "Age", ""),
        ("leave_out", "Name", ""),
    ]
    posted: dict[str, str] = {}
    for place, (kind, text, labels) in enumerate(guesses):
        fields = {"kind": kind, "text": text, "labels": labels, "dimension": ""}
        posted |= {f"c{place}-{name}": value for name, value in fields.items()}
    return {**posted, "c2-dimension": "openness", "c2-is_reversed": "on", **changes}


def test_answers_come_in_by_upload_columns_preview_and_yes(lead, cast):
    page = upload(lead).headers["Location"]
    guessed = lead.get(page)
    preview = lead.post(page, columns()).headers["Location"]
    seen = lead.get(preview)
    done = lead.post(preview, follow=True)

    assert "Column 3: How concerned are you?" in guessed.text
    assert "5 of 6 rows can come in" in seen.text
    assert "“Moon” is no department that was asked." in seen.text
    assert "Rain" in seen.text
    assert "Not applicable" in seen.text
    assert "5 answers came in" in done.text
    assert "0 were here already." in done.text
    assert "“Moon” is no department that was asked." in done.text
    wave = Wave.objects.get()
    assert wave.takes_imports
    field = f"/surveys/author/{wave.survey_id}/waves/1/"
    assert f'href="{field}"' in done.text
    field_page = lead.get(field).text
    assert "Then end the wave: results are counted at its end." in field_page
    assert "Ask the head of" not in field_page
    assert dict(wave.groups.values_list("department__code", "asked")) == {"roads": 40, "parks": 30}
    stored = sorted(
        (home, str(given["q2"]), given["q3"] or 0)
        for home, given in Response.objects.values_list("department__code", "answers")
    )
    assert stored == [
        ("parks", "['c1']", 0),
        ("parks", "['c2', 'c1']", 2),
        ("roads", "['c1']", 1),
        ("roads", "['c2']", 3),
        ("roads", "['c2']", 3),
    ]
    assert bytes(AnswerFile.objects.get().content) == b""


def test_a_header_without_answers_is_refused_and_nothing_typed_is_lost(lead):
    answer = upload(lead, "Department,How concerned are you?\n\n")

    assert "The file has a header, but no answers below it." in answer.text
    assert "Paper survey" in answer.text
    assert not AnswerFile.objects.exists()


def test_leaving_every_answer_out_is_named_in_plain_words(lead):
    page = upload(lead).headers["Location"]

    answer = lead.post(page, columns(**{"c1-kind": "leave_out", "c2-kind": "leave_out"}))

    assert "Say which columns hold answers. All of them are left out." in answer.text


def test_the_same_file_brings_nothing_new(lead):
    initiative = InitiativeFactory()
    for _time in ("first", "second"):
        page = upload(lead, initiative=initiative.pk).headers["Location"]
        done = lead.post(lead.post(page, columns()).headers["Location"], follow=True)

    assert "0 answers came in" in done.text
    assert "5 were here already." in done.text
    assert Response.objects.count() == 5
    assert Wave.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "kind"), [("0 50 100", "number"), ("1.5 2", "number"), ("0 1", "one")]
)
def test_a_column_of_few_numbers_is_a_number_unless_they_can_be_codes(values, kind):
    cells = "\n".join(values.split() * 4)

    (guess,) = propose(read_table(f"How sure?\n{cells}\n".encode()), {})

    assert guess.kind == kind


def test_only_points_on_a_scale_are_asked_how_they_count_for_readiness(lead):
    page = lead.get(upload(lead).headers["Location"]).text

    for place in range(5):
        shown = re.findall(rf'usa-form-group"\s+data-shown-with="c{place}-kind=points"', page)
        assert len(shown) == 2


def test_only_kinds_that_have_answers_are_asked_for_them(lead):
    page = lead.get(upload(lead).headers["Location"]).text

    for place in range(5):
        assert f'data-shown-with="c{place}-kind=department|points|one|several"' in page


def test_the_guess_finds_departments_scales_and_choices_and_leaves_people_out():
    departments = {"roads": "roads", "parks": "parks"}

    guesses = propose(read_table(FILE.encode()), departments)

    assert [guess.kind for guess in guesses] == [
        "department", "several", "points", "leave_out", "leave_out",
    ]  # fmt: skip
    assert guesses[0].labels == ["Roads = roads", "Parks = parks", "Moon = "]
    assert set(guesses[1].labels) == {"Jobs, e.g., mine", "Errors"}
    assert guesses[2].labels == ["Not concerned", "Somewhat concerned", "Very concerned"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "The submitted file is empty."), (b"a\0b", "not a text file"), (b"\n\n", "is empty")],
)
def test_a_file_that_is_no_table_is_refused_and_the_texts_stay(lead, content, message):
    answer = upload(lead, content)

    assert answer.status_code == 200
    assert message in answer.text
    assert "It was on paper." in answer.text
    assert not AnswerFile.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"c0-kind": "leave_out"}, "Say which column holds the department."),
        ({"c0-labels": "Roads = streets"}, "There is no department with this code: streets."),
        ({"c0-labels": ""}, "There is no department with this code: –."),
        ({"c2-labels": "One"}, "A scale has two to eleven points, one a line."),
        ({"c1-labels": " "}, "Write the answers that one could choose, two to 100, one a line."),
        ({"c1-labels": "Jobs\nJobs\n"}, "two to 100, one a line."),
        ({"c1-kind": "one", "c1-labels": "Jobs"}, "two to 100, one a line."),
        ({"c1-labels": "\n".join(map(str, range(101)))}, "two to 100, one a line."),
        ({"c1-kind": "magic"}, "Select a valid choice."),
    ],
)
def test_columns_that_cannot_be_are_shown_again_with_the_reason(lead, changes, message):
    page = upload(lead).headers["Location"]

    answer = lead.post(page, columns(**changes))

    assert answer.status_code == 200
    assert message in answer.text
    assert "How concerned?" in answer.text


def test_what_was_decided_is_there_when_one_comes_back(lead):
    page = upload(lead).headers["Location"]
    lead.post(page, columns(**{"c1-text": "What do you fear?"}))

    assert "What do you fear?" in lead.get(page).text


def test_a_file_belongs_to_who_brought_it_and_can_be_deleted(lead, sign_in):
    page = upload(lead).headers["Location"]
    discard = page.replace("columns", "discard")

    assert sign_in("administrator").get(page).status_code == 404
    assert sign_in("administrator").post(discard).status_code == 404
    assert AnswerFile.objects.exists()

    answer = lead.post(discard, follow=True)

    assert "Nothing was imported." in answer.text
    assert not AnswerFile.objects.exists()


def test_files_that_nobody_came_back_to_are_forgotten(lead):
    upload(lead)
    AnswerFile.objects.update(uploaded_at=timezone.now() - dt.timedelta(days=8))

    upload(lead)

    assert AnswerFile.objects.count() == 1


def test_a_preview_without_columns_leads_back_to_them(lead):
    page = upload(lead).headers["Location"]

    answer = lead.get(page.replace("columns", "preview"))

    assert answer.headers["Location"] == page


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_a_file_that_hides_a_zero_behind_its_mark_is_no_text(lead, cast, mark):
    encoding = "utf-8" if mark == codecs.BOM_UTF8 else "utf-16-le"

    answer = upload(lead, mark + "Department,Q\nRoads,a\0b".encode(encoding))

    assert "This is not a text file." in answer.text


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_first_line_that_names_the_sign_between_cells_is_no_header(lead, cast, line):
    content = line + "\r\nDepartment;Hours, in all\r\nRoads;2,5\r\nParks;\r\nRoads;3\r\n"

    page = lead.get(upload(lead, content).headers["Location"])

    guesses = [guess for guess, _form in page.context["forms"].columns]
    assert [guess.header for guess in guesses] == ["Department", "Hours, in all"]
    assert guesses[1].values == [["2,5", 1], ["3", 1]]


def test_a_very_long_file_name_is_cut(lead, cast):
    upload(lead, name=f"{'n' * 230}.csv")

    assert len(AnswerFile.objects.get().name) == 200


def test_who_no_longer_leads_the_initiative_imports_nothing(sign_in, cast):
    initiative = InitiativeFactory(lead=cast.staff)
    client = sign_in("staff")
    page = upload(client, initiative=initiative.pk).headers["Location"]
    preview = client.post(page, columns()).headers["Location"]
    Initiative.objects.update(lead=None)

    assert client.post(preview).status_code == 404
    assert client.get(page).status_code == 404
    assert not Wave.objects.exists()


def test_a_file_with_more_columns_than_a_page_can_show_is_refused(lead, cast):
    def of_columns(many):
        return "\n".join([",".join(f"c{n}" for n in range(many)), ",".join(["1"] * many)])

    answer = upload(lead, of_columns(501))

    assert answer.status_code == 200
    assert "The file has 501 columns. At most 500 can be read" in answer.text
    assert upload(lead, of_columns(500)).status_code == 302


def test_of_very_many_rows_with_problems_the_first_are_shown_and_the_rest_counted(lead):
    header, *rows = FILE.split("\n")
    page = upload(lead, "\n".join([header, *rows[:5], *[rows[5]] * 201])).headers["Location"]

    seen = lead.get(lead.post(page, columns()).headers["Location"]).text

    assert "201 rows with problems" in " ".join(seen.split())
    assert seen.count("“Moon” is no department that was asked.") == 200
    assert "Only the first 200 are shown." in seen
