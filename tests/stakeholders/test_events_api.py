"""The time line of a stakeholder for programs: all that is noted, each line for whom it concerns."""

from datetime import date
from typing import Any

import pytest

from buyin.stakeholders.actions import assess, note_engagement
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import in_days, make_activity
from tests.factories.stakeholders import InterestFactory, PostFactory, StakeholderFactory

API = "/api/v1/stakeholders/"
JSON = "application/json"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def met(cast, one, **said):
    usual: dict[str, Any] = {
        "kind": "call",
        "day": date(2026, 9, 30),
        "summary": "They want a trial first.",
    }
    return note_engagement(actor=cast.lead, participants=[one], **(usual | said))


def lines(client, one, **asked):
    return client.get(f"{API}{one.pk}/events/", asked).json()["results"]


def test_a_call_is_told_in_words_with_its_page(sign_in, cast, ruth):
    call = met(cast, ruth)
    coordinator = sign_in("coordinator")

    (found,) = lines(coordinator, ruth)

    assert found == {
        "on": "2026-09-30", "kind": "Call", "title": "Ruth Roads", "by": "Lead Persona",
        "detail": "They want a trial first.", "page": f"/stakeholders/log/{call.pk}/",
    }  # fmt: skip
    assert coordinator.get(found["page"]).status_code == 200


def test_everything_comes_the_newest_first(sign_in, cast, ours, ruth):
    make_activity(ruth, owner=cast.lead, due=4, purpose="Show the map")
    met(cast, ruth)
    about = InterestFactory(stakeholder=ruth, initiative=ours)
    assess(actor=cast.lead, about=about, on=date(2026, 5, 4), current=1, rationale="Said so")
    PostFactory(person=ruth.person, department=cast.roads, starts_on=date(2026, 1, 2))
    lead = sign_in("lead")

    found = lines(lead, ruth)

    assert [(one["on"], one["kind"]) for one in found] == [
        (str(in_days(4)), "Planned"), ("2026-09-30", "Call"), ("2026-05-04", "Assessed"),
        ("2026-01-02", "Post"),
    ]  # fmt: skip
    assert lines(lead, ruth, limit=1, offset=2) == found[2:3]


@pytest.mark.parametrize(
    ("who", "kinds"),
    [("lead", {"Call", "Mail", "Assessed"}), ("coordinator", {"Call"}), ("staff", set())],
)
def test_each_line_is_for_whom_it_concerns(sign_in, cast, ruth, who, kinds):
    """Staff are Ruth themselves: they read nothing of what others noted."""
    ruth.person.user = cast.staff
    ruth.person.save()
    theirs = InterestFactory(
        stakeholder=ruth, initiative=InitiativeFactory(departments=[cast.clinic])
    )
    assess(actor=cast.lead, about=theirs, on=date(2026, 5, 4), current=1)
    met(cast, ruth)
    met(cast, ruth, kind="mail", is_confidential=True)

    assert {one["kind"] for one in lines(sign_in(who), ruth)} == kinds


@pytest.mark.parametrize("who", ["neighbour", "trainer"])
def test_who_does_not_see_the_stakeholder_reads_no_line(sign_in, cast, ruth, who):
    met(cast, ruth)

    assert sign_in(who).get(f"{API}{ruth.pk}/events/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lines_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, ruth, django_assert_num_queries, count
):
    about = InterestFactory(stakeholder=ruth, initiative=ours)
    for n in range(count):
        met(cast, ruth)
        make_activity(ruth, owner=cast.staff, due=n)
        assess(actor=cast.lead, about=about, on=date(2026, 5, 4 + n), current=n)
    lead = sign_in("lead")

    with django_assert_num_queries(11):
        assert len(lines(lead, ruth)) == 3 * count


def test_a_filter_that_there_is_not_is_refused(sign_in, ruth):
    answer = sign_in("lead").get(f"{API}{ruth.pk}/events/?kind=call")

    assert answer.json() == {"kind": ["There is no such filter."]}
