"""The commands that bring a survey in from a file and write one into a file."""

import json

import pytest
from django.core.management import CommandError, call_command

from buyin.lines import UNSEEN
from surveys.formats.own_json import read_own, write_own
from surveys.formats.xlsform import read_xlsform
from surveys.models import Kind, Survey, SurveyVersion
from surveys.queries.publication import check_publication
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import make_draft_version
from tests.surveys.forms import form
from tests.surveys.test_round_trips import DEFINITION, IN_FILES, SURVEY

FORM = form(
    "text|q|What?",
    "geopoint|w|Where?",
    "time|t|When?",
    settings=[["form_title"], ["From a file"]],
)
BROKEN = form("geopoint|w|Where?", "end_group")


@pytest.fixture
def put(tmp_path):
    def put(content, name="form.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return put


def bring(capsys, path, *options):
    """Return the exit code and the JSON that the command prints."""
    capsys.readouterr()
    code = 0
    try:
        call_command("import_survey", path, "--json", *options)
    except SystemExit as left:
        code = int(left.code or 0)
    return code, json.loads(capsys.readouterr().out)


def test_a_survey_comes_in_and_every_row_is_accounted_for(cast, put, capsys):
    initiative = InitiativeFactory(lead=cast.people["lead"])

    code, told = bring(capsys, put(FORM), "--purpose", "To know.")

    survey = Survey.objects.get()
    assert code == 0
    assert told == {
        "dry_run": False,
        "survey": survey.pk,
        "title": "From a file",
        "questions": 2,
        "rows": 3,
        "taken": 2,
        "dropped": [
            {
                "sheet": "survey",
                "row": 3,
                "column": "A (type)",
                "place": "sheet “survey”, row 3, column A (type)",
                "what": "geopoint",
                "why": "Places cannot be given here.",
            }
        ],
        "changed": [
            {
                "sheet": "survey",
                "row": 4,
                "column": "A (type)",
                "place": "sheet “survey”, row 4, column A (type)",
                "what": "time",
                "why": "Times are asked for as a short text.",
            }
        ],
        "problems": [],
    }
    assert (survey.title, survey.purpose, survey.kind) == ("From a file", "To know.", Kind.NEEDS)
    assert (survey.initiative, survey.owner) == (initiative, cast.people["lead"])
    assert not survey.versions.get().is_published


def test_a_dry_run_tells_the_same_and_makes_nothing(cast, put, capsys):
    code, told = bring(capsys, put(FORM), "--dry-run")

    assert (code, told["dry_run"], told["survey"]) == (0, True, None)
    assert (told["questions"], len(told["dropped"]), len(told["changed"])) == (2, 1, 1)
    assert not Survey.objects.exists()


def test_a_refused_file_is_told_with_its_place_and_makes_nothing(cast, put, capsys):
    InitiativeFactory()
    code, told = bring(capsys, put(BROKEN))

    assert code == 1
    (problem,) = told["problems"]
    assert (problem["sheet"], problem["row"], problem["column"]) == ("survey", 3, "A (type)")
    assert problem["message"] == "A group ends here that never began."
    assert not Survey.objects.exists()


def test_a_file_of_ours_brings_kind_purpose_and_languages_along(cast, put, capsys):
    InitiativeFactory(lead=cast.people["lead"])
    content = write_own(DEFINITION, Survey(title="T", kind="pulse", purpose="P")).encode()
    bring(capsys, put(content, "a.json"))
    bring(capsys, put(write_own(DEFINITION, SURVEY).encode(), "b.json"), "--kind", "readiness")

    first, second = Survey.objects.order_by("pk")
    assert (first.title, first.kind, first.purpose) == ("T", Kind.PULSE, "P")
    assert (second.kind, second.translations) == (Kind.READINESS, IN_FILES)
    assert second.versions.get().definition == DEFINITION


def test_the_initiative_is_named_or_the_oldest(cast, put, capsys):
    oldest, named = InitiativeFactory(name="Old"), InitiativeFactory(name="New")
    bring(capsys, put(FORM), "--initiative", "New", "--title", "Typed")
    bring(capsys, put(FORM))

    assert [(one.initiative, one.title) for one in Survey.objects.order_by("pk")] == [
        (named, "Typed"),
        (oldest, "From a file"),
    ]
    code, told = bring(capsys, put(FORM), "--initiative", "None")
    assert code == 1
    assert told["problems"][0]["message"] == "There is no initiative “None”."


def test_a_draft_without_a_purpose_is_not_published_before_it_has_one(cast, put, capsys):
    InitiativeFactory(lead=cast.people["lead"])
    bring(capsys, put(FORM))
    survey = Survey.objects.get()
    why = "Say why you ask, beside the title."

    assert why in check_publication(survey, survey.plan).problems
    survey.purpose = "To know."
    assert why not in check_publication(survey, survey.plan).problems


def test_people_read_the_same_in_sentences(cast, put, capsys):
    InitiativeFactory()
    call_command("import_survey", put(FORM), "--dry-run")
    good = capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("import_survey", put(BROKEN))
    bad = capsys.readouterr().out

    assert "2 of 3 rows came in: 2 questions." in good
    assert "left out: sheet “survey”, row 3, column A (type): geopoint Places cannot" in good
    assert "A group ends here that never began." in bad
    assert "came in" not in bad


def test_what_a_file_says_does_not_steer_the_terminal_that_shows_it(cast, put, capsys):
    InitiativeFactory(lead=cast.people["lead"])
    steering = "Wh\x9bere\u202e?\x7f"
    path = put(form("text|q|What?", f"geopoint|w|{steering}", f"odd {steering}|x|Odd?"))

    call_command("import_survey", path, "--dry-run")
    shown = capsys.readouterr().out
    call_command("import_survey", path, "--dry-run", "--json")
    printed = capsys.readouterr().out

    assert "odd wh ere ?" in shown.lower()
    assert not UNSEEN.search(shown.replace("\n", ""))
    assert "odd wh\x9bere" in json.loads(printed)["dropped"][1]["what"].lower()
    assert not UNSEEN.search(printed.replace("\n", ""))


def test_a_file_that_is_not_there_is_a_wrong_call(cast, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("import_survey", str(tmp_path / "none.xlsx"))

    assert refused.value.returncode == 2


def test_a_file_that_is_too_large_is_not_read(cast, put, monkeypatch):
    monkeypatch.setattr("surveys.management.commands.import_survey.LARGEST_FILE", 10)

    with pytest.raises(CommandError, match="larger than 10 MB"):
        call_command("import_survey", put(FORM))


def test_a_survey_leaves_as_either_file_and_comes_back_the_same(cast, tmp_path, capsys):
    version = make_draft_version(DEFINITION)
    Survey.objects.update(translations=IN_FILES)
    for kind, read in (("xlsform", read_xlsform), ("json", read_own)):
        path = tmp_path / kind
        call_command("export_survey", str(version.survey_id), "--format", kind, "--out", str(path))

        found = read(path.read_bytes())
        assert (found.definition, found.translations) == (DEFINITION, IN_FILES)
        assert (found.title, found.purpose) == (version.survey.title, version.survey.purpose)


def test_without_a_file_it_is_written_to_standard_output(cast, capsysbinary):
    version = make_draft_version(DEFINITION)

    call_command("export_survey", str(version.survey_id), "--format", "json")

    assert read_own(capsysbinary.readouterr().out).definition == DEFINITION


def test_a_survey_or_a_folder_that_is_not_there_is_a_wrong_call(cast, tmp_path):
    version = make_draft_version(DEFINITION)
    calls = [
        ("999999", "--format", "json"),
        (str(version.survey_id), "--format", "json", "--out", str(tmp_path / "none" / "a.json")),
    ]
    for call in calls:
        with pytest.raises(CommandError) as refused:
            call_command("export_survey", *call)
        assert refused.value.returncode == 2
    assert SurveyVersion.objects.count() == 1
