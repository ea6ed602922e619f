"""What programs read of stakeholders: whole bodies, level by level, and nothing that is not theirs."""

from datetime import date

import pytest
from django.utils import timezone

from buyin.stakeholders.api.registry import StakeholderSerializer
from buyin.stakeholders.models import Assessment, Level, Stakeholder
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    GroupFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
)

API = "/api/v1/stakeholders/"


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def test_the_body_of_one_of_whom_little_is_known_says_what_is_not_known(sign_in, ruth):
    found = sign_in("lead").get(f"{API}{ruth.pk}/").json()

    assert set(found) == set(StakeholderSerializer.Meta.fields)
    assert {name: found[name] for name in ("owner", "cadence", "contact_permitted")} == {
        "owner": None,
        "cadence": None,
        "contact_permitted": None,
    }
    assert (found["channel"], found["tags"], found["posts"], found["interests"]) == ("", [], [], [])


@pytest.mark.parametrize("level", Level)
def test_each_level_is_a_word(sign_in, ruth, level):
    made = make_assessed(stakeholder=ruth, current=level)
    client = sign_in("lead")

    (stands,) = client.get(f"{API}{ruth.pk}/").json()["interests"]
    (noted,) = client.get(f"{API}{ruth.pk}/assessments/").json()["results"]

    assert stands["current"] == noted["current"] == level.code
    assert (stands["desired"], stands["gap"], stands["power"]) == (None, None, None)
    assert stands["initiative"] == noted["initiative"] == made.initiative_id


def test_only_posts_that_are_held_are_told(sign_in, cast, ruth):
    PostFactory(person=ruth.person, department=cast.roads, title="Now")
    PostFactory(person=ruth.person, department=cast.roads, title="Then", ends_on=date(2020, 1, 1))

    assert sign_in("lead").get(f"{API}{ruth.pk}/").json()["posts"] == ["Now, Roads"]


def test_who_is_archived_is_told_as_such(sign_in, cast):
    StakeholderFactory(
        person=None, group=GroupFactory(), name="Night shift", archived_at=timezone.now()
    )

    (found,) = sign_in("lead").get(API).json()["results"]

    assert (found["name"], found["kind"], found["archived"]) == ("Night shift", "group", True)


def test_a_coordinator_is_told_nothing_of_initiatives_that_they_may_not_open(sign_in, cast, ruth):
    near = InitiativeFactory(departments=[cast.roads])
    for initiative in (near, InitiativeFactory(departments=[cast.clinic])):
        make_assessed(stakeholder=ruth, initiative=initiative, current=1)
    client = sign_in("coordinator")

    stands = client.get(f"{API}{ruth.pk}/").json()["interests"]
    noted = client.get(f"{API}{ruth.pk}/assessments/").json()["results"]

    assert [one["initiative"] for one in (*stands, *noted)] == [near.pk, near.pk]


def test_assessments_come_the_newest_first(sign_in, ruth):
    about = make_assessed(stakeholder=ruth, on=date(2026, 2, 1), current=1)
    for day in (date(2026, 3, 1), date(2026, 1, 1)):
        Assessment.objects.create(about=about, assessed_on=day)

    found = sign_in("lead").get(f"{API}{ruth.pk}/assessments/").json()["results"]

    days = [one["assessed_on"] for one in found]
    assert days == ["2026-03-01", "2026-02-01", "2026-01-01"]


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_programs_take_nobody_out_and_change_no_half_of_a_record(sign_in, ruth, method):
    client = sign_in("administrator")

    for address in (API, f"{API}{ruth.pk}/", f"{API}{ruth.pk}/assessments/"):
        answer = getattr(client, method)(address, {"name": "Rudy"}, "application/json")
        assert answer.status_code in {403, 405}

    assert Stakeholder.objects.get().name == "Ruth Roads"


@pytest.mark.parametrize("asked", ["0", "999999", "9" * 30, "x"])
def test_one_that_there_is_not_is_not_found(sign_in, ruth, asked):
    assert sign_in("lead").get(f"{API}{asked}/").status_code == 404


def test_assessments_of_whom_one_may_not_see_are_not_there(sign_in, cast):
    theirs = make_assessed(stakeholder=StakeholderFactory(department=cast.clinic)).stakeholder

    assert sign_in("coordinator").get(f"{API}{theirs.pk}/assessments/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_assessments_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, ruth, django_assert_num_queries, count
):
    for _one in range(count):
        make_assessed(stakeholder=ruth, by=cast.lead)
    client = sign_in("lead")

    with django_assert_num_queries(4):
        client.get(f"{API}{ruth.pk}/assessments/")
