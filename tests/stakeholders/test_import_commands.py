"""Lists by command: what it prints, what it changes, and how it ends."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from buyin.stakeholders.models import ImportRun, ImportSource, Stakeholder
from tests.factories.stakeholders import StakeholderFactory
from tests.stakeholders.lists import FILE, HEADER, named, newest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency(cast):
    return cast


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a file and returns where it is."""

    def written(text, name="contacts.csv"):
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    return written


def run(command, *words):
    """Return what a command printed and with which code it ended."""
    out = StringIO()
    try:
        call_command(command, *words, stdout=out)
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


def run_json(command, *words):
    text, code = run(command, *words, "--json")
    return json.loads(text), code


def test_a_list_comes_in_and_is_told_as_json(file):
    report, code = run_json("import_stakeholders", file(FILE))

    assert code == 0
    assert report == {
        "dry_run": False,
        "run": newest().pk,
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "duplicates": 0,
        "problems": [],
        "doubts": [],
        "remarks": [],
        "sheet": "",
        "encoding": "utf-8",
        "header_row": 1,
        "columns": {
            "Name": "name",
            "Mail": "email",
            "Organisation": "organisation",
            "Title": "title",
            "Department": "department",
            "Category": "category",
        },
    }
    assert Stakeholder.objects.count() == 3


def test_a_dry_run_writes_nothing(file):
    report, code = run_json("import_stakeholders", file(FILE), "--dry-run")

    assert (code, report["created"], report["run"]) == (0, 3, None)
    assert not Stakeholder.objects.exists()
    assert not ImportRun.objects.exists()


def test_the_same_file_again_changes_nothing(file):
    run("import_stakeholders", file(FILE))

    report, code = run_json("import_stakeholders", file(FILE))

    assert (code, report["created"], report["unchanged"]) == (0, 0, 3)


def test_rows_with_problems_end_with_1_and_the_others_come_in(file):
    report, code = run_json("import_stakeholders", file(f"{FILE},nobody@x.example,,,,IT\n"))

    assert code == 1
    assert report["problems"] == [
        {"row": 5, "column": "Name", "message": "This row has no name. It stays out."}
    ]
    assert Stakeholder.objects.count() == 3


def test_a_file_that_is_no_list_ends_with_1_and_the_reason(file):
    text, code = run("import_stakeholders", file("<html>", "a.xls"))

    assert code == 1
    assert "This is a web page or XML" in text


def test_whoever_may_be_known_is_named_and_stays_out(file):
    StakeholderFactory(name="John Smith")

    report, code = run_json("import_stakeholders", file(f"{HEADER}\nJ. Smith,,,,,IT\n"))

    assert (code, report["duplicates"]) == (0, 1)
    assert report["doubts"] == [{"row": 2, "column": "", "message": "This may be John Smith."}]


def test_without_json_it_reads_as_a_person_would_say_it(file):
    StakeholderFactory(name="John Smith")

    text, _code = run("import_stakeholders", file(f"{HEADER}\nJ. Smith,,,,,IT\nAnn Lee,x,,,,IT\n"))

    assert "Created: 1. Updated: 0. Unchanged: 0. Perhaps known: 1." in text
    assert f"To take it back: undo_import {newest().pk}" in text
    assert "Row 2. This may be John Smith." in text
    assert "Row 3. Mail: This is not a mail address. x" in text


def test_a_mapping_says_what_columns_and_words_mean(file):
    mapping = {
        "columns": {"Wer": "name", "Gruppe": "category", "Notiz": ""},
        "values": {"category": {"Technik": "it"}},
        "header_row": 2,
    }
    text = "Stand November,,\nWer,Gruppe,Notiz\nAnn Lee,Technik,x\n"

    report, code = run_json(
        "import_stakeholders", file(text), "--mapping", file(json.dumps(mapping), "m.json")
    )

    assert (code, report["created"], report["header_row"]) == (0, 1, 2)
    assert named("Ann Lee").category == "it"


def test_what_was_said_of_a_source_counts_for_its_files(file):
    ImportSource.objects.create(
        name="Clinic", learned={"columns": {"wer#1": "name", "gruppe#1": "category"}}
    )
    text = "Wer,Gruppe\nAnn Lee,IT\n"

    assert run_json("import_stakeholders", file(text), "--source", "Clinic")[0]["created"] == 1
    assert run_json("import_stakeholders", file(text))[0]["created"] == 0


def test_a_category_can_be_given_to_all_without(file):
    run("import_stakeholders", file("Name\nAnn Lee\n"), "--category", "expert")

    assert named("Ann Lee").category == "expert"


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("[]", "is no mapping"),
        ('{"columns": []}', "is no mapping"),
        ('{"columns": {"Wer": "nom"}}', "There is no field nom."),
        ('{"columns": {}, "values": {"colour": {}}}', "There is no field colour."),
    ],
)
def test_a_mapping_that_is_none_is_refused(file, mapping, message):
    with pytest.raises(CommandError, match=message) as refused:
        run("import_stakeholders", file(FILE), "--mapping", file(mapping, "m.json"))

    assert refused.value.returncode == 2


@pytest.mark.parametrize("words", [["nowhere.csv"], ["here", "--source", "x" * 201]])
def test_a_wrong_call_ends_with_2(file, words):
    with pytest.raises(CommandError) as refused:
        run("import_stakeholders", *[file(FILE) if word == "here" else word for word in words])

    assert refused.value.returncode == 2


def test_an_import_is_taken_back_by_its_number(file):
    report, _code = run_json("import_stakeholders", file(FILE))

    assert run_json("undo_import", str(report["run"])) == ({"kept": []}, 0)
    assert not Stakeholder.objects.exists()
    assert run_json("undo_import", str(report["run"])) == ({"kept": []}, 0)


def test_whoever_stays_is_named_and_ends_with_1(file):
    report, _code = run_json("import_stakeholders", file(FILE))
    Stakeholder.objects.filter(name="Ann Lee").update(category="it")

    text, code = run("undo_import", str(report["run"]))

    assert code == 1
    assert "2: Ann Lee: It was changed since." in text


def test_what_was_never_imported_cannot_be_taken_back():
    with pytest.raises(CommandError, match="no import 7") as refused:
        run("undo_import", "7")

    assert refused.value.returncode == 2
