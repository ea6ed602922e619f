"""Stages: what has to be in place, who moves an initiative on, and what stays to be read."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from buyin.initiatives.actions import Move, move
from buyin.initiatives.models import Stage, StageChange
from buyin.initiatives.queries.gates import GATES, checked, demanded
from tests.factories.initiatives import InitiativeFactory, make_change, make_milestone
from tests.factories.records import change, make_record
from tests.factories.sessions import make_finished, make_series, make_session
from tests.factories.surveys import make_wave

TODAY = "2026-11-20"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(f"{TODAY} 10:00Z", tick=False)


@pytest.fixture
def bare(cast):
    """An initiative of which nothing is written down but its name."""
    return InitiativeFactory(name="Pothole finder")


@pytest.fixture
def ours(cast):
    """An idea with all that the first step asks for, and a plan."""
    made = InitiativeFactory(
        name="Pothole finder", summary="Finds potholes.", lead=cast.lead, departments=[cast.roads]
    )
    make_change(made, "", "idea", day="2026-01-05")
    make_milestone(made, due="2027-01-15")
    return made


def address(initiative):
    return f"/initiatives/{initiative.pk}/stage/"


def typed(to, **changed):
    return {"start": "idea", "to": to, "day": TODAY, "note": ""} | changed


def codes(gates):
    return {gate.code for gate in gates}


def unmet(initiative, to, confirmed=()):
    return {one.gate.code for one in checked(initiative, to, confirmed) if not one.is_met}


# The list


def test_each_check_is_of_stages_that_there_are_and_stands_once():
    assert len(codes(GATES)) == len(GATES)
    assert {stage for gate in GATES for stage in gate.stages} == set(Stage) - {Stage.IDEA}


def test_a_step_that_leaves_a_stage_out_makes_its_checks_too():
    assert codes(demanded("idea", "deployed")) >= codes(demanded("idea", "pilot"))
    assert "operators-trained" in codes(demanded("idea", "deployed"))


@pytest.mark.parametrize("start", ["idea", "pilot", "deployed"])
def test_what_ends_has_the_checks_of_its_end_only(start):
    ends = {"end-told", "agreements-ended", "records-kept"}
    assert codes(demanded(start, "retired")) == ends


@pytest.mark.parametrize(("start", "to"), [("pilot", "idea"), ("retired", "deployed")])
def test_a_step_back_has_no_checks(start, to):
    assert demanded(start, to) == []


def test_the_portal_answers_what_it_knows(bare, ours):
    assert unmet(bare, "pre-deployment") == {"lead", "summary", "departments"}
    assert unmet(ours, "pre-deployment") == set()


def test_a_lead_whose_account_is_closed_leads_nothing(ours, cast):
    cast.lead.is_active = False
    cast.lead.save()
    ours.refresh_from_db()

    assert unmet(ours, "pre-deployment") == {"lead"}


def test_what_only_a_person_can_say_is_met_when_they_say_so(ours):
    said = ["operators-trained", "people-asked"]

    before, after = unmet(ours, "deployed"), unmet(ours, "deployed", said)

    assert before - after == {"operators-trained"}


def test_the_record_is_asked_for_what_the_coming_stage_needs(ours):
    (bare,) = [one for one in checked(ours, "pilot", ["record"]) if one.gate.code == "record"]
    assert bare.answer is not None
    assert bare.answer.detail.endswith("; and 15 more")
    assert not bare.is_met

    record = make_record(ours, benefits="")
    (told,) = [one.answer for one in checked(ours, "pilot") if one.gate.code == "record"]

    assert told is not None
    assert told.detail == "Missing: What good should it do, and what can it not do?"
    assert told.url == f"/initiatives/{ours.pk}/record/?for=pilot#complete"
    change(record, benefits="Two days sooner.")
    assert "record" not in unmet(ours, "pilot")


def test_people_were_asked_once_a_wave_has_opened(ours, cast):
    coming = make_wave(cast.roads, opens_at=timezone.now() + timedelta(days=2))
    type(coming.survey).objects.update(initiative=ours)
    assert "people-asked" in unmet(ours, "pilot")

    type(coming).objects.update(opens_at=timezone.now() - timedelta(days=1))

    assert "people-asked" not in unmet(ours, "pilot")


def test_people_were_asked_once_an_interview_is_finished(ours, cast):
    series = make_series(cast.lead, initiative=ours)
    make_session(series, cast.roads)
    assert "people-asked" in unmet(ours, "pilot")

    make_finished(series, cast.roads)

    assert "people-asked" not in unmet(ours, "pilot")


# The page


def test_the_next_stage_is_offered_with_its_checks(sign_in, ours):
    page = sign_in("lead").get(address(ours))

    assert page.context["to"] == "pre-deployment"
    assert [one.is_met for one in page.context["checks"]] == [True, True, True]
    assert "Next: “Pre-deployment”" in page.text


def test_who_may_not_change_it_reads_the_history_and_no_form(sign_in, ours):
    page = sign_in("staff").get(address(ours))

    assert "form" not in page.context
    assert "began in" in page.text
    assert sign_in("staff").post(address(ours), typed("pre-deployment")).status_code == 404
    assert sign_in("neighbour").get(address(ours)).status_code == 404


def test_a_step_whose_checks_are_met_needs_no_reason(sign_in, ours, cast):
    answer = sign_in("lead").post(address(ours), typed("pre-deployment"), follow=True)

    assert "It is in the stage “Pre-deployment” now." in answer.text
    ours.refresh_from_db()
    assert ours.stage == "pre-deployment"
    change = ours.stage_changes.first()
    assert (change.from_stage, change.day, change.by) == ("idea", date(2026, 11, 20), cast.lead)
    assert change.unmet == []


def test_a_step_with_something_missing_asks_for_the_reason_and_keeps_it(sign_in, ours):
    make_record(ours)
    client = sign_in("lead")

    asked = client.post(address(ours), typed("pilot"))
    assert asked.status_code == 200
    assert "Say why it moves on all the same." in asked.text
    assert client.get(address(ours), {"to": "pilot"}).context["form"].fields["note"].required
    assert not client.get(address(ours)).context["form"].fields["note"].required
    assert StageChange.objects.count() == 1

    note = "The council wants it in May."
    client.post(address(ours), typed("pilot", note=note))
    change = ours.stage_changes.first()
    assert (change.to_stage, change.note, change.unmet) == ("pilot", note, ["people-asked"])
    page = client.get(address(ours)).text
    assert "Not in place on that day:" in page
    assert "The people concerned were asked" in page


def test_a_step_back_asks_for_the_reason(sign_in, ours):
    type(ours).objects.update(stage="pilot")
    client = sign_in("lead")

    asked = client.post(address(ours), typed("idea", start="pilot"))
    done = client.post(address(ours), typed("idea", start="pilot", note="No money."))

    assert "Say why it goes back." in asked.text
    assert done.status_code == 302
    ours.refresh_from_db()
    assert ours.stage == "idea"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-21", "This day is still to come."),
        ("2026-01-04", "It came into its present stage after this day."),
        ("", "Since which day?"),
    ],
)
def test_a_day_that_cannot_be_is_refused(sign_in, ours, day, said):
    answer = sign_in("lead").post(address(ours), typed("pre-deployment", day=day))

    assert answer.status_code == 200
    assert said in answer.text
    assert StageChange.objects.count() == 1


def test_who_comes_second_is_told_that_it_has_moved(sign_in, ours, cast):
    client = sign_in("lead")
    client.post(address(ours), typed("pre-deployment"))

    again = client.post(address(ours), typed("pre-deployment"))
    other = client.post(address(ours), typed("pilot", note="Why not"))

    assert "Somebody else has moved it meanwhile." in other.text
    assert again.status_code == 200
    assert StageChange.objects.count() == 2


@pytest.mark.parametrize("to", ["launched", "", "idea"])
def test_a_stage_that_there_is_not_falls_back_to_the_next(sign_in, ours, to):
    page = sign_in("lead").get(address(ours), {"to": to})

    assert page.context["to"] == "pre-deployment"


def test_what_has_ended_offers_the_way_back_only(sign_in, ours):
    type(ours).objects.update(stage="retired")

    page = sign_in("lead").get(address(ours))

    assert "form" not in page.context
    assert "It has come to its end." in page.text
    assert "Back to “Deployed”" in page.text


@pytest.mark.parametrize("changes", [1, 4])
def test_the_page_needs_as_many_queries_for_a_long_history(
    sign_in, ours, cast, django_assert_num_queries, changes
):
    client = sign_in("lead")
    for number in range(changes):
        make_change(ours, "idea", "pilot", day=f"2026-02-0{number + 1}", by=cast.staff)

    with django_assert_num_queries(12):
        client.get(address(ours))


def test_the_overview_shows_the_stages_with_their_days(sign_in, ours):
    page = sign_in("staff").get(f"/initiatives/{ours.pk}/")

    assert 'aria-current="step"' in page.text
    assert [(step.stage.value, step.since) for step in page.context["steps"]][:2] == [
        ("idea", date(2026, 1, 5)),
        ("pre-deployment", None),
    ]


# What is kept


def test_moving_needs_the_right_to_whichever_way_it_comes(ours, cast):
    with pytest.raises(PermissionDenied):
        move(actor=cast.staff, initiative=ours, wanted=Move("idea", "pilot", date(2026, 11, 1)))


def test_moving_to_where_it_is_is_refused(ours, cast):
    with pytest.raises(ValidationError, match="in this stage already"):
        move(actor=cast.lead, initiative=ours, wanted=Move("idea", "idea", date(2026, 11, 1)))

    with pytest.raises(IntegrityError), transaction.atomic():
        make_change(ours, "idea", "idea", day="2026-02-02")


def test_each_step_is_in_the_audit_trail(sign_in, ours, cast):
    sign_in("lead").post(address(ours), typed("pre-deployment"))

    entry = LogEntry.objects.filter(content_type__model="stagechange").latest("pk")
    assert (entry.action, entry.actor) == (LogEntry.Action.CREATE, cast.lead)
