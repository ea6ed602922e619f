"""Whoever leads an initiative is told what should have been given to it by now, until it came."""

import pytest

from buyin.own import Stakeholders
from tests.buyin.test_own_waiting import in_days
from tests.factories.commitments import make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", lead=cast.staff, stage="pilot")


def late(initiative, title, days=-3, entries=(), **said):
    return make_commitment(
        initiative=initiative,
        stakeholder=StakeholderFactory(),
        title=title,
        needed_by=in_days(days),
        entries=entries,
        **said,
    )


def tasks_of(person):
    return list(Stakeholders().tasks_for(person))


def test_the_one_that_is_late_the_longest_is_named_and_how_many_more(cast, ours):
    late(ours, "Test servers", -1)
    late(ours, "Two case workers", -9)

    (task,) = tasks_of(cast.staff)

    assert task.title == "It should be there by now: Two case workers"
    assert task.detail == "Pothole finder, and 1 more is late"
    assert task.url == "/commitments/?stands=late"


def test_of_all_that_one_person_leads_there_is_one(cast, ours, sign_in):
    late(ours, "Test servers", -1)
    late(InitiativeFactory(name="Letters", lead=cast.staff, stage="idea"), "Money", -2)
    late(InitiativeFactory(name="Of others", lead=cast.neighbour), "Time", -8)

    (task,) = tasks_of(cast.staff)

    assert task.detail == "Letters, and 1 more is late"
    page = sign_in("staff").get(task.url).text
    assert "Test servers" in page
    assert "Money" in page
    assert "Of others" not in page


def test_the_only_one_leads_to_its_own_page(cast, ours):
    made = late(ours, "Test servers")

    (task,) = tasks_of(cast.staff)

    assert (task.url, task.detail) == (f"/commitments/{made.pk}/", "Pothole finder")


def test_who_gives_without_an_account_makes_nobody_else_answer_for_it(cast, ours):
    late(ours, "Test servers")

    assert tasks_of(cast.lead) == tasks_of(cast.executive) == []


@pytest.mark.parametrize("days", [0, 5])
def test_what_is_not_late_yet_waits_for_nobody(cast, ours, days):
    late(ours, "Test servers", days)

    assert tasks_of(cast.staff) == []


def test_what_came_in_full_or_was_declined_waits_for_nobody(cast, ours):
    made = late(ours, "Test servers")
    late(ours, "Money", declined_on=in_days(-1))
    made.received = made.requested
    made.save()

    assert tasks_of(cast.staff) == []


def test_what_has_come_to_its_end_needs_nothing(cast, ours):
    late(ours, "Test servers")
    ours.stage = "retired"
    ours.save()

    assert tasks_of(cast.staff) == []


def test_its_page_says_so_at_home_and_leads_to_it(cast, ours, sign_in):
    late(ours, "Test servers")

    page = sign_in("staff").get("/").text

    assert "It should be there by now: Test servers" in page
    assert sign_in("staff").get(tasks_of(cast.staff)[0].url).status_code == 200


def test_what_is_asked_of_oneself_stands_before_what_is_late(cast, ours):
    late(ours, "Test servers")
    make_commitment(initiative=ours, stakeholder=make_giver(cast.staff, ours), title="Money")

    assert [task.kind for task in tasks_of(cast.staff)] == ["Decision", "Commitment"]
