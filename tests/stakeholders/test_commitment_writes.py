"""What programs ask stakeholders for, and what comes of it: by the rules of the pages, once each."""

from uuid import uuid4

import pytest

from buyin.stakeholders.models import Commitment, CommitmentEntry
from tests.factories.commitments import make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

API = "/api/v1/commitments/"
JSON = "application/json"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def giver(cast, ours):
    return make_giver(cast.executive, ours)


@pytest.fixture
def asked(ours, giver):
    return make_commitment(initiative=ours, stakeholder=giver)


def body(to, by, **changed):
    return {
        "form": str(uuid4()), "initiative": to.pk, "stakeholder": by.pk,
        "kind": "funding", "title": "Money for the pilot", "requested": 40_000, "unit": "USD",
        "needed_by": "2027-01-31",
    } | changed  # fmt: skip


def entry(**changed):
    return {
        "form": str(uuid4()), "step": "pledged", "amount": "40000.50", "day": "2026-06-02",
    } | changed  # fmt: skip


def post(client, sent, address=API):
    return client.post(address, sent, JSON)


def enter(client, commitment, **changed):
    return post(client, entry(**changed), f"{API}{commitment.pk}/entries/")


def change(client, commitment, **changed):
    address = f"{API}{commitment.pk}/"
    seen = client.get(address).json().get("seen", "x")
    sent = {"seen": seen, "kind": "data", "title": "Maps", "requested": 3, "unit": "sets"}
    return client.put(address, sent | changed, JSON)


# Asking


def test_a_program_asks_once_and_reads_it_back(sign_in, cast, ours, giver):
    lead, sent = sign_in("lead"), body(ours, giver, conditions="After the budget")

    first, again = (post(lead, sent) for _sent in range(2))

    made = Commitment.objects.get()
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.json() == lead.get(f"{API}{made.pk}/").json()
    told = {name: first.json()[name] for name in sent if name not in {"form", "stakeholder"}}
    assert told == {name: sent[name] for name in told}
    assert (first.json()["giver"], first.json()["stage"]) == ("Executive Persona", "open")
    assert [(one["step"], one["amount"]) for one in first.json()["entries"]] == [
        ("requested", 40_000)
    ]
    assert made.entries.get().entered_by == cast.lead


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "luck"}, "kind"), ({"title": ""}, "title"), ({"title": "x" * 201}, "title"),
        ({"requested": 0}, "requested"), ({"requested": -1}, "requested"),
        ({"requested": "many"}, "requested"), ({"requested": "1.234"}, "requested"),
        ({"unit": ""}, "unit"), ({"stakeholder": 10**9}, "stakeholder"),
        ({"initiative": 10**9}, "initiative"), ({"needed_by": "soon"}, "needed_by"),
        ({"begins_on": "2027-02-01", "ends_on": "2027-01-01"}, "detail"), ({"form": "x"}, "form"),
        ({"pledged": 3}, "pledged"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_by_its_name(sign_in, ours, giver, changed, field):
    answer = post(sign_in("lead"), body(ours, giver, **changed))

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not Commitment.objects.exists()


def test_only_somebody_on_the_list_is_asked(sign_in, ours):
    answer = post(sign_in("lead"), body(ours, StakeholderFactory()))

    assert list(answer.json()) == ["stakeholder"]
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("who", ["coordinator", "executive", "staff", "neighbour"])
def test_who_may_not_change_the_initiative_asks_for_nothing(sign_in, ours, giver, who):
    answer = post(sign_in(who), body(ours, giver))

    assert answer.json() == {"initiative": ["There is no such initiative that you may change."]}
    assert not Commitment.objects.exists()


def test_who_leads_an_initiative_asks_those_on_its_list(sign_in, cast):
    own = InitiativeFactory(lead=cast.staff)
    somebody = InterestFactory(initiative=own).stakeholder

    assert post(sign_in("staff"), body(own, somebody)).status_code == 201


# Changing


def test_what_is_asked_is_changed_and_the_step_before_stays(sign_in, asked):
    lead = sign_in("lead")

    answer = change(lead, asked)

    assert answer.status_code == 200
    assert answer.json() == lead.get(f"{API}{asked.pk}/").json()
    told = {name: answer.json()[name] for name in ("kind", "title", "requested", "unit", "giver")}
    assert told == {
        "kind": "data", "title": "Maps", "requested": 3, "unit": "sets",
        "giver": "Executive Persona",
    }  # fmt: skip
    assert [one["amount"] for one in answer.json()["entries"]] == [3, 40_000]


def test_the_second_of_two_is_told_and_what_the_first_wrote_stays(sign_in, asked):
    first, second = sign_in("lead"), sign_in("administrator")
    old = second.get(f"{API}{asked.pk}/").json()["seen"]
    change(first, asked, title="From the lead")

    answer = change(second, asked, seen=old, title="From the administrator")

    assert answer.status_code == 409
    assert "Nothing was saved." in answer.json()["detail"]
    assert Commitment.objects.get().title == "From the lead"


def test_the_same_change_sent_twice_is_no_conflict_and_one_step(sign_in, asked):
    lead = sign_in("lead")
    old = lead.get(f"{API}{asked.pk}/").json()["seen"]

    first, again = (change(lead, asked, seen=old) for _sent in range(2))

    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (
        200, first.json(),
    )  # fmt: skip
    assert CommitmentEntry.objects.count() == 2


def test_what_is_left_out_by_who_has_not_seen_it_is_a_change_as_well(sign_in, asked):
    lead = sign_in("lead")
    change(lead, asked)
    old = lead.get(f"{API}{asked.pk}/").json()["seen"]
    change(lead, asked, conditions="After the budget")

    assert change(lead, asked, seen=old).status_code == 409
    assert change(lead, asked).json()["conditions"] == ""


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"stakeholder": 1}, "stakeholder"), ({"title": None}, "title"), ({"kind": "x"}, "kind"),
     ({"seen": None}, "seen"), ({"ends_on": "x"}, "ends_on")],
)  # fmt: skip
def test_a_change_that_does_not_hold_changes_nothing(sign_in, asked, changed, field):
    answer = change(sign_in("lead"), asked, **changed)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert Commitment.objects.get().title == asked.title


