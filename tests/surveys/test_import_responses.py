"""The command that brings in answers collected elsewhere: every row and every value is told."""

import csv
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from buyin.accounts.models import Department
from surveys.feature import Surveys
from surveys.models import ImportedRow, Participation, Response, Signature, Survey, Wave
from tests.factories.accounts import DepartmentFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import make_wave

EXAMPLES = Path(settings.BASE_DIR) / "docs" / "examples"
WORKFORCE = EXAMPLES / "workforce_robotics_mapping.json"
SHARED = Path(
    os.environ.get("BUYIN_SHARED_DATA") or Path(settings.BASE_DIR).parent / "shared" / "data"
)
ANSWERS = SHARED / "responses" / "workforce_robotics_337.csv"
COMFORT = SHARED / "responses" / "workforce_robotics_privacy_comfort_0_100.csv"

DEFINITION = {
    "schema": 1,
    "language": "en",
    "scales": {
        "worry3": [
            {"code": "1", "text": "Not worried"},
            {"code": "2", "text": "Somewhat worried"},
            {"code": "3", "text": "Very worried"},
        ]
    },
    "pages": [
        {
            "code": "p1",
            "questions": [
                {
                    "code": "worry",
                    "type": "likert",
                    "text": "Worried?",
                    "scale": "worry3",
                    "dimension": "openness",
                    "reversed": True,
                },
                {
                    "code": "why",
                    "type": "multiple",
                    "text": "Why?",
                    "choices": [
                        {"code": "jobs", "text": "Jobs, e.g., mine"},
                        {"code": "errors", "text": "Errors"},
                    ],
                },
            ],
        }
    ],
}
MAPPING: dict[str, Any] = {
    "survey": {
        "title": "Paper survey",
        "purpose": "It was asked on paper.",
        "initiative": "Permit assistant",
        "asked": {"roads": 40, "parks": 30},
    },
    "definition": DEFINITION,
    "department": {"column": "Unit", "values": {"Roads": "roads", "Parks": "parks"}},
    "columns": [{"column": "Worry", "question": "worry"}, {"column": "Why", "question": "why"}],
}
LINES = [
    "Unit;Worry;Why",
    'Roads;Not worried;"Jobs, e.g., mine, Errors"',
    "Roads;Very worried;Rain",
    "Roads;Very worried;Rain",
    "Moon;Not worried;",
    "Parks;;",
]


@pytest.fixture
def files(tmp_path, cast):
    InitiativeFactory(name="Permit assistant", lead=cast.lead)

    def write(lines=LINES, mapping=MAPPING):
        answers, described = tmp_path / "answers.csv", tmp_path / "mapping.json"
        answers.write_bytes("\r\n".join(lines).encode("cp1252"))
        described.write_text(json.dumps(mapping))
        return answers, described

    return write


def run(capsys, wave, answers, mapping, *flags):
    """Return the exit code and the report of one call."""
    code = 0
    try:
        call_command("import_responses", str(wave), str(answers), "--mapping", str(mapping),
                     "--json", *flags)  # fmt: skip
    except SystemExit as error:
        code = int(error.code or 0)
    return code, json.loads(capsys.readouterr().out)


def test_answers_come_in_with_an_account_of_every_row(files, capsys, cast):
    code, report = run(capsys, "new", *files())

    wave = Wave.objects.get()
    assert code == 1
    assert (report["created"], report["skipped"], report["rows"]) == (4, 0, 5)
    assert report["wave"] == wave.pk
    assert report["problems"] == [
        {"row": 5, "column": "Unit", "message": "“Moon” is no department that was asked."}
    ]
    assert [(d["row"], d["column"], d["value"]) for d in report["dropped"]] == [
        (3, "Why", "Rain"), (4, "Why", "Rain"),
    ]  # fmt: skip
    stored = Response.objects.values_list("department__code", "answers")
    assert Counter((code, json.dumps(given, sort_keys=True)) for code, given in stored) == Counter({
        ("roads", '{"why": ["jobs", "errors"], "worry": 1}'): 1,
        ("roads", '{"why": null, "worry": 3}'): 2,
        ("parks", '{"why": null, "worry": null}'): 1,
    })  # fmt: skip
    assert (wave.survey.owner, wave.takes_imports) == (cast.lead, True)
    assert dict(wave.groups.values_list("department__code", "asked")) == {"roads": 40, "parks": 30}
    assert not Participation.objects.exists()
    assert not Signature.objects.exists()


def test_the_same_file_makes_nothing_new_and_a_mended_row_comes_in(files, capsys):
    run(capsys, "new", *files())

    _code, again = run(capsys, "new", *files())
    mended = [line.replace("Moon", "Parks") for line in LINES]
    code, third = run(capsys, "new", *files(mended))

    assert (again["created"], again["skipped"]) == (0, 4)
    assert (code, third["created"], third["skipped"]) == (0, 1, 4)
    assert Survey.objects.count() == 1
    assert Response.objects.count() == ImportedRow.objects.count() == 5


def test_a_dry_run_says_the_same_and_writes_nothing(files, capsys):
    _code, report = run(capsys, "new", *files(), "--dry-run")

    assert (report["created"], report["dry_run"], report["wave"]) == (4, True, None)
    assert not Survey.objects.exists()
    assert not Response.objects.exists()


