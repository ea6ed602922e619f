"""What is over, said by programs: posts and relations end on a day, stakeholders go and come back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.stakeholders.models import Post, Relationship, Stakeholder
from tests.factories.stakeholders import (
    GroupFactory,
    PostFactory,
    StakeholderFactory,
)

API = "/api/v1/stakeholders/"
JSON = "application/json"


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


@pytest.fixture
def held(cast, ruth):
    return PostFactory(person=ruth.person, department=cast.roads, title="Head")


@pytest.fixture
def relation(cast, ruth):
    boss = StakeholderFactory(name="Bo Boss", department=cast.roads)
    return Relationship.objects.create(first=ruth, second=boss, kind="advises")


def day(ago=0):
    return timezone.localdate() - timedelta(days=ago)


def post(client, address, said=None):
    return client.post(f"{API}{address}", said, JSON)


def put(client, ruth, **said):
    return client.put(f"{API}{ruth.pk}/archived/", said, JSON)


# Posts


def test_a_post_ends_on_the_day_that_is_said(sign_in, ruth, held):
    coordinator = sign_in("coordinator")

    answer = post(coordinator, f"{ruth.pk}/posts/{held.pk}/ended/", {"on": str(day(9))})

    assert (answer.status_code, answer.json()["ends_on"]) == (200, str(day(9)))
    assert coordinator.get(f"{API}{ruth.pk}/posts/").json()["results"] == [answer.json()]
    assert coordinator.get(f"{API}{ruth.pk}/").json()["posts"] == []
    assert Post.objects.get().ends_on == day(9)


@pytest.mark.parametrize("said", [None, {}, {"on": None}])
def test_a_post_of_which_no_day_is_said_ends_today(sign_in, ruth, held, said):
    answer = post(sign_in("lead"), f"{ruth.pk}/posts/{held.pk}/ended/", said)

    assert answer.json()["ends_on"] == str(day())


def test_a_post_that_ended_is_not_ended_on_another_day(sign_in, ruth, held):
    lead, address = sign_in("lead"), f"{ruth.pk}/posts/{held.pk}/ended/"

    first, again = (post(lead, address, {"on": str(day(9))}) for _sent in range(2))
    other = post(lead, address, {"on": str(day(3))})

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert other.status_code == 409
    assert f"This ended on {day(9)} already." in other.json()["detail"]
    assert Post.objects.get().ends_on == day(9)


def test_a_day_that_is_still_to_come_may_be_put_right(sign_in, ruth, held):
    lead, address = sign_in("lead"), f"{ruth.pk}/posts/{held.pk}/ended/"

    for ends_on in (day(-30), day(-20)):
        assert post(lead, address, {"on": str(ends_on)}).json()["ends_on"] == str(ends_on)


@pytest.mark.parametrize("on", ["2025-12-31", "soon", 3, [], ""])
def test_a_day_on_which_it_cannot_end_is_refused_by_its_name(sign_in, ruth, held, on):
    Post.objects.update(starts_on="2026-01-01")

    answer = post(sign_in("lead"), f"{ruth.pk}/posts/{held.pk}/ended/", {"on": on})

    assert (answer.status_code, list(answer.json())) == (400, ["on"])
    assert Post.objects.get().ends_on is None


def test_a_slip_in_a_name_is_refused(sign_in, ruth, held):
    answer = post(sign_in("lead"), f"{ruth.pk}/posts/{held.pk}/ended/", {"ends_on": str(day())})

    assert answer.json() == {"ends_on": ["There is no such field."]}


@pytest.mark.parametrize("who", ["staff", "executive", "neighbour"])
def test_who_may_not_change_the_record_ends_nothing(sign_in, ruth, held, relation, who):
    client = sign_in(who)

    assert post(client, f"{ruth.pk}/posts/{held.pk}/ended/").status_code == 404
    assert post(client, f"{ruth.pk}/relations/{relation.pk}/ended/").status_code == 404
    assert put(client, ruth, archived=True).status_code == 404
    assert (Post.objects.get().ends_on, Relationship.objects.get().ends_on) == (None, None)


def test_a_post_of_somebody_else_and_a_post_of_a_group_are_not_there(sign_in, ruth, held, cast):
    other = StakeholderFactory(department=cast.roads)
    nights = StakeholderFactory(person=None, group=GroupFactory(), department=cast.roads)

    for stakeholder in (other, nights):
        answer = post(sign_in("lead"), f"{stakeholder.pk}/posts/{held.pk}/ended/")
        assert answer.status_code == 404


# Relations


def test_a_relation_ends_once_and_may_begin_again(sign_in, ruth, relation):
    coordinator, address = sign_in("coordinator"), f"{ruth.pk}/relations/{relation.pk}/ended/"

    first, again = (post(coordinator, address, {"on": str(day(1))}) for _sent in range(2))

    assert (first.status_code, first.json()) == (200, again.json())
    assert first.json()["ends_on"] == str(day(1))
    same = {"kind": "advises", "second": relation.second_id}
    assert post(coordinator, f"{ruth.pk}/relations/", same).status_code == 201
    assert post(coordinator, address, {"on": str(day())}).status_code == 409


def test_a_relation_is_ended_by_the_side_from_which_it_was_noted(sign_in, relation):
    address = f"{relation.second_id}/relations/{relation.pk}/ended/"

    assert post(sign_in("lead"), address).status_code == 404
    assert Relationship.objects.get().ends_on is None


def test_a_relation_does_not_end_before_it_began(sign_in, ruth, relation):
    Relationship.objects.update(starts_on=day(5))
    address = f"{ruth.pk}/relations/{relation.pk}/ended/"

    answer = post(sign_in("lead"), address, {"on": str(day(6))})

    assert answer.json() == {"on": ["A relation cannot end before it starts."]}


# Archiving


def test_a_stakeholder_is_archived_and_brought_back(sign_in, ruth):
    coordinator = sign_in("coordinator")

    gone = [put(coordinator, ruth, archived=True).json() for _sent in range(2)]

    assert gone[0] == gone[1] == coordinator.get(f"{API}{ruth.pk}/").json()
    assert gone[0]["archived"] is True
    assert coordinator.get(API, {"state": "current"}).json()["count"] == 0
    assert put(coordinator, ruth, archived=False).json()["archived"] is False
    assert coordinator.get(API, {"state": "current"}).json()["count"] == 1


def test_to_archive_again_keeps_the_day_on_which_it_was(sign_in, ruth):
    since = timezone.now() - timedelta(days=5)
    Stakeholder.objects.update(archived_at=since)

    put(sign_in("lead"), ruth, archived=True)

    assert Stakeholder.objects.get().archived_at == since


@pytest.mark.parametrize(
    ("said", "field"),
    [({}, "archived"), ({"archived": "perhaps"}, "archived"), ({"archived": None}, "archived"),
     ({"archived": True, "why": "Left"}, "why")],
)  # fmt: skip
def test_what_cannot_be_read_archives_nobody(sign_in, ruth, said, field):
    answer = put(sign_in("lead"), ruth, **said)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert Stakeholder.objects.get().archived_at is None
