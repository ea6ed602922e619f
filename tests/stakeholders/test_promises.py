"""How far a commitment has come, and how much of what is needed is covered."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.stakeholders.promises import Amounts, Stage, stage_of, total

AMOUNT = st.decimals(0, 10_000, places=2)
AMOUNTS = st.builds(Amounts, AMOUNT, AMOUNT, AMOUNT, AMOUNT)


def amounts(*four):
    return Amounts(*map(Decimal, four))


@pytest.mark.parametrize(
    ("four", "stage"),
    [
        ((10, 0, 0, 0), Stage.OPEN),
        ((10, 9, 0, 0), Stage.OPEN),
        ((10, 10, 0, 0), Stage.PLEDGED),
        ((10, 10, 9, 0), Stage.PLEDGED),
        ((10, 0, 10, 0), Stage.COMMITTED),
        ((10, 10, 12, 0), Stage.COMMITTED),
        ((10, 0, 10, 1), Stage.PARTLY),
        ((10, 0, 0, 10), Stage.RECEIVED),
        ((0, 0, 0, 0), Stage.OPEN),
        ((0, 0, 0, 1), Stage.RECEIVED),
    ],
)
def test_a_step_counts_once_it_reaches_what_is_requested(four, stage):
    assert stage_of(amounts(*four), is_declined=False) == stage
    assert stage_of(amounts(*four), is_declined=True) == Stage.DECLINED


@pytest.mark.parametrize(
    ("four", "coverage", "arrived"),
    [
        ((10, 10, 0, 0), 0, 0),
        ((10, 0, 4, 1), Decimal("0.4"), Decimal("0.1")),
        ((10, 0, 0, 6), Decimal("0.6"), Decimal("0.6")),
        ((10, 0, 20, 0), 2, 0),
        ((0, 5, 5, 5), None, None),
    ],
)
def test_what_is_signed_or_there_covers_what_is_requested_and_a_pledge_does_not(
    four, coverage, arrived
):
    assert (amounts(*four).coverage, amounts(*four).arrived) == (coverage, arrived)


@given(st.lists(AMOUNTS, max_size=6))
def test_a_sum_loses_nothing(several):
    found = total(several)

    assert found.requested == sum(one.requested for one in several)
    assert found.received == sum(one.received for one in several)


@given(AMOUNTS, AMOUNT)
def test_a_larger_commitment_never_covers_less(some, more):
    larger = Amounts(some.requested, some.pledged, some.committed + more, some.received)

    assert (larger.coverage or 0) >= (some.coverage or 0)
    assert (some.coverage is None) == (some.requested == 0)
