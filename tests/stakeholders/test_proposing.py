"""What is proposed about a gap: every rule has its case, its words, and a day that can be kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.stakeholders.models import Cadence, Category, Channel, Engagement, Level
from buyin.stakeholders.proposing import (
    BY_CHANNEL,
    RULES,
    Case,
    Rule,
    day_for,
    next_day,
    propose,
)
from buyin.stakeholders.standing import Quadrant, Salience
from buyin.stakeholders.wording import PROPOSALS

CASES = st.builds(
    Case,
    category=st.sampled_from(Category.values),
    current=st.sampled_from(Level.values),
    desired=st.sampled_from(Level.values),
    quadrant=st.sampled_from([None, *Quadrant]),
    salience=st.sampled_from([None, *Salience]),
    channel=st.sampled_from(["", *Channel.values]),
)
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))
UNAWARE, RESISTANT, NEUTRAL, SUPPORTIVE, LEADING = Level.values
CLOSE, SATISFIED = Quadrant.MANAGE_CLOSELY, Quadrant.KEEP_SATISFIED


def case(category="it", current=RESISTANT, desired=SUPPORTIVE, **known):
    return Case(category=category, current=current, desired=desired, **known)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (case("budget-holder", quadrant=CLOSE), "hear-who-pays"),
        (case("decision-maker", quadrant=SATISFIED), "hear-who-pays"),
        (case("budget-holder", UNAWARE, quadrant=CLOSE), "tell-in-person"),
        (case("end-user", UNAWARE), "show-first"),
        (case("union", salience=Salience.DANGEROUS), "answer-now"),
        (case("union", salience=Salience.DORMANT), "work-through-worries"),
        (case("citizens", NEUTRAL, salience=Salience.DEMANDING), "work-through-worries"),
        (case("expert", NEUTRAL), "let-them-test"),
        (case("end-user", NEUTRAL, quadrant=Quadrant.MONITOR), "try-own-work"),
        (case("vendor"), "agree-in-writing"),
        (case("it", SUPPORTIVE, LEADING), "give-a-part"),
        (case("budget-holder", NEUTRAL, quadrant=CLOSE), "win-over"),
        (case("budget-holder", NEUTRAL, quadrant=SATISFIED), "what-would-matter"),
        (case("decision-maker", NEUTRAL, quadrant=Quadrant.KEEP_INFORMED), "keep-informed"),
        (case("decision-maker", NEUTRAL, quadrant=Quadrant.MONITOR), "short-note"),
        (case("decision-maker", NEUTRAL), "ask-how-they-see-it"),
        (case("decision-maker", RESISTANT), "ask-how-they-see-it"),
    ],
)
def test_the_first_rule_that_fits_proposes(found, code):
    assert propose(found).code == code


def test_who_is_against_it_with_power_and_interest_is_heard_out_whoever_they_are():
    others = {"budget-holder", "decision-maker", "union", "citizens", "representative"}

    assert propose(case("none of these", quadrant=CLOSE)).code == "hear-out"
    assert "none of these" not in others


def test_every_rule_has_words_and_a_kind_that_there_is():
    assert [rule.code for rule in RULES] == [*PROPOSALS]
    assert {rule.kind for rule in RULES} - {""} <= {*Engagement.Kind.values}
    assert {*BY_CHANNEL.values()} <= {*Engagement.Kind.values}
    assert {*BY_CHANNEL} == {*Channel.values}
    assert {rule.cadence for rule in RULES} - {None} <= {*Cadence.values}
    assert {name for rule in RULES for name in rule.categories} <= {*Category.values}


def test_a_budget_holder_who_is_against_it_is_met_by_the_lead_within_a_week():
    rule = propose(case("budget-holder", quadrant=CLOSE))

    assert (rule.kind, rule.by_lead, rule.days) == ("meeting", True, 7)


@pytest.mark.parametrize(
    ("channel", "kind"),
    [("call", "call"), ("letter", "mail"), ("workshop", "workshop"), ("", "mail")],
)
def test_where_a_rule_leaves_it_open_they_are_reached_as_they_like(channel, kind):
    informed = case("decision-maker", NEUTRAL, quadrant=Quadrant.KEEP_INFORMED, channel=channel)

    assert propose(informed).kind_for(informed) == kind


@given(CASES)
def test_there_is_a_proposal_for_everybody(found):
    rule = propose(found)

    assert rule in RULES
    assert rule.kind_for(found) in Engagement.Kind.values


@given(st.sampled_from(RULES), DAYS, st.none() | DAYS)
def test_the_day_is_never_over_and_never_after_the_level_is_wanted(rule, today, desired_by):
    day = day_for(rule, today=today, desired_by=desired_by)

    assert today <= day <= today + timedelta(days=rule.days + 2)
    if desired_by and desired_by >= today:
        assert day <= desired_by
    if desired_by is None:
        assert day.weekday() < 5


def test_a_weekend_is_passed_over():
    week = Rule("x", days=7)

    assert day_for(week, today=date(2026, 11, 21), desired_by=None) == date(2026, 11, 30)
    assert day_for(week, today=date(2026, 11, 20), desired_by=None) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("last", "due"),
    [(date(2026, 11, 1), date(2026, 12, 1)), (date(2026, 1, 1), date(2026, 11, 26))],
)
def test_the_next_of_a_series_counts_from_the_last_and_is_never_in_the_past(last, due):
    assert next_day(last, 30, today=date(2026, 11, 26)) == due
