"""What is thought of somebody is read by those who work with them, and never by themselves."""

from datetime import date
from typing import Any

import pytest

from buyin.stakeholders.actions import assess
from buyin.stakeholders.models import Assessment
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
WHY = "Guards the budget"


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Sorter", departments=[cast.roads], stage="pilot")


@pytest.fixture
def own(cast, initiative):
    """Return what makes a record of a persona in Roads who is resistant, with the reason for it."""

    def made(who: str) -> Any:
        whose = StakeholderFactory(name=f"{who.capitalize()} Quux", department=cast.roads)
        whose.person.user = cast.people[who]
        whose.person.save()
        about = InterestFactory(stakeholder=whose, initiative=initiative)
        assess(actor=cast.lead, about=about, on=DAY, current=1, desired=4, rationale=WHY)
        return about

    return made


def pages(about):
    whose, initiative = about.stakeholder_id, about.initiative_id
    return [
        f"/stakeholders/{whose}/",
        f"/stakeholders/{whose}/?day=2026-02-01",
        f"/stakeholders/{whose}/changes/",
        f"/initiatives/{initiative}/people/matrix/",
        f"/initiatives/{initiative}/people/?day=2026-02-01",
        f"/initiatives/{initiative}/events/",
        f"/api/v1/stakeholders/{whose}/",
        f"/api/v1/stakeholders/{whose}/assessments/",
        f"/api/v1/stakeholders/{whose}/evidence/",
        f"/api/v1/stakeholders/{whose}/events/",
        f"/api/v1/stakeholders/{whose}/changes/",
        f"/api/v1/initiatives/{initiative}/people/",
        "/api/v1/disagreements/",
        "/stakeholders/all.csv",
    ]


def read(client, address):
    answer = client.get(address)
    return b"".join(answer).decode() if answer.streaming else answer.text


@pytest.mark.parametrize("who", ["coordinator", "executive"])
def test_nobody_reads_how_they_are_assessed(sign_in, own, who):
    about, client = own(who), sign_in(who)

    for address in pages(about):
        text = read(client, address)
        assert WHY not in text, address
        assert "resistant" not in text.lower().replace("resistant</", ""), address


@pytest.mark.parametrize("who", ["coordinator", "executive"])
def test_nobody_finds_out_by_a_filter(sign_in, own, who):
    about, client = own(who), sign_in(who)

    for asked in ("level=1", "gap=behind", f"initiative={about.initiative_id}"):
        assert "Quux</a>" not in client.get(f"/stakeholders/?{asked}").text
    assert "Quux</a>" in client.get("/stakeholders/").text


def test_a_program_that_puts_its_owner_on_a_list_reads_nothing_of_it(sign_in, own):
    about = own("coordinator")
    address = f"/api/v1/stakeholders/{about.stakeholder_id}/interests/"

    answer = sign_in("coordinator").post(
        address, {"initiative": about.initiative_id}, content_type="application/json"
    )

    told = answer.json()
    assert (answer.status_code, told["id"]) == (201, about.pk)
    assert (told["current"], told["desired"], told["assessed_on"]) == (None, None, None)


def test_nobody_assesses_themselves(sign_in, own):
    about = own("coordinator")
    address = f"/stakeholders/{about.stakeholder_id}/initiatives/{about.pk}/"

    answer = sign_in("coordinator").post(
        address, {"on": "2026-02-01", "source": "manual", "current": "4"}
    )

    assert answer.status_code == 404
    assert Assessment.objects.count() == 1


def test_others_of_the_department_are_read_as_before(sign_in, cast, own):
    about = own("staff")

    assert WHY in sign_in("coordinator").get(f"/stakeholders/{about.stakeholder_id}/").text
    assert WHY in sign_in("executive").get(f"/stakeholders/{about.stakeholder_id}/").text


def test_who_leads_the_initiative_or_the_agency_reads_all_of_it(sign_in, cast, own, initiative):
    initiative.lead = cast.coordinator
    initiative.save()

    for who in ("coordinator", "lead", "administrator"):
        about = own(who)
        assert WHY in sign_in(who).get(f"/stakeholders/{about.stakeholder_id}/").text
