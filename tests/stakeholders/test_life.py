"""Time lines of initiatives and stakeholders: spoken, planned, promised, each for whom it concerns."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buyin.stakeholders.actions import note_engagement
from buyin.stakeholders.queries import time_line
from tests.factories.commitments import DAY, make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory, make_milestone, make_update
from tests.factories.plan import in_days, make_activity
from tests.factories.stakeholders import StakeholderFactory


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def union(cast):
    return StakeholderFactory(name="Union of clerks", department=cast.roads)


def met(cast, *who, **said):
    usual = {"kind": "call", "day": in_days(-3), "summary": "They want a trial first."}
    return note_engagement(actor=cast.lead, participants=who, **(usual | said))


def lines(client, initiative, **asked):
    answer = client.get(f"/initiatives/{initiative.pk}/events/", asked)
    return [(one.kind, one.title) for one in answer.context["part"].events]


def full(cast, ours, union):
    """Let something of everything happen in an initiative."""
    met(cast, union, initiative=ours)
    make_activity(union, owner=cast.staff, due=4, initiative=ours, purpose="Show the map")
    make_activity(
        union, owner=cast.staff, due=-9, initiative=ours, purpose="Ask the board",
        state="dropped", dropped_why="They left",
    )  # fmt: skip
    giver = make_giver(cast.executive, ours)
    make_commitment(initiative=ours, stakeholder=giver, title="Money", entries=[("pledged", 9_000)])
    make_update(ours, title="The pilot begins")
    make_milestone(ours, title="Two desks", due=DAY, done_on=date(2026, 5, 4))


def test_everything_that_happened_in_an_initiative_stands_in_one_line(sign_in, cast, ours, union):
    full(cast, ours, union)

    found = lines(sign_in("lead"), ours)

    assert found == [
        ("Planned", "Show the map"),
        *sorted(found[1:3]),
        ("Call", "Union of clerks"),
        *found[4:6],
        ("Milestone reached", "Two desks"),
    ]
    assert set(found[1:3]) == {("Dropped", "Ask the board"), ("Update", "The pilot begins")}
    assert set(found[4:6]) == {
        ("Pledged", "Money, Executive Persona: 9,000 USD"),
        ("Requested", "Money, Executive Persona: 40,000 USD"),
    }


@pytest.mark.parametrize(
    ("sort", "kinds"),
    [
        ("spoken", {"Call"}), ("planned", {"Planned", "Dropped"}),
        ("promised", {"Pledged", "Requested"}), ("life", {"Update", "Milestone reached"}),
    ],
)  # fmt: skip
def test_it_is_cut_by_sort_and_what_there_is_not_asks_for_all(
    sign_in, cast, ours, union, sort, kinds
):
    full(cast, ours, union)
    lead = sign_in("lead")

    assert {kind for kind, _title in lines(lead, ours, sort_shown=sort)} == kinds
    assert len(lines(lead, ours, sort_shown="x")) == len(lines(lead, ours)) == 7


def test_everybody_who_opens_it_reads_the_news_and_only_some_what_was_said(
    sign_in, cast, ours, union
):
    full(cast, ours, union)
    met(cast, union, initiative=ours, is_confidential=True, summary="Between us")

    assert {kind for kind, _title in lines(sign_in("staff"), ours)} == {
        "Update", "Milestone reached", "Planned", "Dropped",
    }  # fmt: skip
    coordinator = sign_in("coordinator").get(f"/initiatives/{ours.pk}/events/").text
    assert "They want a trial first." in coordinator
    assert "Between us" not in coordinator
    assert "Money" not in coordinator
    assert "Between us" in sign_in("lead").get(f"/initiatives/{ours.pk}/events/").text


def test_a_long_life_has_pages_and_costs_no_more_than_a_short_one(sign_in, cast, ours, union):
    full(cast, ours, union)
    lead, costs = sign_in("lead"), []
    for more in (0, 40):
        for number in range(more):
            met(cast, union, initiative=ours, day=in_days(-20 - number))
        with CaptureQueriesContext(connection) as captured:
            lead.get(f"/initiatives/{ours.pk}/events/")
        costs.append(len(captured))

    assert costs[0] == costs[1]
    assert len(lines(lead, ours)) == 30
    assert len(lines(lead, ours, page=2)) == 17
    assert lines(lead, ours, page="x") == lines(lead, ours, page="-1") == lines(lead, ours)
    assert 'rel="next"' not in lead.get(f"/initiatives/{ours.pk}/events/?page=2").text


def test_the_overview_leads_there(sign_in, ours):
    text = sign_in("staff").get(f"/initiatives/{ours.pk}/").text

    assert f'href="/initiatives/{ours.pk}/events/"' in text


def test_the_line_of_a_stakeholder_has_what_was_said_planned_and_promised(cast, ours, union):
    met(cast, union, initiative=ours)
    make_activity(union, owner=cast.staff, due=-2, initiative=ours, purpose="Show the map")
    make_commitment(initiative=ours, stakeholder=union, title="Two testers", unit="posts")
    met(cast, StakeholderFactory(), initiative=ours, summary="Somebody else")

    found = time_line(viewer=cast.lead, stakeholder=union)

    assert [(one.on, one.kind, one.title) for one in found] == [
        (in_days(-2), "Overdue", "Show the map"),
        (in_days(-3), "Call", "Union of clerks"),
        (DAY, "Requested", "Two testers, Union of clerks: 40,000 posts"),
    ]
    assert all(one.url for one in found)


def test_whoever_reads_their_own_record_reads_what_they_promised_and_not_what_is_planned(
    sign_in, cast, ours
):
    own = make_giver(cast.staff, ours)
    make_activity(own, owner=cast.lead, initiative=ours, purpose="Win them over")
    met(cast, own, initiative=ours, summary="Doubtful")
    make_commitment(initiative=ours, stakeholder=own, title="Two testers")

    text = sign_in("staff").get(f"/stakeholders/{own.pk}/").text

    assert "Two testers" in text
    assert "Win them over" not in text
    assert "Doubtful" not in text
