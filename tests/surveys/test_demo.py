"""The generator behind the demo agency's answers."""

import numpy as np
import pytest

from surveys.demo.answers import answer_sheets, scale_items

DEFINITION = {
    "scales": {"agree5": [{"code": str(n), "text": str(n)} for n in range(1, 6)]},
    "pages": [
        {
            "questions": [
                {"code": "why", "type": "likert", "scale": "agree5", "dimension": "commitment"},
                {
                    "code": "fears",
                    "type": "matrix",
                    "scale": "agree5",
                    "dont_know": True,
                    "rows": [{"code": "job", "dimension": "skills", "reversed": True}],
                },
                {"code": "topics", "type": "multiple", "choices": [{"code": "a"}, {"code": "b"}]},
                {"code": "site", "type": "single", "choices": [{"code": "hq"}]},
                {"code": "more", "type": "long_text"},
            ]
        }
    ],
}


def sheets(mood: float, people: int = 400) -> list[dict]:
    chance = np.random.default_rng(1)
    return list(answer_sheets(DEFINITION, mood=[mood] * 5, people=people, chance=chance))


def test_every_scale_item_is_found():
    assert [item.code for item in scale_items(DEFINITION)] == ["why", "job"]


@pytest.mark.parametrize(("low", "high"), [(20, 50), (50, 80)])
def test_a_better_mood_gives_higher_answers(low, high):
    def mean(mood: float) -> float:
        points = [s["why"] for s in sheets(mood) if isinstance(s["why"], int)]
        return sum(points) / len(points)

    assert mean(high) > mean(low) + 0.7


def test_a_reversed_item_points_the_other_way():
    points = [s["job"] for s in sheets(85) if isinstance(s["job"], int)]

    assert sum(points) / len(points) < 2.5


def test_only_questions_that_allow_it_are_answered_with_do_not_know():
    made = sheets(50)

    assert any(s["job"] == "dk" for s in made)
    assert not any(s["why"] == "dk" for s in made)


def test_points_stay_on_the_scale():
    assert {s["why"] for s in sheets(99)} <= {1, 2, 3, 4, 5, None}


def test_other_questions_get_answers_of_their_kind():
    made = sheets(50)

    assert made[0]["topics"] == ["a", "b"]
    assert made[0]["site"] == "hq"
    assert any(s["more"] for s in made)
    assert any(s["more"] is None for s in made)
