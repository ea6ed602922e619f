"""Where a level and what happened since do not agree: days and numbers alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.stakeholders.evidence import QUIET_DAYS, Against, Clash, Facts, against, trend

DAY = date(2026, 11, 26)
UNAWARE, RESISTANT, NEUTRAL, SUPPORTIVE, LEADING = range(5)


def ago(days):
    return DAY - timedelta(days=days)


def moods(*pairs):
    return [(ago(days), mood) for days, mood in pairs]


def found(level, *, assessed=300, **facts):
    said = Facts(level=level, assessed_on=ago(assessed), **facts)
    return {one.clash: one.number for one in against(said, DAY)}


# Silence


@pytest.mark.parametrize("level", [SUPPORTIVE, LEADING])
@pytest.mark.parametrize(
    ("assessed", "met", "months"),
    [
        (300, [], 10),
        (QUIET_DAYS, [], 6),
        (QUIET_DAYS - 1, [], None),
        (300, [ago(213)], 7),
        (300, [ago(400), ago(181)], None),
        (300, [ago(400), ago(182)], 6),
        (300, [ago(400)], 10),
        (10, [ago(400)], None),
    ],
)
def test_half_a_year_without_contact_speaks_against_support(level, assessed, met, months):
    expected = {} if months is None else {Clash.QUIET: months}

    assert found(level, assessed=assessed, met=met) == expected


@pytest.mark.parametrize("level", [UNAWARE, RESISTANT, NEUTRAL])
def test_silence_says_nothing_of_those_who_do_not_support(level):
    assert found(level) == {}


# Promises


@pytest.mark.parametrize(
    ("days", "number"), [([], None), ([100], 1), ([100, 50], 2), ([301], None), ([300], None)]
)
@pytest.mark.parametrize(
    ("level", "fact", "clash"),
    [
        (LEADING, "late", Clash.LATE),
        (SUPPORTIVE, "declined", Clash.DECLINED),
        (RESISTANT, "given", Clash.GIVES),
        (UNAWARE, "met", Clash.TOLD),
    ],
)
def test_what_came_after_the_assessment_speaks_and_what_came_before_does_not(
    days, number, level, fact, clash
):
    facts = {"met": [ago(1)]} if level >= SUPPORTIVE else {}
    facts |= {fact: sorted(ago(one) for one in days)}

    assert found(level, **facts) == ({} if number is None else {clash: number})


@pytest.mark.parametrize(
    ("level", "facts"),
    [
        (RESISTANT, {"late": [ago(5)], "declined": [ago(5)], "met": [ago(5)]}),
        (SUPPORTIVE, {"given": [ago(5)], "met": [ago(5)]}),
        (NEUTRAL, {"late": [ago(5)], "declined": [ago(5)], "given": [ago(5)], "met": [ago(5)]}),
        (UNAWARE, {"late": [ago(5)], "given": [ago(5)]}),
    ],
)
def test_what_fits_a_level_does_not_speak_against_it(level, facts):
    assert found(level, **facts) == {}


# How engagements went


@pytest.mark.parametrize(
    ("said", "cools", "warms"),
    [
        ([], False, False),
        ([(9, -2)], False, False),
        ([(9, -1), (5, -1)], True, False),
        ([(9, -2), (5, 0)], True, False),
        ([(9, -1), (5, 0)], False, False),
        ([(90, 2), (9, -1), (5, -1)], True, False),
        ([(90, -2), (9, 1), (5, 1)], False, True),
        ([(9, 2), (5, 0)], False, True),
        ([(350, -2), (320, -2)], False, False),
        ([(350, -2), (5, -2)], False, False),
    ],
)
def test_the_last_two_engagements_since_then_turn_a_level_and_one_bad_day_does_not(
    said, cools, warms
):
    supports = found(LEADING, met=[ago(5)], moods=moods(*said))
    resists = found(RESISTANT, moods=moods(*said))

    assert (Clash.COOLED in supports, Clash.WARMED in supports) == (cools, False)
    assert (Clash.COOLED in resists, Clash.WARMED in resists) == (False, warms)


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ([], 0), ([2], 0), ([0, 1], 1), ([1, 0], -1), ([1, 1], 0), ([0, 2, 1], 0),
        ([-1, -1, 1, 2], 1), ([2, 2, 0, -1], -1), ([0, 0, 1], 1),
    ],
)  # fmt: skip
def test_a_trend_compares_the_later_half_with_the_earlier(said, way):
    assert trend([(ago(100 - n), mood) for n, mood in enumerate(said)]) == way


# Always


def test_nothing_speaks_against_what_nobody_assessed():
    assert against(Facts(met=[ago(5)], late=[ago(5)]), DAY) == []
    assert against(Facts(level=LEADING, late=[ago(5)]), DAY) == []


def test_several_reasons_stand_together():
    facts = Facts(level=LEADING, assessed_on=ago(300), late=[ago(20)], met=[ago(213)])

    assert against(facts, DAY) == [Against(Clash.QUIET, 7), Against(Clash.LATE, 1)]


DAYS = st.lists(st.integers(0, 900), max_size=6).map(lambda days: sorted(ago(one) for one in days))
MOODS = st.lists(st.tuples(st.integers(0, 900), st.integers(-2, 2)), max_size=6).map(
    lambda pairs: sorted((ago(days), mood) for days, mood in pairs)
)
FACTS = st.builds(
    Facts,
    level=st.sampled_from([None, 0, 1, 2, 3, 4]),
    assessed_on=st.one_of(st.none(), st.integers(0, 900).map(ago)),
    met=DAYS,
    moods=MOODS,
    late=DAYS,
    declined=DAYS,
    given=DAYS,
)


@given(facts=FACTS)
def test_to_assess_again_today_settles_all_of_it_whichever_level_it_is_then(facts):
    for level in range(5):
        again = Facts(
            level=level, assessed_on=DAY, met=facts.met, moods=facts.moods, late=facts.late,
            declined=facts.declined, given=facts.given,
        )  # fmt: skip
        assert against(again, DAY) == []


@given(facts=FACTS)
def test_each_reason_is_named_once_with_a_number_that_counts_something(facts):
    reasons = against(facts, DAY)

    assert len({one.clash for one in reasons}) == len(reasons)
    assert all(one.number > 0 for one in reasons)
