"""The plan of an initiative: milestones, goals that departments share, agreements about data."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from buyin.initiatives.actions import save_agreement, save_goal, save_milestone
from buyin.initiatives.models import DataAgreement, Milestone, SharedGoal
from buyin.initiatives.queries.gates import checked
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_goal,
    make_milestone,
)

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-20 10:00Z", tick=False)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads], stage="pilot")


def at(initiative, path):
    return f"/initiatives/{initiative.pk}/{path}"


def milestone(**changed):
    return {"title": "Two desks", "due": "2026-12-01", "percent": "30"} | changed


def unmet(initiative, to):
    return {one.gate.code for one in checked(initiative, to) if not one.is_met}


# Milestones


@pytest.mark.parametrize(
    ("fields", "progress"),
    [
        ({"percent": 30}, 30),
        ({"steps": 3, "steps_done": 2}, 66),
        ({"steps": 3, "steps_done": 2, "percent": 5}, 66),
        ({"percent": 30, "done_on": TODAY}, 100),
        ({}, 0),
    ],
)
def test_progress_is_a_percentage_or_steps_of_all(ours, fields, progress):
    assert make_milestone(ours, due=TODAY, **fields).progress == progress


@pytest.mark.parametrize(
    ("fields", "late"),
    [
        ({"due": date(2026, 11, 19)}, True),
        ({"due": date(2026, 11, 20)}, False),
        ({"due": date(2026, 11, 19), "done_on": TODAY}, False),
        ({"due": date(2026, 11, 19), "is_given_up": True}, False),
    ],
)
def test_a_milestone_is_overdue_from_the_day_after(ours, fields, late):
    made = make_milestone(ours, **fields)

    assert made.is_overdue is late
    assert Milestone.objects.overdue(TODAY).exists() is late


def test_a_lead_adds_a_milestone_and_a_moved_day_keeps_the_first(sign_in, ours):
    client = sign_in("lead")
    client.post(at(ours, "milestones/add/"), milestone())
    made = Milestone.objects.get()

    client.post(at(ours, f"milestones/{made.pk}/"), milestone(due="2027-01-15", percent="40"))

    made.refresh_from_db()
    assert (made.planned, made.due) == (date(2026, 12, 1), date(2027, 1, 15))
    page = " ".join(client.get(at(ours, "plan/")).text.split())
    assert "due 15 January 2027, promised first for 1 December 2026" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "What is to be reached?:"),
        ({"due": "soon"}, "By:"),
        ({"percent": "101"}, "Progress in percent:"),
        ({"steps": "2", "steps_done": "3"}, "no more done than that"),
        ({"steps_done": "3"}, "Say how many steps there are"),
    ],
)
def test_a_milestone_that_does_not_hold_is_refused_in_words(sign_in, ours, changed, said):
    answer = sign_in("lead").post(at(ours, "milestones/add/"), milestone(**changed))

    assert answer.status_code == 200
    assert said in answer.text
    assert not Milestone.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"done_on": "2026-11-21"}, "This day is still to come."),
        ({"done_on": "2026-11-20", "is_given_up": "on"}, "either reached or given up"),
    ],
)
def test_an_end_of_a_milestone_that_does_not_hold_is_refused(sign_in, ours, changed, said):
    made = make_milestone(ours, due=TODAY)
    answer = sign_in("lead").post(at(ours, f"milestones/{made.pk}/"), milestone(**changed))

    assert said in answer.text
    made.refresh_from_db()
    assert (made.done_on, made.is_given_up) == (None, False)


def test_only_a_milestone_that_is_there_can_be_reached_or_given_up(sign_in, ours):
    client, made = sign_in("lead"), make_milestone(ours, due=TODAY)

    new = client.get(at(ours, "milestones/add/")).context["form"].fields
    old = client.get(at(ours, f"milestones/{made.pk}/")).context["form"].fields

    assert {*old} - {*new} >= {"done_on", "is_given_up"}
    assert "late" not in str(new["note"].help_text)


def test_one_press_says_that_a_milestone_is_reached(sign_in, ours):
    made = make_milestone(ours, due=date(2026, 11, 1))
    client = sign_in("lead")

    answer = client.post(at(ours, f"milestones/{made.pk}/done/"), follow=True)

    made.refresh_from_db()
    assert made.done_on == TODAY
    assert "Reached: All desks work with it" in answer.text
    assert client.post(at(ours, f"milestones/{made.pk}/done/")).status_code == 404


def test_what_is_open_stands_first_and_what_is_late_is_counted(sign_in, ours):
    make_milestone(ours, "Done", due=date(2026, 1, 1), done_on=date(2026, 1, 2))
    make_milestone(ours, "Late", due=date(2026, 11, 1))
    make_milestone(ours, "Dropped", due=date(2026, 10, 1), is_given_up=True)

    page = sign_in("staff").get(at(ours, "plan/"))

    assert [one.title for one in page.context["plan"].milestones] == ["Late", "Done", "Dropped"]
    words = " ".join(page.text.split())
    assert "1 of 2 are reached." in words
    assert "1 is overdue." in words
    assert "It is reached" not in words


def test_a_milestone_of_another_initiative_is_not_there(sign_in, ours):
    other = make_milestone(InitiativeFactory(), due=TODAY)

    for path in (f"milestones/{other.pk}/", f"milestones/{other.pk}/done/"):
        assert sign_in("lead").post(at(ours, path), milestone()).status_code == 404


# Goals


def goal(*departments, **changed):
    return {
        "goal": "Decide within two weeks",
        "departments": [one.pk for one in departments],
        "measure": "Median days",
        "target": "14 days",
        "due": "2026-12-18",
        "state": "on-track",
    } | changed


def test_two_departments_share_a_goal(sign_in, ours, cast):
    client = sign_in("lead")
    client.post(at(ours, "goals/add/"), goal(cast.roads, cast.clinic))
    made = SharedGoal.objects.get()

    client.post(at(ours, f"goals/{made.pk}/"), goal(cast.roads, cast.parks, state="reached"))

    made.refresh_from_db()
    assert (made.state, set(made.departments.all())) == ("reached", {cast.roads, cast.parks})
    assert "Decide within two weeks" in sign_in("staff").get(at(ours, "plan/")).text


def test_a_goal_of_one_department_is_shared_with_nobody(sign_in, ours, cast):
    answer = sign_in("lead").post(at(ours, "goals/add/"), goal(cast.roads))

    assert "A shared goal has at least two departments." in answer.text
    assert not SharedGoal.objects.exists()


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [("agreed", "2026-11-19", True), ("reached", "2026-11-19", False), ("at-risk", TODAY, False)],
)
def test_a_goal_is_overdue_while_it_is_open(ours, cast, state, due, late):
    made = make_goal(ours, cast.roads, cast.parks, state=state, due=due)
    made.refresh_from_db()

    assert made.is_overdue is late


# Agreements


def agreement(cast, **changed):
    return {
        "giver": cast.roads.pk,
        "taker": cast.clinic.pk,
        "shared": "Applications",
        "purpose": "To test it",
        "state": "asked",
    } | changed


def test_an_agreement_is_asked_for_and_then_signed(sign_in, ours, cast):
    client = sign_in("lead")
    client.post(at(ours, "agreements/add/"), agreement(cast))
    made = DataAgreement.objects.get()
    signed = agreement(cast, state="signed", signed_on="2026-11-02", legal_basis="Records Act")

    client.post(at(ours, f"agreements/{made.pk}/"), signed | {"expires_on": "2027-11-01"})

    made.refresh_from_db()
    assert (made.state, made.expires_on) == ("signed", date(2027, 11, 1))
    page = " ".join(sign_in("staff").get(at(ours, "plan/")).text.split())
    assert "signed 2 November 2026" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "signed", "signed_on": "2026-11-02"}, "a day and a legal basis"),
        ({"state": "signed", "legal_basis": "Act"}, "a day and a legal basis"),
        ({"signed_on": "2026-11-21"}, "This day is still to come."),
        (
            {"signed_on": "2026-11-02", "expires_on": "2026-11-01"},
            "cannot end before it was signed",
        ),
        ({"taker": ""}, "Who takes?:"),
    ],
)
def test_an_agreement_that_does_not_hold_is_refused_in_words(sign_in, ours, cast, changed, said):
    answer = sign_in("lead").post(at(ours, "agreements/add/"), agreement(cast, **changed))

    assert said in answer.text
    assert not DataAgreement.objects.exists()


def test_one_department_agrees_with_nobody_on_its_own_data(sign_in, ours, cast):
    typed = agreement(cast, taker=cast.roads.pk)

    answer = sign_in("lead").post(at(ours, "agreements/add/"), typed)

    assert "one gives, the other takes" in answer.text
    with pytest.raises(IntegrityError), transaction.atomic():
        make_agreement(ours, cast.roads, cast.roads)


def test_what_has_run_out_or_waits_is_marked(sign_in, ours, cast):
    signed = {"state": "signed", "signed_on": "2026-01-01"}
    make_agreement(ours, cast.roads, cast.clinic, expires_on="2026-11-19", **signed)
    make_agreement(ours, cast.parks, cast.clinic, review_on="2026-11-20", **signed)
    make_agreement(ours, cast.works, cast.clinic, review_on="2026-12-20", **signed)

    rows = sign_in("lead").get(at(ours, "plan/")).context["plan"].agreements

    assert [one.has_run_out for one in rows] == [True, False, False]
    assert [one.waits_for_review for one in rows] == [False, True, False]
    assert list(DataAgreement.objects.ending(TODAY)) == rows[:2]


# What the plan says before an initiative moves on


def test_the_plan_answers_its_checks(ours, cast):
    assert {"milestones"} <= unmet(ours, "deployed")
    make_milestone(ours, due=date(2026, 11, 1))
    made = make_agreement(ours, cast.roads, cast.clinic)
    assert {"on-time", "agreements"} <= unmet(ours, "deployed")
    assert "agreements-ended" not in unmet(ours, "retired")

    Milestone.objects.update(done_on=TODAY)
    DataAgreement.objects.update(state="signed", signed_on="2026-01-01")

    assert not {"on-time", "agreements", "milestones"} & unmet(ours, "deployed")
    assert "agreements-ended" in unmet(ours, "retired")
    DataAgreement.objects.filter(pk=made.pk).update(expires_on="2026-11-19")
    assert "agreements" in unmet(ours, "deployed")


# Rights and history


@pytest.mark.parametrize("path", ["milestones/add/", "goals/add/", "agreements/add/"])
def test_only_who_changes_the_initiative_changes_its_plan(sign_in, ours, path):
    assert sign_in("lead").get(at(ours, path)).status_code == 200
    for persona in ("staff", "coordinator", "executive", "neighbour"):
        assert sign_in(persona).get(at(ours, path)).status_code == 404


def test_actions_look_at_the_right_themselves(ours, cast):
    with pytest.raises(PermissionDenied):
        save_milestone(actor=cast.staff, milestone=Milestone(initiative=ours))
    with pytest.raises(PermissionDenied):
        save_goal(actor=cast.staff, shared=SharedGoal(initiative=ours), departments=[])
    with pytest.raises(PermissionDenied):
        save_agreement(actor=cast.staff, agreement=DataAgreement(initiative=ours))
    with pytest.raises(TypeError):
        save_milestone(actor=cast.lead, milestone=Milestone(initiative=ours), planned=TODAY)
    with pytest.raises(ValidationError):
        save_goal(actor=cast.lead, shared=SharedGoal(initiative=ours), departments=[cast.roads] * 2)


def test_a_moved_day_is_in_the_audit_trail(sign_in, ours, cast):
    made = make_milestone(ours, due=date(2026, 12, 1))

    sign_in("lead").post(at(ours, f"milestones/{made.pk}/"), milestone(due="2027-01-15"))

    entry = LogEntry.objects.filter(content_type__model="milestone").latest("pk")
    assert entry.actor == cast.lead
    assert entry.changes["due"] == ["2026-12-01", "2027-01-15"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_needs_as_many_queries_for_many_as_for_one(
    sign_in, ours, cast, django_assert_num_queries, count
):
    client = sign_in("lead")
    for _ in range(count):
        make_milestone(ours, due=TODAY)
        make_goal(ours, cast.roads, cast.parks)
        make_agreement(ours, cast.roads, cast.clinic)

    with django_assert_num_queries(6):
        client.get(at(ours, "plan/"))
