"""How many were asked a question tells of the answer that led to it, so that is guarded, too."""

from copy import deepcopy

import pytest

from surveys.models import DepartmentResult, WrittenAnswer
from tests.factories.results import make_results, sheet
from tests.factories.surveys import DEFINITION

pytestmark = pytest.mark.django_db


def gated():
    """Return the small survey, in which hours and the last text are for those who were helped."""
    made = deepcopy(DEFINITION)
    for question in made["pages"][1]["questions"]:
        if question["code"] in {"hours", "more"}:
            question["show_if"] = "${helped} = 'yes'"
    return made


def answers(helped, others):
    """Return answers of so many who were helped and of so many who were not."""
    told = [sheet(helped="yes", hours=2 + n % 2, more=f"Text {n}") for n in range(helped)]
    rest = sheet(helped="no")
    del rest["hours"], rest["more"]
    return [*told, *[rest] * others]


@pytest.mark.parametrize("others", [0, 1, 2])
def test_nobody_can_count_the_few_who_answered_another_way_by_who_was_asked_next(
    cast, sign_in, others
):
    result = make_results(
        {cast.roads: answers(20, others), cast.parks: answers(20, 0)}, definition=gated()
    )
    lead = sign_in("lead")

    pages = [lead.get(f"/surveys/{result.wave_id}/results/{part}") for part in ("", "pages/2/")]
    program = lead.get(f"/api/v1/results/{result.wave_id}/")

    assert result.questions["helped"]["tables"][""]["edge"] == [["yes"], "over 90"]
    assert {"hours", "more"} & set(result.questions) == set()
    assert not WrittenAnswer.objects.filter(code="more").exists()
    assert not any("hours" in row.questions for row in DepartmentResult.objects.all())
    assert all("too few were not asked" in page.text for page in pages)
    assert program.status_code in {200, 404}


def test_a_question_of_which_enough_were_not_asked_is_shown(cast):
    result = make_results(
        {cast.roads: answers(20, 3), cast.parks: answers(20, 3)}, definition=gated()
    )

    assert result.questions["hours"]["n"] == 40
    assert result.questions["hours"]["missing"] == {"not-asked": 6}
    assert WrittenAnswer.objects.filter(code="more").count() == 40


def test_a_question_that_everybody_is_asked_is_shown_however_few_skipped_it(cast):
    result = make_results({cast.roads: [*answers(20, 0), sheet(hours=None)]})

    assert result.questions["hours"]["n"] == 20