@pytest.mark.parametrize("who", ["executive", "coordinator", "neighbour"])
def test_who_gives_or_only_reads_does_not_change_what_is_asked(sign_in, asked, who):
    assert change(sign_in(who), asked).status_code == 404
    assert Commitment.objects.get().title == asked.title


# Steps


def test_who_is_asked_pledges_once(sign_in, cast, asked):
    executive, sent = sign_in("executive"), entry(evidence="Minutes", note="Said so")

    answers = [post(executive, sent, f"{API}{asked.pk}/entries/") for _sent in range(2)]

    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json() == executive.get(f"{API}{asked.pk}/").json()
    assert answers[0].json()["entries"][0] == {
        "step": "pledged", "amount": 40_000.5, "day": "2026-06-02", "note": "Said so",
        "evidence": "Minutes", "link": "", "entered_by": "Executive Persona",
    }  # fmt: skip
    assert (answers[0].json()["stage"], answers[0].json()["pledged"]) == ("pledged", 40_000.5)


@pytest.mark.parametrize("step", ["requested", "received"])
def test_who_gives_does_not_say_what_is_asked_or_has_arrived(sign_in, asked, step):
    assert list(enter(sign_in("executive"), asked, step=step).json()) == ["step"]
    assert enter(sign_in("lead"), asked, step=step).status_code == 201


def test_to_decline_needs_a_reason_and_no_amount(sign_in, asked):
    executive = sign_in("executive")

    refused = enter(executive, asked, step="declined", amount=None)
    declined = enter(executive, asked, step="declined", amount=None, note="No budget")

    assert refused.json() == {"detail": ["Say why it is declined: somebody has to plan anew."]}
    assert (declined.status_code, declined.json()["declined_on"]) == (201, "2026-06-02")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"step": "hoped"}, "step"), ({"amount": None}, "amount"), ({"amount": -1}, "amount"),
        ({"amount": "1.234"}, "amount"), ({"day": "2099-01-01"}, "day"), ({"day": None}, "day"),
        ({"link": "javascript:alert(1)"}, "link"), ({"form": "x"}, "form"), ({"by": "me"}, "by"),
    ],
)  # fmt: skip
def test_a_step_that_does_not_hold_is_refused_by_its_name(sign_in, asked, changed, field):
    answer = enter(sign_in("lead"), asked, **changed)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert CommitmentEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["coordinator", "staff", "neighbour"])
def test_nobody_else_notes_a_step(sign_in, asked, who):
    assert enter(sign_in(who), asked).status_code == 404
    assert CommitmentEntry.objects.count() == 1


def test_who_only_reads_a_commitment_is_not_told_what_a_step_needs(sign_in, cast, ours):
    near = StakeholderFactory(department=cast.roads)
    asked = make_commitment(initiative=ours, stakeholder=near)
    coordinator = sign_in("coordinator")

    assert coordinator.get(f"{API}{asked.pk}/").status_code == 200
    assert enter(coordinator, asked, step="hoped").status_code == 404
    assert change(coordinator, asked, kind="luck").status_code == 404
