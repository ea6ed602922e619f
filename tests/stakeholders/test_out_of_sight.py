"""What one does not see, or what is gone, cannot be changed by knowing its number."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from buyin.stakeholders.actions import end_relation
from buyin.stakeholders.actions.erasing import remove_person
from buyin.stakeholders.models import (
    Assessment,
    Raci,
    Relationship,
    RemovalBasis,
    StakeholderTag,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def hidden_relation(cast):
    ruth = StakeholderFactory(name="Ruth Roads", department=cast.roads)
    other = StakeholderFactory(name="Cleo Clinic", department=cast.clinic)
    return Relationship.objects.create(first=ruth, kind="advises", second=other)


@pytest.mark.parametrize(("who", "status"), [("coordinator", 404), ("lead", 302)])
def test_a_relation_is_ended_by_who_sees_both(sign_in, hidden_relation, who, status):
    address = f"/stakeholders/{hidden_relation.first_id}/relations/{hidden_relation.pk}/end/"

    assert sign_in(who).post(address).status_code == status

    hidden_relation.refresh_from_db()
    assert (hidden_relation.ends_on is None) == (status == 404)


@pytest.mark.parametrize(("who", "status"), [("coordinator", 404), ("lead", 200)])
def test_a_program_ends_a_relation_of_who_sees_both(sign_in, hidden_relation, who, status):
    address = (
        f"/api/v1/stakeholders/{hidden_relation.first_id}/relations/{hidden_relation.pk}/ended/"
    )

    assert sign_in(who).post(address, {}, content_type=JSON).status_code == status

    hidden_relation.refresh_from_db()
    assert (hidden_relation.ends_on is None) == (status == 404)


def test_the_action_makes_sure_of_it_as_well(cast, hidden_relation):
    with pytest.raises(PermissionDenied):
        end_relation(actor=cast.coordinator, relation=hidden_relation, on=date(2026, 2, 1))


def test_words_that_stand_on_others_only_are_offered_to_nobody_else(sign_in, cast, hidden_relation):
    ours, theirs = (StakeholderTag.objects.create(name=name) for name in ("Pilot", "Opponents"))
    hidden_relation.first.tags.add(ours)
    hidden_relation.second.tags.add(theirs)
    coordinator, lead = sign_in("coordinator"), sign_in("lead")

    assert "Pilot" in coordinator.get("/stakeholders/").text
    assert "Opponents" not in coordinator.get("/stakeholders/").text
    assert coordinator.get(f"/stakeholders/?tag={ours.pk}").context["page"].paginator.count == 1
    assert "tag" in coordinator.get(f"/stakeholders/?tag={theirs.pk}").context["form"].errors
    assert "Opponents" in lead.get("/stakeholders/").text


@pytest.mark.parametrize(
    ("address", "people", "said"),
    [
        ("engagements", "participants", {"day": "2026-01-02", "summary": "Secret talk"}),
        (
            "planned-activities",
            "stakeholders",
            {"due_on": "2099-01-02", "purpose": "Secret plan", "owner": "lead@fairhaven.example"},
        ),
    ],
)
def test_the_form_of_somebody_else_tells_nothing_of_what_it_made(
    sign_in, hidden_relation, address, people, said
):
    body = {"form": str(uuid4()), "kind": "call", **said}
    path = f"/api/v1/{address}/"
    theirs = {**body, people: [hidden_relation.second_id]}
    sent = sign_in("lead").post(path, theirs, content_type=JSON)

    mine = {**body, people: [hidden_relation.first_id]}
    answer = sign_in("coordinator").post(path, mine, content_type=JSON)

    assert (sent.status_code, answer.status_code) == (201, 404)
    assert "Secret" not in answer.text
    assert sign_in("lead").post(path, theirs, content_type=JSON).json()["id"] == sent.json()["id"]


@pytest.fixture
def removed(cast):
    """Somebody on the list of an initiative who was removed."""
    initiative = InitiativeFactory(lead=cast.staff, departments=[cast.roads])
    gone = StakeholderFactory(name="Zoé Quuxwort", department=cast.roads)
    about = InterestFactory(
        stakeholder=gone, initiative=initiative, current=1, desired=4, assessed_on=date(2026, 1, 1)
    )
    administrator = cast.people["administrator"]
    remove_person(actor=administrator, stakeholder=gone, basis=RemovalBasis.WISH)
    return about


@pytest.mark.parametrize("who", ["lead", "administrator", "staff", "coordinator"])
def test_nobody_assesses_who_was_removed(sign_in, removed, who):
    address = f"/stakeholders/{removed.stakeholder_id}/initiatives/{removed.pk}/"
    said = {"on": "2026-02-01", "source": "manual", "current": "2", "rationale": "Zoé said so"}
    client = sign_in(who)

    assert client.get(address).status_code == 404
    assert client.post(address, said).status_code == 404
    assert not Assessment.objects.exists()


def test_who_was_removed_or_archived_is_offered_no_part(sign_in, cast, removed):
    archived = StakeholderFactory(name="Archie Archived", archived_at="2026-01-01T00:00Z")
    InterestFactory(stakeholder=archived, initiative=removed.initiative)
    address = f"/initiatives/{removed.initiative_id}/people/parts/"
    client = sign_in("lead")

    shown = client.get(address)
    said = {"deliverable": "Go-live", "stakeholder": removed.stakeholder_id, "part": "A"}
    answer = client.post(address, said)

    assert "Removed person" not in shown.text
    assert "Archie" not in shown.text
    assert set(answer.context["part_form"].errors) == {"stakeholder"}
    assert not Raci.objects.exists()
