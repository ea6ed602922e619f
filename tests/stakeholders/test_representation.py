"""The rules of who has to be involved at each stage, as numbers and codes alone."""

import pytest

from buyin.initiatives.models import Stage
from buyin.stakeholders.models import Category
from buyin.stakeholders.representation import (
    RULES,
    SPONSORING,
    WITH_ACCOUNTABLE,
    WITH_CHAMPION,
    WITH_SPONSORS,
    Involved,
    is_needed,
    lines,
    missing,
    reach,
)

# City (1) with Works (2), under it Roads (3) and Parks (4); Health (5) with Clinic (6).
ABOVE = lines({1: None, 2: 1, 3: 2, 4: 2, 5: 1, 6: 5})
EVERYBODY = [Involved(rule.category, 3) for rule in RULES]


def found(stage, involved, *departments):
    gaps = missing(stage, involved, departments, ABOVE)
    return [(gap.rule.category, gap.department) for gap in gaps]


def test_rules_speak_of_categories_and_stages_that_there_are():
    for rule in RULES:
        assert rule.category in Category.values
        assert set(rule.stages) <= set(Stage.values)
        assert rule.text
        assert rule.why
    assert {*WITH_ACCOUNTABLE, *WITH_CHAMPION, *WITH_SPONSORS} <= set(Stage.values)
    assert set(SPONSORING) <= set(Category.values)


def test_each_category_has_one_rule_at_most():
    assert len({rule.category for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("stage", "needed"),
    [
        ("idea", {"decision-maker", "expert"}),
        (
            "pre-deployment",
            {"decision-maker", "expert", "budget-holder", "it", "data-scientist", "union"},
        ),
        ("pilot", {"expert", "budget-holder", "it", "data-scientist", "union", "end-user"}),
        ("deployed", {"decision-maker", "it", "end-user", "citizens"}),
        ("retired", {"decision-maker"}),
    ],
)
def test_where_nobody_is_involved_all_that_a_stage_needs_is_missing(stage, needed):
    assert found(stage, []) == [(rule.category, None) for rule in RULES if rule.category in needed]
    assert all(is_needed(category, stage) for category in needed)


@pytest.mark.parametrize("stage", Stage.values)
def test_one_of_each_category_is_enough_where_no_department_takes_part(stage):
    assert found(stage, EVERYBODY) == []


def test_whom_no_rule_asks_for_is_never_missing():
    assert not any(is_needed("vendor", stage) for stage in Stage.values)
    assert ("vendor", None) not in found("pilot", [])


@pytest.mark.parametrize(
    ("homes", "taking_part", "without"),
    [
        ([3], [3], []),
        ([3], [2], []),
        ([3], [1, 2, 3], []),
        ([3], [4], [4]),
        ([2], [3], [3]),
        ([1], [1, 2], [2]),
        ([3, 6], [3, 4, 5, 6], [4]),
        ([None], [3], [3]),
        ([99], [3], [3]),
        ([], [3, 6], [3, 6]),
    ],
)
def test_who_speaks_for_a_department_is_of_it_or_of_one_under_it(homes, taking_part, without):
    speakers = [Involved("representative", home) for home in homes]
    others = [one for one in EVERYBODY if one.category != "representative"]

    gaps = found("pilot", [*others, *speakers], *taking_part)

    assert gaps == [("representative", department) for department in without]


def test_an_idea_needs_nobody_of_each_department_yet():
    assert ("representative", 3) not in found("idea", [], 3)
    assert ("representative", 3) in found("retired", [], 3)


def test_a_line_ends_where_a_circle_would_begin():
    circle = lines({1: 2, 2: 1, 3: 1})

    assert circle == {1: {1, 2}, 2: {1, 2}, 3: {1, 2, 3}}


def test_who_is_reached_by_some_departments():
    assert reach([3, None, 6], ABOVE) == {1, 2, 3, 5, 6}
    assert reach([], ABOVE) == set()
