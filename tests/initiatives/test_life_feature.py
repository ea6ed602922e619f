"""What initiatives give to "For you" and to the weekly report."""

from datetime import UTC, date, datetime

import pytest

from buyin.accounts.models import User
from buyin.features import all_features
from buyin.initiatives.models import Initiative
from buyin.own import Initiatives
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_milestone,
    make_update,
)

SINCE, UNTIL = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)
IN_WEEK = datetime(2026, 11, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-20 10:00Z", tick=False)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", lead=cast.staff, departments=[cast.roads])


def tasks(person):
    return list(Initiatives().tasks_for(person))


def news(person):
    return [i.title for i in Initiatives().digest_items(person, since=SINCE, until=UNTIL)]


def test_the_settings_name_it():
    assert "initiatives" in [feature.name for feature in all_features()]


def test_who_leads_hears_what_is_late_and_nobody_else(cast, ours):
    make_milestone(ours, "All desks", due=date(2026, 11, 19))
    make_milestone(ours, "Not yet", due=date(2026, 11, 20))
    make_milestone(ours, "Done", due=date(2026, 11, 1), done_on=date(2026, 11, 2))

    [task] = tasks(cast.staff)

    assert (task.title, task.detail) == ("Overdue: All desks", "Pothole finder")
    assert task.url == f"/initiatives/{ours.pk}/plan/"
    assert task.due.date() == date(2026, 11, 19)
    assert tasks(cast.lead) == tasks(cast.neighbour) == []


def test_what_has_come_to_its_end_is_late_with_nothing(cast, ours):
    make_milestone(ours, "All desks", due=date(2026, 11, 19))
    type(ours).objects.update(stage="retired")

    assert tasks(cast.staff) == []


def test_several_of_one_initiative_are_one_task_with_the_oldest_first(cast, ours):
    other = InitiativeFactory(name="Letters", lead=cast.staff)
    make_milestone(ours, "Second", due=date(2026, 11, 10))
    make_milestone(ours, "First", due=date(2026, 11, 1))
    make_milestone(ours, "Third", due=date(2026, 11, 11))
    make_milestone(other, "Alone", due=date(2026, 11, 12))

    found = [(task.title, task.detail) for task in tasks(cast.staff)]

    assert found == [
        ("Overdue: First", "Pothole finder, and 2 more are late"),
        ("Overdue: Alone", "Letters"),
    ]


def test_an_agreement_that_ends_soon_waits_for_who_leads(cast, ours):
    signed = {"state": "signed", "signed_on": "2026-01-01"}
    soon = make_agreement(
        ours, cast.roads, cast.clinic, shared="Cases", expires_on="2026-12-20", **signed
    )
    make_agreement(ours, cast.roads, cast.parks, expires_on="2026-12-21", **signed)
    make_agreement(ours, cast.roads, cast.works, expires_on="2026-12-01")

    [task] = tasks(cast.staff)

    assert task.title == "Look at it again: Cases"
    assert task.url == f"/initiatives/{ours.pk}/agreements/{soon.pk}/"


def test_what_waits_stands_on_the_start_page(sign_in, cast, ours):
    make_milestone(ours, "All desks", due=date(2026, 11, 1))

    page = sign_in("staff").get("/").text

    assert "Overdue: All desks" in page
    assert "Say how far it is" in page


def test_people_near_an_initiative_read_its_newest_update_of_the_week(cast, ours):
    make_update(ours, "Older", made_at=datetime(2026, 11, 10, tzinfo=UTC))
    make_update(ours, "Newer", made_at=IN_WEEK)
    make_update(ours, "Before", made_at=SINCE)
    make_update(ours, "After", made_at=datetime(2026, 11, 17, tzinfo=UTC))

    assert news(cast.staff) == ["Pothole finder: Newer"]
    assert news(cast.neighbour) == []


def test_a_long_update_is_told_in_short(cast, ours):
    make_update(ours, text="word " * 100, made_at=IN_WEEK)

    [item] = Initiatives().digest_items(cast.staff, since=SINCE, until=UNTIL)

    assert len(item.detail) <= 120
    assert item.url == f"/initiatives/{ours.pk}/updates/"


@pytest.mark.parametrize("taking_part", ["city", "works", "roads", "parks", "health", "clinic"])
def test_those_read_it_who_may_open_it_and_no_others(cast, taking_part):
    made = InitiativeFactory(departments=[cast.departments[taking_part]])
    make_update(made, made_at=IN_WEEK)

    for person in User.objects.filter(is_active=True):
        may_open = Initiative.objects.visible_to(person).exists()
        assert bool(news(person)) is may_open, person


def test_who_leads_it_from_elsewhere_reads_it_too(cast):
    made = InitiativeFactory(lead=cast.neighbour, departments=[cast.roads])
    make_update(made, made_at=IN_WEEK)

    assert len(news(cast.neighbour)) == 1


def test_reports_ask_the_database_as_often_for_all_as_for_one(
    cast, ours, django_assert_max_num_queries
):
    make_update(ours, made_at=IN_WEEK)
    make_milestone(ours, due=date(2026, 11, 1))
    make_agreement(
        ours, cast.roads, cast.clinic, state="signed", signed_on="2026-01-01",
        expires_on="2026-12-01",
    )  # fmt: skip
    people = list(User.objects.filter(is_active=True))
    for person in people:
        assert person.held_roles is not None  # read once for a whole report

    with django_assert_max_num_queries(6):
        Initiatives().tasks_for_all(people)
        Initiatives().digest_items_for_all(people, since=SINCE, until=UNTIL)


def test_a_quiet_week_asks_for_next_to_nothing(cast, ours, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert news(cast.staff) == []
