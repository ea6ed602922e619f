"""Several programs write at the same moment, on PostgreSQL: one is first, the others are told."""

from collections import Counter
from datetime import date
from uuid import uuid4

from django.test import Client

from buyin.stakeholders.actions import Point, note_engagement
from buyin.stakeholders.models import (
    Commitment,
    CommitmentEntry,
    DiscussionPoint,
    Engagement,
    Interest,
    LegalHold,
    PlannedActivity,
    Raci,
)
from tests.cast import make_cast
from tests.factories.commitments import make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import in_days, make_activity
from tests.factories.stakeholders import InterestFactory, StakeholderFactory
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL

API = "/api/v1/"


def sending(person, address, body, method="post"):
    """Return what sends a body as one person in a connection of its own, and how it was answered.

    The body may be a function of the number of the sender.
    """

    def send(number):
        client = Client()
        client.force_login(person)
        said = body(number) if callable(body) else body
        return getattr(client, method)(f"{API}{address}", said, "application/json")

    return send


def statuses(answers):
    return Counter(one.status_code for one in answers)


def test_one_engagement_that_is_sent_many_times_at_once_is_noted_once():
    cast = make_cast()
    union = StakeholderFactory(department=cast.roads)
    sent = {
        "form": str(uuid4()), "kind": "call", "day": "2026-10-01", "summary": "All went well.",
        "participants": [union.pk], "points": [{"text": "Send the plan"}],
        "follow_up_on": str(in_days(14)),
    }  # fmt: skip

    answers = at_once(sending(cast.coordinator, "engagements/", sent))

    assert statuses(answers) == {201: AT_ONCE}
    assert len({one.json()["id"] for one in answers}) == 1
    assert (Engagement.objects.count(), DiscussionPoint.objects.count()) == (1, 1)
    assert PlannedActivity.objects.count() == 1


def test_of_many_who_change_the_plan_at_once_one_does_and_the_others_are_told():
    cast = make_cast()
    planned = make_activity(owner=cast.people["staff"])
    client = Client()
    client.force_login(cast.people["staff"])
    address = f"planned-activities/{planned.pk}/"
    seen = client.get(f"{API}{address}").json()["seen"]

    def body(number):
        return {
            "seen": seen, "kind": "call", "purpose": f"Reason {number}", "cadence": None,
            "owner": cast.people["staff"].email, "due_on": str(in_days(9)),
        }  # fmt: skip

    answers = at_once(sending(cast.people["staff"], address, body, "put"))

    assert statuses(answers) == {200: 1, 409: AT_ONCE - 1}
    (won,) = [one.json() for one in answers if one.status_code == 200]
    assert PlannedActivity.objects.get().purpose == won["purpose"]


def test_of_many_who_become_accountable_at_once_one_is():
    cast = make_cast()
    ours = InitiativeFactory()
    people = [InterestFactory(initiative=ours).stakeholder_id for _ in range(AT_ONCE)]

    def body(number):
        return {"deliverable": "Go-live", "stakeholder": people[number], "part": "A"}

    answers = at_once(sending(cast.lead, f"initiatives/{ours.pk}/parts/", body))

    assert statuses(answers) == {201: 1, 400: AT_ONCE - 1}
    assert Raci.objects.count() == 1


def test_a_part_that_many_take_back_at_once_is_taken_once():
    cast = make_cast()
    about = InterestFactory()
    part = Raci.objects.create(
        initiative=about.initiative, stakeholder=about.stakeholder, deliverable="A", part="A"
    )
    address = f"initiatives/{about.initiative_id}/parts/{part.pk}/taken/"

    answers = at_once(sending(cast.lead, address, None))

    assert statuses(answers) == {200: 1, 404: AT_ONCE - 1}


def test_who_is_put_on_a_list_many_times_at_once_stands_there_once():
    cast = make_cast()
    ruth, ours = StakeholderFactory(department=cast.roads), InitiativeFactory()
    address = f"stakeholders/{ruth.pk}/interests/"

    answers = at_once(sending(cast.lead, address, {"initiative": ours.pk}))

    assert statuses(answers) == {201: AT_ONCE}
    assert Interest.objects.count() == 1


def test_of_many_holds_placed_at_once_one_is_there():
    cast = make_cast()
    ruth = StakeholderFactory(department=cast.roads)
    address = f"stakeholders/{ruth.pk}/holds/"

    answers = at_once(sending(cast.administrator, address, {"reason": "A lawsuit"}))

    assert statuses(answers) == {201: 1, 400: AT_ONCE - 1}
    assert LegalHold.objects.count() == 1


def test_a_point_that_is_finished_many_times_at_once_is_finished_on_its_day():
    cast = make_cast()
    call = note_engagement(
        actor=cast.people["lead"], participants=[StakeholderFactory()], kind="call", day=date(2026, 9, 30),
        summary="They want a trial first.", points=[Point("Send the plan", cast.people["staff"])],
    )  # fmt: skip
    point = call.points.get()

    answers = at_once(sending(cast.people["staff"], f"points/{point.pk}/done/", None))

    assert statuses(answers) == {200: AT_ONCE}
    assert {one.json()["done_on"] for one in answers} == {str(in_days(0))}


def test_reminders_that_are_stopped_many_times_at_once_are_stopped():
    cast = make_cast()

    answers = at_once(sending(cast.people["staff"], "my/reminders/", {"reminders": False}, "put"))

    assert statuses(answers) == {200: AT_ONCE}


def test_a_commitment_that_is_asked_for_and_pledged_many_times_at_once_is_so_once():
    cast = make_cast()
    ours = InitiativeFactory()
    giver = make_giver(cast.executive, ours)
    asked = {
        "form": str(uuid4()), "initiative": ours.pk, "stakeholder": giver.pk, "kind": "funding",
        "title": "Money", "requested": 40_000, "unit": "USD",
    }  # fmt: skip
    pledged = {"form": str(uuid4()), "step": "pledged", "amount": 40_000, "day": "2026-10-01"}

    asking = at_once(sending(cast.lead, "commitments/", asked))
    address = f"commitments/{asking[0].json()['id']}/entries/"
    pledging = at_once(sending(cast.executive, address, pledged))

    assert statuses(asking) == statuses(pledging) == {201: AT_ONCE}
    assert Commitment.objects.get().pledged == 40_000
    assert [one.step for one in CommitmentEntry.objects.order_by("pk")] == ["requested", "pledged"]


def test_of_many_who_change_a_commitment_at_once_one_does_and_the_others_are_told():
    cast = make_cast()
    asked = make_commitment(initiative=InitiativeFactory(lead=cast.people["staff"]))
    client, address = Client(), f"commitments/{asked.pk}/"
    client.force_login(cast.people["lead"])
    seen = client.get(f"{API}{address}").json()["seen"]

    def body(number):
        return {
            "seen": seen,
            "kind": "data",
            "title": f"Maps {number}",
            "requested": 3,
            "unit": "x",
        }

    answers = at_once(sending(cast.lead, address, body, "put"))

    assert statuses(answers) == {200: 1, 409: AT_ONCE - 1}


def test_of_many_who_change_a_record_at_once_one_does_and_the_others_are_told():
    cast = make_cast()
    ruth = StakeholderFactory(department=cast.roads)
    client, address = Client(), f"stakeholders/{ruth.pk}/"
    client.force_login(cast.people["lead"])
    seen = client.get(f"{API}{address}").json()["seen"]

    def body(number):
        return {"seen": seen, "name": f"Ruth {number}", "category": "it"}

    answers = at_once(sending(cast.lead, address, body, "put"))

    assert statuses(answers) == {200: 1, 409: AT_ONCE - 1}
