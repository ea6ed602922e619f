"""Who was involved at each stage that an initiative has gone through."""

from datetime import date

import pytest

from buyin.initiatives.models import Stage
from buyin.stakeholders.models import Interest, Raci
from buyin.stakeholders.queries.by_stage import lines_by_stage, periods_of
from buyin.stakeholders.queries.involvement import parties
from tests.factories.initiatives import InitiativeFactory, make_change
from tests.factories.people_on_board import make_met
from tests.factories.stakeholders import StakeholderFactory, make_assessed


@pytest.fixture
def ours(cast):
    """A pilot since June that was prepared from March on and an idea from January on."""
    made = InitiativeFactory(name="Pothole finder", stage="pilot", departments=[cast.roads])
    make_change(made, "", "idea", day=date(2026, 1, 10))
    make_change(made, "idea", "pre-deployment", day=date(2026, 3, 1))
    make_change(made, "pre-deployment", "pilot", day=date(2026, 6, 1))
    return made


def listed(initiative, category="union", *, on=None, level=2):
    who = StakeholderFactory(category=category)
    if on is None:
        return Interest.objects.create(stakeholder=who, initiative=initiative)
    return make_assessed(stakeholder=who, initiative=initiative, on=on, current=level)


def cells(viewer, initiative, category="union"):
    (party,) = parties(viewer, [initiative])
    lines = lines_by_stage(party, periods_of(initiative))
    (line,) = [one for one in lines if one.category == category]
    return [(cell.involved, cell.met) for cell in line.cells]


def test_each_stage_ends_on_the_day_before_the_next_one(ours):
    assert [(one.stage, one.begins, one.ends) for one in periods_of(ours)] == [
        (Stage.IDEA, date(2026, 1, 10), date(2026, 2, 28)),
        (Stage.PRE_DEPLOYMENT, date(2026, 3, 1), date(2026, 5, 31)),
        (Stage.PILOT, date(2026, 6, 1), None),
    ]


def test_an_initiative_of_which_no_change_is_known_is_in_its_stage_all_the_time(cast):
    made = InitiativeFactory(stage="pilot")
    listed(made, on=date(2026, 1, 1))
    make_met(Interest.objects.get().stakeholder, initiative=made)

    assert [(one.stage, one.begins, one.ends) for one in periods_of(made)] == [
        (Stage.PILOT, None, None)
    ]
    assert cells(cast.lead, made) == [(1, 1)]


def test_a_stage_that_was_left_and_entered_again_stands_twice(ours):
    make_change(ours, "pilot", "pre-deployment", day=date(2026, 7, 1))
    make_change(ours, "pre-deployment", "pilot", day=date(2026, 8, 1))

    assert [one.stage for one in periods_of(ours)] == [
        "idea", "pre-deployment", "pilot", "pre-deployment", "pilot",
    ]  # fmt: skip
    assert [one.is_now for one in periods_of(ours)] == [False] * 4 + [True]


def test_of_many_changes_the_newest_six_are_shown(ours):
    for month in range(7, 12):
        first, then = ("pilot", "idea") if month % 2 else ("idea", "pilot")
        make_change(ours, first, then, day=date(2026, month, 1))
    ours.stage = "idea"
    ours.save()

    found = periods_of(ours)
    assert len(found) == 6
    assert found[-1].is_now
    assert found[0].begins == date(2026, 6, 1)


def test_who_was_assessed_counts_from_that_day_on(cast, ours):
    listed(ours, on=date(2026, 4, 1))

    assert cells(cast.lead, ours) == [(0, 0), (1, 0), (1, 0)]


def test_who_knew_nothing_of_it_was_not_involved(cast, ours):
    listed(ours, on=date(2026, 2, 1), level=0)

    assert cells(cast.lead, ours) == [(0, 0), (0, 0), (0, 0)]


def test_who_was_met_counts_from_that_day_on_and_as_met_in_that_stage(cast, ours):
    union = listed(ours).stakeholder
    make_met(union, initiative=ours, day=date(2026, 2, 28))
    make_met(union, initiative=ours, day=date(2026, 6, 1))
    make_met(union, initiative=ours, day=date(2026, 6, 2))

    assert cells(cast.lead, ours) == [(1, 1), (1, 0), (1, 1)]


def test_a_part_counts_now_since_nobody_knows_from_when_on(cast, ours):
    union = listed(ours).stakeholder
    Raci.objects.create(initiative=ours, deliverable="Go-live", stakeholder=union, part="C")

    assert cells(cast.lead, ours) == [(0, 0), (0, 0), (1, 0)]


def test_categories_that_nobody_needs_nor_is_of_are_left_out(cast, ours):
    listed(ours, "vendor", on=date(2026, 4, 1))
    (party,) = parties(cast.lead, [ours])
    shown = [one.category for one in lines_by_stage(party, periods_of(ours))]

    assert "vendor" in shown
    assert "citizens" not in shown
    assert "union" in shown


def test_the_table_marks_where_somebody_should_have_been(sign_in, cast, ours):
    listed(ours, on=date(2026, 7, 1))
    page = sign_in("lead").get(f"/initiatives/{ours.pk}/people/missing/")
    (union,) = [one for one in page.context["lines"] if one.category == "union"]

    assert [cell.is_missing for cell in union.cells] == [False, True, False]
    assert "Jan. 10, 2026" in page.text or "10 January 2026" in page.text
