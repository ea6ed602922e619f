"""Progress from baseline to target: the published formula, for every number there is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from buyin.initiatives.progress import Aim, Suggestion, expected_share, progress, suggested

BEGINS, ENDS = date(2024, 1, 1), date(2026, 1, 1)
numbers = st.decimals(-(10**6), 10**6, places=2)
days = st.integers(0, 1500).map(lambda n: BEGINS + timedelta(days=n))


def aim(baseline, target, *, disbenefit=False, higher=None):
    if higher is None:
        higher = (target > baseline) != disbenefit
    return Aim(Decimal(baseline), BEGINS, Decimal(target), ENDS, higher, disbenefit)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share", "is_met"),
    [
        (41, 25, 41, "0", False),
        (41, 25, 29, "0.75", False),
        (41, 25, 25, "1", True),
        (41, 25, 21, "1.25", True),
        (41, 25, 45, "-0.25", False),
        (60, 80, 75, "0.75", False),
        (60, 80, 50, "-0.5", False),
    ],
)
def test_the_share_is_the_way_made_of_the_way_there_is(baseline, target, value, share, is_met):
    found = progress(aim(baseline, target), Decimal(value))

    assert (found.share, found.is_met) == (Decimal(share), is_met)


@pytest.mark.parametrize(
    ("value", "share", "is_kept"), [(0, "0", True), (3, "0.75", True), (4, "1", True), (5, "1.25", False)]
)  # fmt: skip
def test_of_a_dis_benefit_the_share_is_what_of_the_limit_is_used(value, share, is_kept):
    found = progress(aim(0, 4, disbenefit=True), Decimal(value))

    assert (found.share, found.is_met) == (Decimal(share), is_kept)


def test_a_limit_at_the_baseline_allows_nothing_and_has_no_share():
    limit = aim(10, 10, disbenefit=True, higher=False)

    assert progress(limit, Decimal(10)).share is None
    assert progress(limit, Decimal(10)).is_met
    assert not progress(limit, Decimal("10.01")).is_met
    assert progress(limit, Decimal(12)).percent is None


@given(numbers, numbers, numbers)
def test_baseline_is_nought_target_is_one_and_between_them_it_grows(baseline, target, value):
    assume(baseline != target)
    one = aim(baseline, target)

    assert progress(one, baseline).share == 0
    assert progress(one, target).share == 1
    found = progress(one, value)
    assert found.share is not None
    assert found.is_met == (found.share >= 1)


@given(numbers, numbers, numbers)
def test_it_is_the_same_way_when_lower_is_better(baseline, target, value):
    assume(baseline != target)

    there, mirrored = (
        progress(aim(baseline, target), value),
        progress(aim(-baseline, -target), -value),
    )

    assert there == mirrored


@given(numbers, numbers, numbers, st.integers(1, 1000))
def test_the_unit_makes_no_difference(baseline, target, value, factor):
    assume(baseline != target)

    one = progress(aim(baseline, target), value).share
    other = progress(aim(baseline * factor, target * factor), value * factor).share

    assert one is not None
    assert other is not None
    assert abs(one - other) < Decimal("1e-15") * max(abs(one), Decimal(1))


@given(numbers, numbers, numbers)
def test_no_percentage_is_rounded_up_to_the_whole_way(baseline, target, value):
    assume(baseline != target)
    found = progress(aim(baseline, target), value)

    assert (found.percent or 0) < 100 or found.is_met


@given(days)
def test_the_straight_line_runs_from_nought_to_one_and_no_further(day):
    share = expected_share(aim(41, 25), day)

    assert 0 <= share <= 1
    assert (share == 1) == (day >= ENDS)


@pytest.mark.parametrize(
    ("value", "day", "today", "state"),
    [
        (None, None, "2025-01-01", "planned"),
        (None, None, "2026-01-02", "at-risk"),
        (33, "2025-01-01", "2025-01-05", "on-track"),  # half of the time, half of the way
        (35, "2025-01-01", "2025-01-05", "at-risk"),
        (25, "2025-01-01", "2025-01-05", "realised"),
        (26, "2026-01-01", "2026-01-01", "not-realised"),
        (26, "2025-12-31", "2026-02-01", "at-risk"),  # nobody has measured since
        (45, "2024-06-01", "2024-06-01", "at-risk"),
    ],
)
def test_the_newest_value_suggests_a_state(value, day, today, state):
    newest = (Decimal(value), date.fromisoformat(day)) if day else None

    assert suggested(aim(41, 25), newest, date.fromisoformat(today)) == state


@pytest.mark.parametrize(
    ("value", "day", "state"),
    [
        (1, "2025-01-01", "on-track"),
        ("3.5", "2025-01-01", "at-risk"),
        (5, "2025-01-01", "at-risk"),
        (4, "2026-01-01", "realised"),
        (5, "2026-01-01", "not-realised"),
    ],
)
def test_a_dis_benefit_is_measured_against_its_limit(value, day, state):
    on = date.fromisoformat(day)

    assert suggested(aim(0, 4, disbenefit=True), (Decimal(value), on), on) == state


@given(numbers, numbers, numbers, days, days, st.booleans())
def test_a_met_target_is_never_said_to_be_missed(baseline, target, value, day, today, disbenefit):
    assume(baseline != target)
    one = aim(baseline, target, disbenefit=disbenefit)

    found = suggested(one, (value, day), max(day, today))

    is_met = progress(one, value).is_met
    assert not (is_met and found is Suggestion.NOT_REALISED)
    assert not (found is Suggestion.REALISED and not is_met)
