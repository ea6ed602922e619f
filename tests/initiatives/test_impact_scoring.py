"""What answers come to: as published, never beyond the most, and hidden questions count nothing."""

import json
import math
import os
import random
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.assessment import counted, progress, questionnaire, score, shown
from buyin.initiatives.assessment.scoring import final, level_of

FOUND = questionnaire()
SHARED_DATA = Path(
    os.environ.get("BUYIN_SHARED_DATA") or Path(settings.BASE_DIR).parent / "shared" / "data"
)
PUBLISHED = SHARED_DATA / "inventories" / "ca_aia_scored_examples.json"


def answers_of(seed):
    """Answer questions at random, from none to all of them; drawing each by itself takes too long."""
    dice = random.Random(seed)
    share = dice.choice([0, 0.2, 0.8, 1])
    return {q.name: answer(q, dice) for q in FOUND.questions.values() if dice.random() < share}


def answer(question, dice):
    keys = [choice.key for choice in question.choices]
    if not keys:
        return "Words"
    if question.kind != "checkbox":
        return dice.choice(keys)
    return [key for key in keys if dice.random() < 0.6] or keys


ANSWERS = st.integers().map(answers_of)
WHATEVER = st.dictionaries(
    st.sampled_from(list(FOUND.questions)),
    st.none() | st.integers() | st.text(max_size=9) | st.lists(st.text(max_size=9) | st.integers()),
)


def everything(phase, pick):
    """Answer all that is asked with the choice that `pick` takes, until nothing more is asked."""
    answers = {"projectDetailsPhase": phase}
    while True:
        asked = [q for part in shown(FOUND, answers).values() for q in part if q.choices]
        more = [q for q in asked if q.name not in answers]
        if not more:
            return answers
        for question in more:
            chosen = pick(question.choices, key=lambda choice: choice.points).key
            answers[question.name] = [chosen] if question.kind == "checkbox" else chosen


@pytest.mark.parametrize("number", [0, 1])
def test_the_published_assessments_come_to_what_was_published(number):
    if not PUBLISHED.exists():
        pytest.skip("the published assessments are not beside this copy")
    example = json.loads(PUBLISHED.read_text())[number]

    found = score(FOUND, example["answers"])

    published = example["published"]
    assert (found.raw, found.mitigation) == (
        published["raw_risk_score"],
        published["mitigation_score"],
    )
    assert (found.total, found.level) == (published["final_score"], published["impact_level"])


def test_a_small_assessment_comes_to_what_can_be_added_up_by_hand():
    answers = {
        "projectDetailsPhase": "item2",
        "riskProfile1": "item1-3",
        "impact6": "item2-2",
        "aboutDataSource1": "item1-2",
        "aboutDataSource14": ["item2-1", "item5-3"],
        "privacyImplementation1": "item1-2",
        "projectDetailsDepartment-NS": "A-7",
        "businessDrivers3": "Needs-9",
    }

    found = score(FOUND, answers)

    assert (found.raw, found.mitigation, found.total, found.level) == (3 + 2 + 2 + 4, 2, 11, 1)
    assert {one.section.name: one.points for one in found.sections if one.points} == {
        "riskProfile": 3, "impact": 2, "aboutData": 6, "privacyImplementation": 2,
    }  # fmt: skip


def test_the_worst_answers_make_the_highest_level_and_the_best_the_lowest():
    worst, best = score(FOUND, everything("item1", max)), score(FOUND, everything("item1", min))

    assert (worst.level, best.level) == (4, 1)
    assert worst.raw > 150
    assert best.raw < 20
    assert worst.left_open == best.left_open == 0


def test_enough_mitigation_takes_fifteen_per_cent_off():
    assert final(100, 61, 77) == 100
    assert final(100, 62, 77) == 85
    assert final(58, 69, 77) == 49


@pytest.mark.parametrize("raw", range(168))
def test_halves_are_rounded_as_the_published_tool_rounds_them(raw):
    assert final(raw, 77, 77) == math.floor((1 - 0.15) * raw + 0.5)


@pytest.mark.parametrize(
    ("total", "level"),
    [(0, 1), (41, 1), (42, 2), (83, 2), (84, 3), (125, 3), (126, 4), (167, 4)],
)
def test_levels_end_at_a_quarter_half_and_three_quarters(total, level):
    assert level_of(total, 167) == level


@given(ANSWERS)
def test_a_score_is_never_beyond_its_most(answers):
    found = score(FOUND, answers)

    assert 0 <= found.total <= found.raw <= found.raw_maximum
    assert 0 <= found.mitigation <= found.mitigation_maximum
    assert 1 <= found.level <= 4
    assert all(one.points <= one.maximum for one in found.sections)


@given(ANSWERS)
def test_hidden_questions_count_nothing(answers):
    asked = {q.name for part in shown(FOUND, answers).values() for q in part}
    without = {name: answer for name, answer in answers.items() if name in asked}

    assert score(FOUND, answers) == score(FOUND, without) == score(FOUND, counted(FOUND, answers))
    assert set(counted(FOUND, answers)) <= asked


@given(WHATEVER)
def test_whatever_stands_for_answers_there_is_a_score_and_only_what_fits_counts(answers):
    found = score(FOUND, answers)

    assert found == score(FOUND, counted(FOUND, answers))
    assert all(FOUND.questions[name].fits(one) for name, one in counted(FOUND, answers).items())


def test_an_answer_to_a_hidden_question_opens_no_other():
    answers = {"aboutSystem5": "item2-1", "aboutSystem5B": "item1-0"}

    names = [q.name for q in shown(FOUND, answers)["aboutSystem"]]

    assert "aboutSystem5B" not in names
    assert "aboutSystem5C" not in names


def test_progress_counts_the_choices_that_are_asked():
    first = progress(FOUND, {"projectDetailsPhase": "item1", "projectDetailsTitle": "A title"})
    by_name = {step.section.name: step for step in first}

    assert (by_name["projectDetails"].asked, by_name["projectDetails"].answered) == (1, 1)
    assert by_name["projectDetails"].is_complete
    assert not by_name["riskProfile"].is_complete
    assert "consultationDesign" in by_name
