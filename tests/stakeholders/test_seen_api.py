"""Two programs change one record: who has not seen the other's change is told, and overwrites nothing."""

import pytest
from auditlog.models import LogEntry

from buyin.stakeholders.models import Stakeholder
from tests.factories.merging import fresh
from tests.factories.stakeholders import GroupFactory, OrganisationFactory, StakeholderFactory

API = "/api/v1/stakeholders/"
JSON = "application/json"
RUTH = {"name": "Ruth Roads", "category": "it", "email": "ruth@example.org", "tags": ["Pilot"]}


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def seen_by(client, one):
    return client.get(f"{API}{one.pk}/").json()["seen"]


def put(client, one, **said):
    return client.put(f"{API}{one.pk}/", {**RUTH, **said}, JSON)


def test_who_has_seen_the_newest_state_changes_it(sign_in, ruth):
    client = sign_in("coordinator")

    first = put(client, ruth, seen=seen_by(client, ruth))
    then = put(client, ruth, seen=first.json()["seen"], category="union")

    assert (first.status_code, then.status_code, then.json()["category"]) == (200, 200, "union")
    assert then.json()["seen"] == seen_by(client, ruth) != first.json()["seen"]


@pytest.mark.parametrize(
    "theirs",
    [{"name": "Ruth R."}, {"email": "r@example.org"}, {"phone": "555"}, {"tags": ["Night"]},
     {"cadence": 30}, {"owner": "lead@fairhaven.example"}, {"channel": "call"}],
)  # fmt: skip
def test_who_has_not_seen_a_change_is_told_and_nothing_is_overwritten(sign_in, ruth, theirs):
    first, second = sign_in("lead"), sign_in("coordinator")
    put(first, ruth)
    old = seen_by(second, ruth)
    kept = put(first, ruth, **theirs).json()
    entries = LogEntry.objects.count()

    answer = put(second, ruth, seen=old, category="vendor")

    assert answer.status_code == 409
    assert "Nothing was saved." in answer.json()["detail"]
    assert second.get(f"{API}{ruth.pk}/").json() == kept
    assert LogEntry.objects.count() == entries


def test_the_same_sent_twice_is_no_conflict(sign_in, ruth):
    client = sign_in("lead")
    old = seen_by(client, ruth)

    first, again = (put(client, ruth, seen=old) for _sent in range(2))

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.status_code == 200


def test_a_program_that_does_not_say_what_it_has_seen_is_taken(sign_in, ruth):
    put(sign_in("lead"), ruth)

    assert put(sign_in("coordinator"), ruth, name="Ruth R.").status_code == 200
    assert fresh(ruth)[0].name == "Ruth R."


@pytest.mark.parametrize(("seen", "status"), [("", 400), ("x" * 65, 400), (None, 400), ("x", 409)])
def test_a_state_that_cannot_be_is_refused(sign_in, ruth, seen, status):
    assert put(sign_in("lead"), ruth, seen=seen).status_code == status
    assert Stakeholder.objects.get().category == "decision-maker"


def test_organisations_and_groups_have_a_state_as_well(sign_in, cast):
    union = OrganisationFactory(name="Union", department=cast.roads)
    nights = GroupFactory(name="Nights", department=cast.roads)
    made = [
        StakeholderFactory(person=None, organisation=union, department=cast.roads, name="Union"),
        StakeholderFactory(person=None, group=nights, department=cast.roads, name="Nights"),
    ]
    said = [{"organisation_kind": "union"}, {"description": "Who works at night"}]
    lead = sign_in("lead")

    for one, theirs in zip(made, said, strict=True):
        body = {"name": one.name, "category": "union", "department": "roads", **theirs}
        old = seen_by(lead, one)
        lead.put(f"{API}{one.pk}/", body | {"department": "parks"}, JSON)
        answer = lead.put(f"{API}{one.pk}/", body | {"seen": old, "cadence": 30}, JSON)
        assert answer.status_code == 409
        assert lead.get(f"{API}{one.pk}/").json()["department"] == "parks"


def test_what_does_not_hold_is_named_before_anybody_is_told_of_a_conflict(sign_in, ruth):
    answer = put(sign_in("lead"), ruth, seen="old", category="pet")

    assert (answer.status_code, list(answer.json())) == (400, ["category"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_tells_states_without_more_queries(
    sign_in, cast, django_assert_num_queries, count
):
    for _ in range(count):
        StakeholderFactory(department=cast.roads)
    lead = sign_in("lead")

    with django_assert_num_queries(6):
        assert all(len(one["seen"]) == 32 for one in lead.get(API).json()["results"])
