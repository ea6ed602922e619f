"""What holds of every plan: what is counted, what the database refuses, what the trail keeps."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.models import DataAgreement, Milestone
from buyin.initiatives.queries.plans import Plan
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_goal,
    make_milestone,
)

PAST, AHEAD = date(2020, 11, 1), date(2998, 12, 1)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads], stage="pilot")


@given(
    st.lists(
        st.sampled_from(
            [
                {"due": PAST},
                {"due": PAST, "done_on": PAST},
                {"due": PAST, "is_given_up": True},
                {"due": date(2999, 1, 1)},
            ]
        )
    )
)
def test_what_is_counted_is_what_is_reached_and_what_is_open(rows):
    plan = Plan([Milestone(**fields) for fields in rows], [], [])

    assert plan.counted == plan.reached + len(plan.coming)
    assert plan.overdue <= len(plan.coming) <= len(rows)


@given(st.integers(0, 100), st.integers(1, 1000), st.integers(0, 1000))
def test_progress_is_whole_only_when_all_is_done(percent, steps, done):
    done = min(done, steps)
    counted = Milestone(percent=percent, steps=steps, steps_done=done)

    assert 0 <= counted.progress <= 100
    assert (counted.progress == 100) is (done == steps)
    assert Milestone(percent=percent).progress == percent


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"percent": 101}, "milestone_has_at_most_100_percent"),
        ({"steps": 0}, "milestone_steps_are_some_of_all"),
        ({"steps_done": 1}, "milestone_steps_are_some_of_all"),
        ({"steps": 2, "steps_done": 3}, "milestone_steps_are_some_of_all"),
        ({"done_on": PAST, "is_given_up": True}, "milestone_is_reached_or_given_up"),
    ],
)
def test_the_database_keeps_no_milestone_that_contradicts_itself(ours, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_milestone(ours, due=AHEAD, **fields)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "signed", "legal_basis": "Act"}, "signed_agreement_has_day_and_basis"),
        (
            {"state": "signed", "signed_on": PAST, "legal_basis": ""},
            "signed_agreement_has_day_and_basis",
        ),
        ({"signed_on": AHEAD, "expires_on": PAST}, "agreement_ends_after_it_begins"),
    ],
)
def test_the_database_keeps_no_agreement_that_contradicts_itself(ours, cast, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_agreement(ours, cast.roads, cast.clinic, **fields)


def test_a_department_that_shares_data_cannot_be_deleted_unnoticed(ours, cast):
    make_agreement(ours, cast.parks, cast.clinic)

    with pytest.raises(ProtectedError):
        cast.parks.delete()

    assert DataAgreement.objects.get().giver == cast.parks


def test_who_joins_a_goal_is_in_the_audit_trail(sign_in, ours, cast):
    made = make_goal(ours, cast.roads, cast.parks)

    address = f"/initiatives/{ours.pk}/goals/{made.pk}/"
    typed = {"goal": "Decide at once", "measure": "Days", "target": "1", "state": "agreed"}
    both = [cast.roads.pk, cast.clinic.pk]

    sign_in("lead").post(address, {**typed, "due": "2026-12-18", "departments": both})

    entries = LogEntry.objects.filter(content_type__model="sharedgoal", object_pk=str(made.pk))
    changes = [one.changes["departments"] for one in entries if "departments" in one.changes]
    assert {(one["operation"], tuple(one["objects"])) for one in changes} >= {
        ("add", ("Clinic",)), ("delete", ("Parks",)),
    }  # fmt: skip
