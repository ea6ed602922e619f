"""Benefits: what the database refuses, formal changes, and measurements that are never changed."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from buyin.initiatives.actions import add_measurement, save_benefit, set_state
from buyin.initiatives.models import Benefit, Measurement
from buyin.initiatives.queries import standing_of
from buyin.initiatives.wording import amount, message, state_words
from tests.factories.benefits import DAYS, make_benefit, make_measurement
from tests.factories.initiatives import InitiativeFactory

DAY = date(2026, 9, 30)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"baseline_on": None}, "give both"),
        ({"baseline_value": None}, "give both"),
        ({"target_on": None}, "give both"),
        ({"target_on": date(2024, 10, 1)}, "comes after"),
        ({"indicator": ""}, "which unit"),
        ({"unit": ""}, "which unit"),
        ({"target_value": 42}, "wrong side"),
        ({"target_value": 41}, "wrong side"),
        ({"direction": "higher"}, "wrong side"),
        ({"is_disbenefit": True}, "wrong side"),
        ({"is_disbenefit": True, "direction": "higher", "target_value": 141}, "wrong side"),
        ({"baseline_value": 9, "target_value": 100}, "wrong side"),
    ],
)
def test_what_does_not_hold_is_refused_by_the_database_and_in_words(ours, cast, changed, said):
    fields = DAYS | changed

    with pytest.raises(ValidationError, match=said):
        save_benefit(actor=cast.lead, benefit=Benefit(initiative=ours), **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Benefit.objects.create(initiative=ours, **fields)


@pytest.mark.parametrize(
    "changed",
    [
        {"is_disbenefit": True, "target_value": 41},
        {"is_disbenefit": True, "target_value": 45},
        {"direction": "higher", "target_value": "41.5"},
        {"kind": "qualitative", "indicator": "", "unit": "", "baseline_value": None,
         "baseline_on": None, "target_value": None, "target_on": None},
        {"baseline_value": None, "baseline_on": None},
    ],
)  # fmt: skip
def test_what_holds_is_saved(ours, cast, changed):
    made = save_benefit(actor=cast.lead, benefit=Benefit(initiative=ours), **(DAYS | changed))

    assert Benefit.objects.get() == made


def test_a_baseline_of_tomorrow_is_refused(ours, cast):
    fields = DAYS | {"baseline_on": timezone.localdate() + timedelta(days=1)}

    with pytest.raises(ValidationError, match="still to come"):
        save_benefit(actor=cast.lead, benefit=Benefit(initiative=ours), **fields)


def test_before_anybody_has_measured_what_is_agreed_changes_without_a_reason(ours, cast):
    benefit = make_benefit(ours)

    save_benefit(actor=cast.lead, benefit=benefit, target_value=Decimal(20))

    assert Benefit.objects.get().target_value == 20
    assert not benefit.changes.exists()


def test_once_measured_it_changes_with_a_reason_and_both_stay_readable(ours, cast):
    benefit = make_benefit(ours)
    make_measurement(benefit, 29, DAY)

    with pytest.raises(ValidationError, match="Say why"):
        save_benefit(actor=cast.lead, benefit=benefit, target_value=Decimal(20), reason="  ")
    assert Benefit.objects.get().target_value == 25
    save_benefit(
        actor=cast.lead,
        benefit=benefit,
        target_value=Decimal(20),
        target_on=date(2028, 1, 1),
        title="Decided sooner",
        reason="New law.",
    )

    assert {(one.what, one.before, one.after, one.reason) for one in benefit.changes.all()} == {
        ("target_value", "25.0000", "20", "New law."),
        ("target_on", "2027-06-30", "2028-01-01", "New law."),
    }
    assert Benefit.objects.get().title == "Decided sooner"


def test_once_measured_what_is_no_part_of_the_agreement_changes_freely(ours, cast):
    benefit = make_benefit(ours)
    make_measurement(benefit, 29, DAY)

    save_benefit(actor=cast.lead, benefit=benefit, owner=cast.staff, target_value=Decimal("25.0"))

    assert Benefit.objects.get().owner == cast.staff
    assert not benefit.changes.exists()


def test_a_form_sent_twice_writes_down_one_benefit_and_one_measurement(ours, cast):
    form, other = uuid4(), uuid4()
    for _ in range(2):
        benefit = save_benefit(
            actor=cast.lead, benefit=Benefit(initiative=ours), made_by_form=form, **DAYS
        )
        add_measurement(actor=cast.lead, benefit=benefit, made_by_form=other, value=30, day=DAY)

    assert (Benefit.objects.count(), Measurement.objects.count()) == (1, 1)


def test_the_owner_measures_and_changes_nothing_else(ours, cast):
    benefit = make_benefit(ours, owner=cast.staff)

    add_measurement(actor=cast.staff, benefit=benefit, value=30, day=DAY)

    for refused in (
        lambda: save_benefit(actor=cast.staff, benefit=benefit, title="Mine"),
        lambda: set_state(actor=cast.staff, benefit=benefit, state="realised"),
        lambda: add_measurement(actor=cast.coordinator, benefit=benefit, value=1, day=DAY),
    ):
        with pytest.raises(PermissionDenied):
            refused()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": timezone.localdate() + timedelta(days=2)}, "still to come"),
        ({"begins_on": date(2026, 10, 1)}, "begins after"),
        ({"link": "javascript:alert(1)"}, "https://"),
        ({"link": "//evil.example"}, "https://"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused(ours, cast, fields, said):
    with pytest.raises(ValidationError, match=said):
        add_measurement(
            actor=cast.lead, benefit=make_benefit(ours), **({"value": 30, "day": DAY} | fields)
        )
    assert not Measurement.objects.exists()


def test_a_correction_is_one_more_measurement_and_takes_the_place_of_the_wrong_one(ours, cast):
    benefit = make_benefit(ours)
    wrong = add_measurement(actor=cast.lead, benefit=benefit, value=92, day=DAY)

    add_measurement(actor=cast.lead, benefit=benefit, value=29, day=DAY, corrects=wrong)

    assert standing_of(benefit).value == 29
    assert list(benefit.measurements.values_list("value", flat=True)) == [29, 92]
    with pytest.raises(ValidationError, match="already"):
        add_measurement(actor=cast.lead, benefit=benefit, value=30, day=DAY, corrects=wrong)
    other = make_benefit(ours)
    with pytest.raises(ValidationError, match="already"):
        add_measurement(actor=cast.lead, benefit=other, value=30, day=DAY, corrects=wrong)


def test_figures_suggest_a_state_and_never_set_it(ours, cast):
    benefit = make_benefit(ours)
    add_measurement(actor=cast.lead, benefit=benefit, value=24, day=DAY)

    assert standing_of(benefit).suggested_state == "realised"
    assert Benefit.objects.get().state == "planned"

    set_state(actor=cast.lead, benefit=benefit, state="realised")

    assert standing_of(benefit).suggested_state is None
    assert [(c.before, c.after, c.changed_by) for c in benefit.changes.all()] == [
        ("planned", "realised", cast.lead)
    ]


@pytest.mark.parametrize("state", ["not-realised", "withdrawn"])
def test_what_did_not_come_is_said_with_the_reason(ours, cast, state):
    benefit = make_benefit(ours)

    with pytest.raises(ValidationError, match="Say why"):
        set_state(actor=cast.lead, benefit=benefit, state=state)
    set_state(actor=cast.lead, benefit=benefit, state=state, reason="Too few cases.")
    set_state(actor=cast.lead, benefit=benefit, state=state, reason="Too few cases.")

    assert Benefit.objects.get().state == state
    assert benefit.changes.get().reason == "Too few cases."


def test_what_is_withdrawn_gets_no_suggestion(ours):
    benefit = make_benefit(ours, state="withdrawn")
    make_measurement(benefit, 24, DAY)

    assert standing_of(benefit).suggested_state is None


@pytest.mark.parametrize(
    ("fields", "values", "said"),
    [
        ({}, [29], "Median days to decide fell from 41 to 29 days; target 25"),
        ({}, [44], "Median days to decide rose from 41 to 44 days; target 25"),
        ({}, [41], "Median days to decide is where it was, at 41 days; target 25"),
        ({"baseline_value": None, "baseline_on": None}, [29],
         "Median days to decide: 29 days; target 25"),
        ({"is_disbenefit": True, "target_value": 45, "target_on": DAY}, [43],
         "Median days to decide rose from 41 to 43 days; limit 45"),
        ({"target_value": None, "target_on": None}, [1234567],
         "Median days to decide rose from 41 to 1,234,567 days"),
    ],
)  # fmt: skip
def test_the_chart_says_its_message(ours, fields, values, said):
    benefit = make_benefit(ours, **fields)

    assert message(benefit, [make_measurement(benefit, Decimal(v), DAY) for v in values]) == said


def test_amounts_have_no_needless_zeros_and_states_of_limits_speak_of_limits(ours):
    benefit = make_benefit(ours, is_disbenefit=True, target_value=45, state="not-realised")

    assert amount(benefit, Decimal("12.5000")) == "12.5 days"
    assert amount(benefit, Decimal("100.0000")) == "100 days"
    assert amount(benefit, None) == "–"
    assert state_words(benefit) == "beyond its limit"
