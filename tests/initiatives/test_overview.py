"""The overview of an initiative: from it everything is one step away."""

from datetime import date

import pytest

from tests.factories.initiatives import InitiativeFactory, make_milestone, make_update
from tests.factories.needs import make_evidence, make_need, make_remedy


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads], stage="pilot")


def at(initiative, part=""):
    return f"/initiatives/{initiative.pk}/{part}"


@pytest.mark.parametrize(
    "part", ["", "plan/", "needs/", "benefits/", "record/", "commitments/", "updates/"]
)
def test_each_part_has_a_tab_with_an_address(sign_in, ours, part):
    page = sign_in("lead").get(at(ours)).text

    assert f'href="{at(ours, part)}"' in page
    assert sign_in("lead").get(at(ours, part)).status_code == 200


def test_what_is_due_first_and_what_was_told_last_stand_on_it(sign_in, ours):
    for day in range(1, 5):
        make_milestone(ours, f"Part {day}", due=date(2026, 1, day))
        make_update(ours, f"News {day}")
    make_milestone(ours, "Reached", due=date(2025, 1, 1), done_on=date(2025, 1, 1))

    page = sign_in("staff").get(at(ours))

    words = " ".join(page.text.split())
    assert [f"Part {day}" in words for day in range(1, 5)] == [True, True, True, False]
    assert [f"News {day}" in words for day in range(1, 5)] == [False, False, True, True]
    assert "1 of 5 milestones are reached." in words
    assert "4 overdue" in words


def test_who_may_change_it_is_led_to_the_next_stage(sign_in, ours):
    lead, staff = sign_in("lead").get(at(ours)).text, sign_in("staff").get(at(ours)).text

    assert "Move to “Deployed”" in " ".join(lead.split())
    assert "Move to" not in staff
    assert "Tell what is new" in lead
    assert "Tell what is new" not in staff


def test_an_idea_says_how_to_begin_until_something_is_planned(sign_in, cast):
    idea = InitiativeFactory(stage="idea", lead=cast.lead)
    lead = sign_in("lead")
    page = lead.get(at(idea)).text
    assert "How to begin" in page
    assert "Name the departments that take part" in page

    idea.departments.add(cast.roads)
    assert "Name the departments that take part" not in lead.get(at(idea)).text
    assert "How to begin" not in sign_in("staff").get(at(idea)).text

    make_milestone(idea, "Talk with the union", due=date(2026, 1, 1))
    assert "How to begin" not in lead.get(at(idea)).text


def test_its_needs_are_those_of_no_other(sign_in, ours, cast):
    need = make_need(ours, cast.roads, statement="I need reasons.")
    make_remedy(need)
    make_need(InitiativeFactory(departments=[cast.roads]), statement="I need shade.")

    page = sign_in("staff").get(at(ours, "needs/")).text

    assert "I need reasons." in page
    assert "I need shade." not in page
    assert 'aria-current="page"' in page


def test_its_needs_name_a_department_only_where_enough_people_said_so(sign_in, ours, cast):
    few = make_need(ours, cast.roads, statement="I need reasons.")
    make_evidence(few, cast.roads, people=3)

    assert "heard from" not in sign_in("staff").get(at(ours, "needs/")).text

    make_evidence(few, cast.roads, people=30, text="All hands")
    words = " ".join(sign_in("staff").get(at(ours, "needs/")).text.split())
    assert "heard from Roads" in words
    assert "at least 30 people say so" in words


def test_the_needs_of_what_one_may_not_open_are_not_there(sign_in, ours):
    assert sign_in("neighbour").get(at(ours, "needs/")).status_code == 404
    assert sign_in("staff").post(at(ours, "needs/")).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_its_pages_need_as_many_queries_for_much_as_for_little(
    sign_in, ours, cast, django_assert_max_num_queries, count
):
    client = sign_in("staff")
    for number in range(count):
        make_milestone(ours, due=date(2026, 1, 1))
        make_update(ours, by=cast.lead)
        make_remedy(make_need(ours, cast.roads, statement=f"I need {number}."))

    with django_assert_max_num_queries(11):
        client.get(at(ours))
    with django_assert_max_num_queries(14):
        client.get(at(ours, "needs/"))
