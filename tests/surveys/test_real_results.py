"""Results of 337 real answers against a recount of the file that knows nothing of the portal."""

import csv
import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from buyin.accounts.models import Department
from surveys.models import DepartmentResult, WaveResult
from tests.factories.accounts import DepartmentFactory
from tests.factories.initiatives import InitiativeFactory
from tests.surveys.test_import_responses import ANSWERS, WORKFORCE
from tests.surveys.test_results import address, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ANSWERS.exists(), reason=f"the real answers are not here: {ANSWERS}"),
]


@pytest.fixture
def mapping():
    return json.loads(WORKFORCE.read_text())


@pytest.fixture
def rows():
    with ANSWERS.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def result(cast, mapping, capsys):
    InitiativeFactory(name="Lifting assistants", lead=cast.lead)
    for code in mapping["survey"]["asked"]:
        DepartmentFactory(code=code, name=code.capitalize())
    try:
        call_command("import_responses", "new", ANSWERS, "--mapping", WORKFORCE, "--close")
    except SystemExit as done:  # it names what it left out
        assert done.code in (0, None)  # noqa: PT017
    except CommandError:
        pytest.fail("the file was refused")
    return WaveResult.objects.select_related("wave").get()


def place_of(header, column, occurrence):
    """Return where a column stands whose header begins like this."""
    begin = column.removesuffix("…").strip()
    exact = not column.endswith("…")
    hits = [
        n
        for n, text in enumerate(header)
        if (text.strip() == begin if exact else text.strip().startswith(begin))
    ]
    return hits[(occurrence or 1) - 1]


def plain(text):
    return " ".join(text.lower().replace("’", "'").split())


def recount(mapping, rows, code):
    """Return how many in each department gave each answer to a question of which people give one."""
    question = next(
        one
        for page in mapping["definition"]["pages"]
        for one in page["questions"]
        if one["code"] == code
    )
    column = next(one for one in mapping["columns"] if one.get("question") == code)
    answers = mapping["definition"]["scales"].get(question.get("scale")) or question["choices"]
    labels = {plain(one["text"]): one["code"] for one in answers}
    labels |= {plain(text): to for text, to in column.get("values", {}).items()}
    place = place_of(rows[0], column["column"], column.get("occurrence"))
    home = place_of(rows[0], mapping["department"]["column"], None)
    homes = mapping["department"]["values"]
    found: Counter[tuple[str, str]] = Counter()
    for row in rows[1:]:
        given = labels.get(plain(row[place]))
        if given is not None:
            found[homes[row[home].strip()], str(given)] += 1
    return found


SINGLE = [
    "lifting_hours", "injuries", "barriers_safety", "speak_up", "shorter_career",
    "colleague_comfort", "colleague_job", "robot_before", "robot_felt_safe", "robot_when",
    "always_safe", "always_respect", "never_job", "privacy_sound", "privacy_video",
]  # fmt: skip


def test_337_people_are_counted(result):
    assert result.answers == 337
    assert len(result.questions) == 33


def test_every_figure_of_the_whole_is_what_the_file_says(result, mapping, rows):
    for code in SINGLE:
        by_answer: Counter[str] = Counter()
        for (_home, answer), n in recount(mapping, rows, code).items():
            by_answer[answer] += n
        frozen = result.questions[code]
        table = frozen["tables"][""]

        assert frozen["n"] == by_answer.total(), code
        assert table["counts"], code
        for block, count in zip(table["blocks"], table["counts"], strict=True):
            assert count == sum(by_answer[one] for one in block), (code, block)


def test_every_figure_of_a_department_is_what_the_file_says(result, mapping, rows):
    codes = dict(Department.objects.values_list("pk", "code"))
    compared = 0
    for part in DepartmentResult.objects.filter(result=result):
        for code in SINGLE:
            wanted = recount(mapping, rows, code)
            for table in part.questions.get(code, {}).values():
                for block, count in zip(table["blocks"], table["counts"], strict=True):
                    home = codes[part.department_id]
                    assert count == sum(wanted[home, one] for one in block), (home, code)
                    assert count >= 3
                    compared += 1

    assert compared > 50


def test_several_choices_are_what_the_file_says(result, mapping, rows):
    column = next(one for one in mapping["columns"] if one.get("question") == "injury_kinds")
    place = place_of(rows[0], column["column"], None)
    texts = [plain(row[place]) for row in rows[1:]]
    for label, code in column["values"].items():
        table = result.questions["injury_kinds"]["tables"][code]
        if table["counts"]:
            assert table["counts"][0] == sum(plain(label) in text for text in texts), code


def test_the_pages_say_it(sign_in, result, mapping, rows):
    wanted: Counter[str] = Counter()
    for (_home, answer), n in recount(mapping, rows, "robot_before").items():
        wanted[answer] += n
    share = round(100 * max(wanted.values()) / wanted.total())

    text = words(sign_in("lead").get(address(result, "questions/robot_before/")))

    assert f"({share} %)" in text
    assert sign_in("lead").get(address(result)).status_code == 200
