"""The looks at an initiative's people for programs: how they stood on a day, and who is related."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from buyin.stakeholders.actions import assess
from buyin.stakeholders.models import Interest, Relationship
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

API = "/api/v1/initiatives/"
SPRING, SUMMER = date(2026, 3, 2), date(2026, 6, 1)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def ruth(cast, ours):
    """Somebody who was resistant in spring and is supportive since summer."""
    made = StakeholderFactory(name="Ruth Roads", department=cast.roads)
    about = InterestFactory(stakeholder=made, initiative=ours)
    said = {"power": 5, "interest": 5, "desired": 4}
    assess(actor=cast.lead, about=about, on=SPRING, current=1, **said)
    assess(actor=cast.lead, about=about, on=SUMMER, current=3, **said | {"power": 2})
    return made


def related(first, second, **said):
    return Relationship.objects.create(first=first, second=second, kind="advises", **said)


def people(client, initiative, **asked):
    return client.get(f"{API}{initiative.pk}/people/", asked).json()["results"]


def relations(client, initiative):
    return client.get(f"{API}{initiative.pk}/relations/").json()["results"]


# As of a day


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        (SPRING, ("resistant", 5, "manage-closely", 3, "2026-03-02")),
        (SUMMER - timedelta(days=1), ("resistant", 5, "manage-closely", 3, "2026-03-02")),
        (SUMMER, ("supportive", 2, "keep-informed", 1, "2026-06-01")),
        (None, ("supportive", 2, "keep-informed", 1, "2026-06-01")),
        (date(2999, 1, 1), ("supportive", 2, "keep-informed", 1, "2026-06-01")),
    ],
)
def test_people_stand_as_they_stood_on_a_day(sign_in, ours, ruth, day, stands):
    (found,) = people(sign_in("coordinator"), ours, **{"day": day} if day else {})

    names = ("current", "power", "quadrant", "gap", "assessed_on")
    assert tuple(found[name] for name in names) == stands
    assert (found["stakeholder"], found["name"]) == (ruth.pk, "Ruth Roads")


def test_who_was_not_assessed_by_a_day_is_not_told_for_it(sign_in, cast, ours, ruth):
    InterestFactory(stakeholder=StakeholderFactory(department=cast.roads), initiative=ours)
    lead = sign_in("lead")

    assert people(lead, ours, day=SPRING - timedelta(days=1)) == []
    assert len(people(lead, ours, day=SPRING)) == 1
    assert len(people(lead, ours)) == 2


def test_to_look_back_changes_nothing(sign_in, ours, ruth):
    before = Interest.objects.values().get()

    people(sign_in("lead"), ours, day=SPRING)

    assert Interest.objects.values().get() == before


@pytest.mark.parametrize("day", ["spring", "2026-13-01", "", "20260301x"])
def test_a_day_that_is_none_is_refused_by_its_name(sign_in, ours, day):
    answer = sign_in("lead").get(f"{API}{ours.pk}/people/", {"day": day})

    assert (answer.status_code, list(answer.json())) == (400, ["day"])


def test_people_of_others_are_not_told_for_an_earlier_day_either(sign_in, cast, ours, ruth):
    carl = StakeholderFactory(name="Carl Clinic", department=cast.clinic)
    assess(
        actor=cast.lead,
        about=InterestFactory(stakeholder=carl, initiative=ours),
        on=SPRING,
        power=1,
    )

    names = {
        who: [one["name"] for one in people(sign_in(who), ours, day=SPRING)]
        for who in ("coordinator", "executive")
    }

    assert names == {"coordinator": ["Ruth Roads"], "executive": ["Carl Clinic", "Ruth Roads"]}


# The network


def test_relations_of_an_initiative_come_the_strongest_first(sign_in, cast, ours, ruth):
    boss, friend = (StakeholderFactory(department=cast.roads) for _ in range(2))
    weak, strong = related(ruth, boss, strength=1), related(friend, ruth, strength=3)
    related(boss, friend)
    related(ruth, friend, ends_on=timezone.localdate() - timedelta(days=1))

    found = relations(sign_in("coordinator"), ours)

    assert [one["id"] for one in found] == [strong.pk, weak.pk]
    assert found[0] == {
        "id": strong.pk, "first": friend.pk, "kind": "advises", "second": ruth.pk, "strength": 3,
        "starts_on": None, "ends_on": None,
    }  # fmt: skip


def test_a_relation_to_whom_one_does_not_know_is_not_told(sign_in, cast, ours, ruth):
    related(ruth, StakeholderFactory(department=cast.clinic))

    assert relations(sign_in("coordinator"), ours) == []
    assert len(relations(sign_in("executive"), ours)) == 1


@pytest.mark.parametrize("who", ["staff", "neighbour", "trainer"])
def test_who_does_not_look_at_people_is_told_of_no_relation(sign_in, ours, ruth, who):
    assert sign_in(who).get(f"{API}{ours.pk}/relations/").status_code == 404


def test_relations_come_a_part_at_a_time(sign_in, cast, ours, ruth):
    for _ in range(3):
        related(ruth, StakeholderFactory(department=cast.roads))

    answer = sign_in("lead").get(f"{API}{ours.pk}/relations/", {"limit": 2, "offset": 2}).json()

    assert (answer["count"], len(answer["results"])) == (3, 1)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("what", "queries"), [("people/?day=2026-03-02", 4), ("relations/", 3)])
def test_looks_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, ruth, django_assert_num_queries, what, queries, count
):
    for _ in range(count):
        one = StakeholderFactory(department=cast.roads)
        about = InterestFactory(stakeholder=one, initiative=ours)
        assess(actor=cast.lead, about=about, on=SPRING, power=3)
        related(ruth, one)
    lead = sign_in("lead")

    with django_assert_num_queries(queries):
        assert lead.get(f"{API}{ours.pk}/{what}").json()["count"] >= count
