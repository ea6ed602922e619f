"""Where a page names somebody or a gap, the next step is one click away, and none leads nowhere."""

from datetime import timedelta
from urllib.parse import quote

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


def test_with_whom_contact_is_overdue_a_call_within_days_is_proposed(sign_in, cast, rob):
    page = sign_in("coordinator").get(f"/stakeholders/plan/new/?stakeholder={rob.pk}")

    begun = page.context["form"].initial
    assert (begun["kind"], begun["owner"]) == ("call", cast.coordinator.email)
    assert begun["due_on"] >= in_days(7)
    assert "Be in touch again" in page.text
    assert "Somebody is to be in touch with them." in page.text


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


# Somebody who is missing, and known already


def test_who_fits_and_is_known_is_put_on_the_list_and_one_is_back(sign_in, cast):
    ours = InitiativeFactory(lead=cast.lead, departments=[cast.roads])
    ann = StakeholderFactory(name="Ann Lee", category="representative", department=cast.roads)
    StakeholderFactory(name="Carl", category="representative", department=cast.clinic)
    on_it = StakeholderFactory(name="Otto", category="representative", department=cast.roads)
    InterestFactory(stakeholder=on_it, initiative=ours)
    asked = f"?initiative={ours.pk}&category=representative&department={cast.roads.pk}"
    lead = sign_in("lead")

    page = lead.get(f"/stakeholders/add/{asked}")
    assert [one.name for one in page.context["found"]] == ["Ann Lee"]
    back = f"/initiatives/{ours.pk}/people/missing/"
    step = f"/stakeholders/{ann.pk}/initiatives/add/?back={quote(back, safe='')}"
    assert f'action="{step}"' in page.text

    assert lead.post(step, {"initiative": ours.pk}).url == back
    assert ann.interests.get().initiative == ours


def test_nobody_is_offered_where_nothing_is_asked_for(sign_in, cast):
    ours = InitiativeFactory(lead=cast.lead)
    StakeholderFactory()
    lead = sign_in("lead")

    for address in (f"/stakeholders/add/?initiative={ours.pk}", "/stakeholders/add/"):
        assert "They fit what is missing" not in lead.get(address).text
    assert lead.get("/stakeholders/add/?category=union&department=x").status_code == 200


def test_who_notes_an_overdue_talk_is_back_at_the_list(sign_in, rob):
    coordinator = sign_in("coordinator")
    step = f"/stakeholders/log/new/?stakeholder={rob.pk}&back=%2Fstakeholders%2Flog%2Foverdue%2F"
    assert step.replace("&", "&amp;") in coordinator.get("/stakeholders/log/overdue/").text

    typed = {
        "kind": "call", "day": str(timezone.localdate()), "participants": [rob.pk],
        "summary": "All is well",
    }  # fmt: skip
    assert 'href="/stakeholders/log/overdue/"' in coordinator.get(step).text
    answer = coordinator.post(step, typed, follow=True)

    assert "Everybody was spoken with as planned." in answer.text
    assert coordinator.post(step.replace("%2Fstake", "%2F%2Fstake"), typed).url != "//stakeholders"


@pytest.mark.parametrize("is_planned", [True, False])
def test_who_assesses_somebody_in_a_gap_sees_what_is_planned(sign_in, cast, rob, is_planned):
    ours = InitiativeFactory(lead=cast.lead)
    gap = InterestFactory(
        stakeholder=rob, initiative=ours, current=Level.RESISTANT, desired=Level.SUPPORTIVE
    )
    if is_planned:
        make_activity(rob, owner=cast.staff, initiative=ours)

    page = sign_in("lead").get(f"/stakeholders/{rob.pk}/initiatives/{gap.pk}/").text

    assert ("Plan something: Rob Roads" in page) != is_planned
