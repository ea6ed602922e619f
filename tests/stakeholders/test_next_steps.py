"""Where a page names somebody or a gap, the next step is one click away, and none leads nowhere."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from buyin.fatigue import MUCH_MEETINGS
from buyin.stakeholders.models import Level
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_met
from tests.factories.plan import in_days, make_activity
from tests.factories.stakeholders import ContactFactory, InterestFactory, StakeholderFactory


@pytest.fixture
def rob(cast):
    return StakeholderFactory(name="Rob Roads", department=cast.roads, cadence=7)


def test_the_list_of_overdue_contact_leads_to_each_of_them(sign_in, rob):
    page = sign_in("coordinator").get("/stakeholders/log/overdue/").text

    assert f'href="/stakeholders/{rob.pk}/"' in page


def test_who_notes_contact_that_was_overdue_comes_back_to_the_list(sign_in, rob):
    coordinator, overdue = sign_in("coordinator"), "/stakeholders/log/overdue/"
    assert f'href="{overdue}"' in coordinator.get("/stakeholders/").text
    noting = f"/stakeholders/log/new/?stakeholder={rob.pk}&back={overdue}"
    assert f'href="{overdue}"' in coordinator.get(noting).text

    typed = {
        "kind": "call", "day": timezone.localdate(), "participants": [rob.pk], "summary": "All well."
    }  # fmt: skip
    answer = coordinator.post(noting, typed)

    assert answer.url == overdue
    assert f'href="/stakeholders/{rob.pk}/"' not in coordinator.get(overdue).text


def test_the_list_of_much_contact_says_what_could_wait(sign_in, cast, rob):
    for number in range(MUCH_MEETINGS):
        make_met(rob, kind="call", day=timezone.localdate() - timedelta(days=number + 1))
    lead = sign_in("lead")
    assert "nothing" in lead.get("/stakeholders/contact/").text

    made = make_activity(rob, owner=cast.staff)

    assert f'href="/stakeholders/plan/{made.pk}/"' in lead.get("/stakeholders/contact/").text


def test_the_day_of_what_was_planned_is_said_as_days_are_written(sign_in, cast, rob):
    day = in_days(7)
    typed = {
        "kind": "meeting", "purpose": "Hear them", "participants": [rob.pk],
        "owner": cast.lead.email, "due_on": day.isoformat(),
    }  # fmt: skip
    answer = sign_in("lead").post("/stakeholders/plan/new/", typed, follow=True)

    assert f"Planned for {date_format(day)}." in answer.text


@pytest.mark.parametrize("may", [True, False])
def test_a_plan_is_proposed_only_with_whom_one_may_contact(sign_in, cast, may):
    ours = InitiativeFactory(lead=cast.lead)
    person = ContactFactory(name="Ann Lee", contact_permitted=may)
    ann = StakeholderFactory(name="Ann Lee", person=person, department=cast.roads)
    InterestFactory(
        stakeholder=ann, initiative=ours, current=Level.RESISTANT, desired=Level.SUPPORTIVE
    )
    lead = sign_in("lead")

    for page in ("/stakeholders/", f"/initiatives/{ours.pk}/people/", f"/stakeholders/{ann.pk}/"):
        assert ("Plan something: Ann Lee" in lead.get(page).text) == may