def test_an_existing_wave_is_filled_by_its_number(files, capsys):
    _code, first = run(capsys, "new", *files(LINES[:2]))

    code, second = run(capsys, first["wave"], *files(LINES[:4]))

    assert (code, second["created"], second["skipped"]) == (0, 2, 1)
    assert Wave.objects.count() == 1


def test_a_closed_wave_stays_as_it_is(files, capsys):
    run(capsys, "new", *files(LINES[:2]), "--close")

    code, report = run(capsys, "new", *files(LINES[:4]))
    same_code, same = run(capsys, "new", *files(LINES[:2]))

    assert code == 1
    assert "This wave is closed" in report["problems"][0]["message"]
    assert (same_code, same["created"], same["skipped"]) == (0, 0, 1)
    assert Response.objects.count() == 1


def test_a_wave_that_people_answer_takes_no_file(files, capsys, cast):
    wave = make_wave(cast.roads)

    code, report = run(capsys, wave.pk, *files(LINES[:2], MAPPING), "--dry-run")

    assert code == 1
    (problem,) = report["problems"]
    assert "takes no file" in problem["message"]
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"survey": None}, "no “survey”"),
        ({"survey": {"title": "T"}}, "“survey” needs “purpose”"),
        ({"definition": {"schema": 1}}, "Survey: “language”"),
        ({"columns": [{"column": "When", "question": "worry"}]}, "no column “When”"),
        ({"survey": {**MAPPING["survey"], "initiative": "Nothing"}}, "no initiative “Nothing”"),
        ({"survey": {**MAPPING["survey"], "asked": {"moon": 3}}}, "with this code: moon"),
        ({"survey": {**MAPPING["survey"], "asked": {"roads": -3}}}, "number of people asked"),
    ],
)
def test_what_cannot_be_used_is_refused_as_a_whole(files, capsys, changes, message):
    code, report = run(capsys, "new", *files(mapping={**MAPPING, **changes}))

    assert code == 1
    assert message in " ".join(problem["message"] for problem in report["problems"])
    assert not Survey.objects.exists()


@pytest.mark.parametrize("wave", ["7", "old"])
def test_an_unknown_wave_or_a_missing_file_is_a_wrong_call(files, wave, tmp_path):
    answers, mapping = files()

    with pytest.raises(CommandError, match="There is no wave") as wrong_wave:
        call_command("import_responses", wave, answers, "--mapping", mapping)
    with pytest.raises(CommandError, match="No such file") as no_file:
        call_command("import_responses", "new", tmp_path / "no.csv", "--mapping", mapping)

    assert (wrong_wave.value.returncode, no_file.value.returncode) == (2, 2)


def test_people_read_the_same_account_as_programs(files, capsys):
    answers, mapping = files()

    with pytest.raises(SystemExit):
        call_command("import_responses", "new", answers, "--mapping", mapping)

    out = capsys.readouterr().out
    assert "Rows: 5. Created: 4. Skipped: 0. Problems: 1." in out
    assert "Row 5. Unit: “Moon” is no department that was asked." in out
    assert "Row 3. Why: “Rain” – It is none of the choices." in out


def test_answers_of_a_small_group_move_up_when_the_wave_closes(files, capsys, cast):
    lines = [LINES[0], *["Roads;Not worried;"] * 12, *["Parks;Very worried;"] * 3]

    run(capsys, "new", *files(lines), "--close")
    (found,) = Surveys().scores(until=timezone.now())

    assert found.counted_in[Department.objects.get(code="parks").pk] != cast.parks.pk
    assert min(np.unique(found.department, return_counts=True)[1]) >= 10


@pytest.mark.skipif(not ANSWERS.exists(), reason=f"the real answers are not here: {ANSWERS}")
def test_337_real_answers_are_loaded_and_score_as_expected(cast, capsys):
    InitiativeFactory(name="Lifting assistants", lead=cast.lead)
    asked = json.loads(WORKFORCE.read_text())["survey"]["asked"]
    names = {code: DepartmentFactory(code=code, name=code).pk for code in asked}

    code, report = run(capsys, "new", ANSWERS, WORKFORCE, "--close")
    again = run(capsys, "new", ANSWERS, WORKFORCE)[1]

    assert (code, report["created"], report["rows"]) == (0, 337, 337)
    assert (again["created"], again["skipped"]) == (0, 337)
    assert report["problems"] == []
    columns = [d["column"] for d in report["dropped"] if d["row"] is None]
    assert len(columns) == 6
    values = Counter(d["value"] for d in report["dropped"] if d["row"])
    assert values == {
        "Heat": 1, "Scratch, cuts": 1, "Cuts": 2, "Burns": 1, "Foot injury": 1,
        "Minor injuries": 1, "Back pain": 1, "Shoulder and neck": 1, "Blade cuts": 1,
    }  # fmt: skip

    (found,) = Surveys().scores(until=timezone.now())
    with COMFORT.open(encoding="utf-8") as file:
        expected = [(row["dept"], round(float(row["score"]), 6)) for row in csv.DictReader(file)]
    labels = {"Transportation / Delivery / Postal Services": "transport"}
    wanted = Counter(
        (names[labels.get(name) or name.lower().replace(" ", "-")], score)
        for name, score in expected
    )
    got = zip(found.department.tolist(), found.values[:, 0].round(6).tolist(), strict=True)
    assert found.dimensions == ("openness",)
    assert Counter(got) == wanted
