"""The questions of the impact assessment as they are shipped, and when each is asked."""

import pytest

from buyin.initiatives.assessment import LANGUAGES, questionnaire, shown
from buyin.initiatives.assessment.conditions import ConditionError, parse

FOUND = questionnaire()


def texts():
    for section in FOUND.sections:
        yield section.title
        yield from [section.intro] if section.intro else []
        for question in section.questions:
            yield question.text
            yield from (choice.text for choice in question.choices)


def test_every_text_is_there_in_both_languages():
    assert len(FOUND.questions) == 295
    assert [one for one in texts() if set(one) != set(LANGUAGES) or not all(one.values())] == []


def test_attribution_and_licence_come_along_with_the_questions():
    assert "Crown Copyright, Government of Canada" in FOUND.attribution
    assert FOUND.licence.startswith("MIT License.")
    assert "above copyright notice and this permission notice shall be included" in FOUND.licence


def test_what_was_translated_here_is_named_by_its_english_text():
    known = {one["en"] for one in texts()}

    assert FOUND.translated_here
    assert set(FOUND.translated_here) <= known


def test_the_most_points_are_as_published():
    assert (FOUND.raw_maximum, FOUND.mitigation_maximum) == (167, 77)


@pytest.mark.parametrize("phase", ["item1", "item2"])
def test_each_phase_can_bring_all_points_of_mitigation_and_never_those_of_the_other(phase):
    asked = shown(FOUND, {"projectDetailsPhase": phase})
    other = {"item1": "Implementation", "item2": "Design"}[phase]
    mitigating = [s for s in FOUND.sections if s.name.endswith(("Design", "Implementation"))]
    here = [s for s in mitigating if not s.name.endswith(other)]

    assert [name for name in asked if name.endswith(other)] == []
    assert sum(q.maximum for s in here for q in s.questions) == 77


def test_without_a_phase_only_what_both_have_is_asked():
    assert list(shown(FOUND, {})) == [
        "projectDetails", "businessDrivers", "riskProfile", "projectAuthority", "aboutSystem",
        "aboutAlgorithm", "decisionSector", "impact", "aboutData",
    ]  # fmt: skip


def test_the_scored_questions_of_a_section_all_count_alike():
    for section in FOUND.sections:
        assert len({q.counts_as for q in section.questions if q.maximum}) <= 1, section.name


def test_a_name_says_better_than_its_panel_how_a_question_counts():
    assert FOUND.questions["projectDetailsDepartment-NS"].counts_as == "none"
    assert FOUND.questions["businessDrivers1"].counts_as == "raw"
    assert FOUND.questions["privacyDesign1"].counts_as == "mitigation"


def test_one_of_several_brings_its_most_and_boxes_to_tick_bring_all():
    assert FOUND.questions["impact6"].maximum == 4
    assert FOUND.questions["aboutDataSource14"].maximum == sum(
        choice.points for choice in FOUND.questions["aboutDataSource14"].choices
    )


class Asked(dict):
    """Answers nothing, and remembers what it was asked for."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return default


def test_conditions_ask_of_nothing_that_comes_later():
    before: set[str] = set()
    for section in FOUND.sections:
        asked = Asked()
        section.is_asked(asked)
        assert asked.names <= before, section.name
        for question in section.questions:
            asked = Asked()
            question.is_asked(asked)
            assert asked.names <= before, question.name
            before.add(question.name)


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        ('{a} = "item1"', {"a": "item1"}, True),
        ('{a} = "item1"', {"a": "item1-3"}, False),
        ('{a} = "item1"', {}, False),
        ('{a} contains "item1"', {"a": ["item2", "item1"]}, True),
        ('{a} contains "item1"', {"a": ["item1-3"]}, False),
        ('{a} contains ["item2"]', {"a": "item2-0"}, True),
        ('{a} contains ["item1", "item2"]', {"a": ["item1"]}, False),
        ('{a} contains ["item1","item2"]', {"a": ["item2", "item1"]}, True),
        ('{a} contains "item1"', {"a": []}, False),
        ('{a} = "x" or {b} = "y" and {c} = "z"', {"a": "x"}, True),
        ('{a} = "x" or {b} = "y" and {c} = "z"', {"b": "y"}, False),
        ('({a} = "x" or {b} = "y") and {c} = "z" ', {"a": "x"}, False),
        ('({a} = "x" or {b} = "y") and {c} = "z" ', {"b": "y", "c": "z"}, True),
        ('{a-b} = "x"', {"a-b": "x"}, True),
    ],
)
def test_a_condition_holds_as_the_published_tool_has_it(condition, answers, holds):
    assert parse(condition)(answers) is holds


@pytest.mark.parametrize(
    "broken",
    [
        "", "{a}", '{a} = ', '{a} = "x" or', '({a} = "x"', '{a} = "x")', '{a} > "x"', 'a = "x"',
        '{a} = "x" {b} = "y"', '{a} contains []', '{a} contains ["x"', '{a} = "x" and and {b} = "y"',
        "__import__('os')",
    ],
)  # fmt: skip
def test_any_other_form_is_refused(broken):
    with pytest.raises(ConditionError):
        parse(broken)
