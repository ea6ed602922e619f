"""What is kept of benefits, decisions, risks and stories: who wrote what, who took it away."""

from datetime import date
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from buyin.accounts.models import SecurityEvent
from buyin.initiatives.models import Benefit, Decision, DecisionInput, Measurement, RaidItem, Story
from tests.factories.benefits import (
    DAYS,
    make_benefit,
    make_decision,
    make_measurement,
    make_risk,
    make_story,
)
from tests.factories.initiatives import InitiativeFactory

DAY = date(2026, 9, 30)
BENEFIT = {name: str(value) for name, value in DAYS.items()}


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def place(ours):
    return f"/initiatives/{ours.pk}/"


def kept(model: Any, action: int) -> Any:
    """Return the newest entry of the trail about rows of this kind."""
    rows = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), action=action
    )
    return rows.order_by("-pk").first()


@pytest.mark.parametrize(
    ("address", "sent", "model"),
    [
        ("benefits/add/", BENEFIT, Benefit),
        ("decisions/add/", {"title": "Buy", "decided_on": "2026-05-12", "decided_by": "Board",
                            "rationale": "It pays."}, Decision),
        ("risks/add/", {"kind": "issue", "statement": "Late", "category": "time",
                        "status": "open", "raised_on": "2026-05-12"}, RaidItem),
        ("stories/add/", {"title": "Sooner", "challenge": "Waiting.", "done": "Sorting.",
                          "result": "Less."}, Story),
    ],
)  # fmt: skip
def test_the_trail_keeps_who_wrote_what_down(sign_in, cast, place, address, sent, model):
    sign_in("lead").post(f"{place}{address}", sent)

    entry = kept(model, LogEntry.Action.CREATE)
    assert (entry.object_pk, entry.actor) == (str(model.objects.get().pk), cast.lead)
    assert "made_by_form" not in entry.changes
    text = sent.get("title", sent.get("statement"))
    assert text in {after for _before, after in entry.changes.values()}


def test_the_trail_keeps_both_the_old_and_the_new_of_an_edit(sign_in, cast, ours, place):
    made = make_risk(ours, 3, 4)
    sent = {"kind": "risk", "statement": made.statement, "category": "quality", "probability": "3",
            "impact": "2", "response": "mitigate", "status": "open",
            "raised_on": made.raised_on.isoformat()}  # fmt: skip

    sign_in("administrator").post(f"{place}risks/{made.pk}/edit/", sent)

    entry = kept(RaidItem, LogEntry.Action.UPDATE)
    assert entry.changes == {"impact": ["4", "2"]}
    assert entry.actor == cast.administrator


def test_the_trail_keeps_each_step_of_a_story(sign_in, cast, ours, place):
    measured = make_measurement(make_benefit(ours), 29, DAY)
    story = make_story(ours, measurement=measured, written_by=cast.lead)
    other = sign_in("administrator")

    for step in ("clear", "publish", "take-back"):
        other.post(f"{place}stories/{story.pk}/{step}/")

    rows = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Story), action=LogEntry.Action.UPDATE
    )
    assert [one.changes["state"] for one in rows.order_by("pk")] == [
        ["draft", "cleared"], ["cleared", "published"], ["published", "draft"],
    ]  # fmt: skip
    assert {one.actor for one in rows} == {cast.administrator}


def test_the_trail_keeps_what_a_decision_rests_on_no_longer(sign_in, cast, ours, place):
    decision = make_decision(ours)
    gone = decision.inputs.create(kind="survey", text="Wave 2", link="/surveys/")

    sign_in("lead").post(f"{place}decisions/{decision.pk}/inputs/{gone.pk}/remove/")

    entry = kept(DecisionInput, LogEntry.Action.DELETE)
    assert (entry.object_repr, entry.actor) == ("Wave 2", cast.lead)


def test_what_a_decision_rests_on_is_taken_away_at_its_own_page_only(sign_in, ours, place):
    mine, other = make_decision(ours), make_decision(ours)
    row = other.inputs.create(kind="survey", text="Wave 2")

    sign_in("lead").post(f"{place}decisions/{mine.pk}/inputs/{row.pk}/remove/")

    assert other.inputs.get() == row


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("benefits.csv", "Benefits register"),
        ("{ours}/benefits/{benefit}/measurements.csv", "Measurements: Permits are decided sooner"),
    ],
)
def test_who_takes_a_file_away_is_written_down(sign_in, cast, ours, address, detail):
    benefit = make_benefit(ours)
    place = "/initiatives/" + address.format(ours=ours.pk, benefit=benefit.pk)

    sign_in("staff").get(place).getvalue()

    event = SecurityEvent.objects.filter(kind="exported").get()
    assert (event.actor, event.detail) == (cast.staff, detail)


def test_a_file_that_one_may_not_have_is_no_event(sign_in, cast):
    theirs = InitiativeFactory(name="Zip", departments=[cast.clinic])
    benefit = make_benefit(theirs)

    answer = sign_in("staff").get(
        f"/initiatives/{theirs.pk}/benefits/{benefit.pk}/measurements.csv"
    )

    assert answer.status_code == 404
    assert not SecurityEvent.objects.filter(kind="exported").exists()


def test_a_number_that_a_story_tells_and_one_that_was_corrected_cannot_be_deleted(ours):
    benefit = make_benefit(ours)
    wrong = make_measurement(benefit, 92, DAY)
    right = make_measurement(benefit, 29, DAY, corrects=wrong)
    make_story(ours, measurement=right)

    for one in (wrong, right):
        with pytest.raises(ProtectedError):
            one.delete()
    assert Measurement.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("benefit_change_has_a_reason",
         lambda b: b.changes.create(what="target_value", before="25", after="20")),
        ("measurement_period_ends_after_it_begins",
         lambda b: make_measurement(b, 29, DAY, begins_on=date(2026, 10, 1))),
    ],
)  # fmt: skip
def test_the_database_refuses_by_name(ours, name, make):
    benefit = make_benefit(ours)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(benefit)


def test_a_change_of_state_needs_no_reason_and_a_period_may_be_one_day(ours):
    benefit = make_benefit(ours)

    benefit.changes.create(what="state", before="planned", after="on-track")
    make_measurement(benefit, 29, DAY, begins_on=DAY)

    assert (benefit.changes.count(), benefit.measurements.count()) == (1, 1)


def test_one_measurement_is_corrected_once_whoever_writes(ours):
    benefit = make_benefit(ours)
    wrong = make_measurement(benefit, 92, DAY)
    make_measurement(benefit, 29, DAY, corrects=wrong)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_measurement(benefit, 30, DAY, corrects=wrong)


def test_what_people_wrote_stays_when_they_are_gone(sign_in, cast, ours, place):
    benefit = make_benefit(ours, owner=cast.coordinator)
    make_measurement(benefit, 29, DAY, entered_by=cast.coordinator)
    benefit.changes.create(
        what="state", before="planned", after="at-risk", changed_by=cast.coordinator
    )
    decision = make_decision(ours, decider=cast.coordinator, decided_by="Coordinator Persona")
    make_risk(ours, owner=cast.coordinator)
    cast.coordinator.delete()
    staff = sign_in("staff")

    shown = staff.get(f"{place}benefits/{benefit.pk}/").text

    assert "29 days" in shown
    assert "nobody yet" in shown
    assert "Entered by" not in shown
    assert "Coordinator Persona" in staff.get(f"{place}decisions/{decision.pk}/").text
    assert "nobody yet" in staff.get(f"{place}risks/").text
