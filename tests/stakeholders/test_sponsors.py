"""Who sponsors an initiative, department by department, and where nobody does."""

import pytest
from django.utils import timezone

from buyin.stakeholders.models import Commitment, Interest, Stakeholder
from buyin.stakeholders.queries.involvement import parties
from buyin.stakeholders.queries.representation import represented
from tests.factories.commitments import make_commitment
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_on_board
from tests.factories.stakeholders import InterestFactory, StakeholderFactory, make_assessed


@pytest.fixture
def ours(cast):
    """A pilot of Roads and Clinic that nobody sponsors yet; an expert is on its list."""
    made = InitiativeFactory(
        name="Pothole finder", stage="pilot", departments=[cast.roads, cast.clinic]
    )
    listed(made, None, category="expert")
    return made


def page_of(initiative):
    return f"/initiatives/{initiative.pk}/people/sponsors/"


def listed(initiative, department, *, category="decision-maker", level=3, **said):
    who = StakeholderFactory(department=department, category=category, **said)
    return make_assessed(stakeholder=who, initiative=initiative, current=level)


def without(viewer, initiative):
    (found,) = represented(viewer, [initiative])
    return [one.text for one in found.sponsors]


def promise(initiative, who, *entries, kind="sponsorship"):
    return make_commitment(
        initiative=initiative, stakeholder=who, kind=kind, unit="words", requested=1,
        entries=entries,
    )  # fmt: skip


# What makes a sponsor


@pytest.mark.parametrize(
    ("category", "level", "counts"),
    [
        ("decision-maker", 3, True), ("decision-maker", 4, True), ("budget-holder", 3, True),
        ("decision-maker", 2, False), ("decision-maker", 0, False), ("budget-holder", None, False),
        ("expert", 4, False), ("union", 3, False),
    ],
)  # fmt: skip
def test_who_can_decide_or_pay_sponsors_from_supportive_on(cast, ours, category, level, counts):
    listed(ours, cast.roads, category=category, level=level)

    expected = ["No sponsor in Clinic"] if counts else ["Nobody sponsors it"]
    assert without(cast.lead, ours) == expected


@pytest.mark.parametrize(
    ("kind", "entries", "counts"),
    [
        ("sponsorship", [("pledged", 1)], True),
        ("sponsorship", [("committed", 1)], True),
        ("sponsorship", [("received", 1)], True),
        ("sponsorship", [], False),
        ("funding", [("committed", 1)], False),
    ],
)
def test_who_promised_sponsorship_sponsors_whatever_else_they_are(
    cast, ours, kind, entries, counts
):
    expert = listed(ours, cast.roads, category="expert", level=2).stakeholder
    promise(ours, expert, *entries, kind=kind)

    expected = ["No sponsor in Clinic"] if counts else ["Nobody sponsors it"]
    assert without(cast.lead, ours) == expected


def test_a_promise_that_was_taken_back_is_none(cast, ours):
    expert = listed(ours, cast.roads, category="expert").stakeholder
    promise(ours, expert, ("pledged", 1))
    Commitment.objects.update(declined_on=timezone.localdate())

    assert without(cast.lead, ours) == ["Nobody sponsors it"]


def test_sponsors_of_another_initiative_do_not_count(cast, ours):
    theirs = InitiativeFactory(stage="pilot")
    who = listed(theirs, cast.roads).stakeholder
    promise(theirs, who, ("pledged", 1))
    InterestFactory(stakeholder=who, initiative=ours)

    assert without(cast.lead, ours) == ["Nobody sponsors it"]


def test_who_is_archived_sponsors_no_more(cast, ours):
    listed(ours, cast.roads)
    Stakeholder.objects.exclude(category="expert").update(archived_at=timezone.now())

    assert without(cast.lead, ours) == ["Nobody sponsors it"]


@pytest.mark.parametrize(
    ("stage", "asked"),
    [("idea", False), ("pre-deployment", True), ("deployed", True), ("retired", False)],
)
def test_sponsors_are_asked_for_while_it_costs_time_and_money(cast, ours, stage, asked):
    ours.stage = stage
    ours.save()

    assert bool(without(cast.lead, ours)) is asked


# Where


def test_a_sponsor_counts_for_their_department_and_those_above(cast):
    ours = InitiativeFactory(
        stage="pilot", departments=[cast.works, cast.roads, cast.parks, cast.clinic]
    )
    listed(ours, cast.roads)

    assert without(cast.lead, ours) == ["No sponsor in Clinic", "No sponsor in Parks"]


def test_who_belongs_to_no_department_of_it_sponsors_the_whole_only(sign_in, cast, ours):
    listed(ours, cast.parks, name="Pia Parks")
    listed(ours, None, name="Oona Outside")
    (party,) = parties(cast.lead, [ours])
    page = sign_in("lead").get(page_of(ours))

    assert len(party.sponsors) == 2
    assert without(cast.lead, ours) == ["No sponsor in Clinic", "No sponsor in Roads"]
    assert [one.name for one in page.context["elsewhere"].named] == ["Oona Outside", "Pia Parks"]
    assert "Sponsors who belong to no department that is listed" in page.text


def test_where_each_department_has_one_nothing_is_missing(sign_in, cast, ours):
    for department in (cast.roads, cast.clinic):
        listed(ours, department)
    page = sign_in("lead").get(page_of(ours)).text

    assert without(cast.lead, ours) == []
    assert "No department is without a sponsor" in page
    assert "tag--due" not in page


# The next step


def steps(viewer, initiative):
    (found,) = represented(viewer, [initiative])
    return {one.department: (one.action, one.url) for one in found.sponsors}


def test_whoever_could_be_one_is_won_and_assessed_and_one_is_back(sign_in, cast, ours):
    listed(ours, cast.clinic)
    listed(ours, cast.roads, level=1, name="Abe Against")
    near = listed(ours, cast.roads, level=2, name="Nora Near")
    action, url = steps(cast.lead, ours)[cast.roads]
    lead = sign_in("lead")

    assert action == "Win Nora Near, and assess again"
    assert lead.get(url).status_code == 200
    assert f'href="{url.replace("&", "&amp;")}"' in lead.get(page_of(ours)).text
    answer = lead.post(url, {"on": str(timezone.localdate()), "source": "manual", "current": "3"})
    near.refresh_from_db()
    assert (answer.url, near.current) == (page_of(ours), 3)
    assert without(cast.lead, ours) == []


def test_where_nobody_could_be_one_somebody_is_added(cast, ours):
    listed(ours, cast.clinic)
    listed(ours, cast.roads, category="expert")

    assert steps(cast.lead, ours)[cast.roads] == (
        "Add somebody",
        (
            f"/stakeholders/add/?initiative={ours.pk}&category=decision-maker"
            f"&department={cast.roads.pk}"
        ),
    )


def test_where_nobody_sponsors_it_one_step_is_enough(sign_in, cast, ours):
    page = sign_in("lead").get(page_of(ours)).text

    assert list(steps(cast.lead, ours)) == [None]
    assert page.count('<h2 id="sponsors">') == 1
    assert "Nobody sponsors it" in page
    assert f'href="/initiatives/{ours.pk}/commitments/add/?kind=sponsorship"' in page


def test_a_coordinator_is_offered_what_they_may_do(cast, ours):
    listed(ours, cast.clinic)
    near = listed(ours, cast.roads, level=2, name="Nora Near")
    found = steps(cast.coordinator, ours)

    assert list(found) == [cast.roads]
    assert f"/stakeholders/{near.stakeholder_id}/initiatives/{near.pk}/" in found[cast.roads][1]
    Interest.objects.filter(pk=near.pk).delete()
    assert steps(cast.coordinator, ours)[cast.roads] == ("", "")


# Who reads what


def test_sponsors_whom_one_does_not_work_with_have_no_name(sign_in, cast, ours):
    listed(ours, cast.clinic, name="Clara Clinic")
    listed(ours, cast.roads, name="Ruth Roads")
    coordinator = sign_in("coordinator").get(page_of(ours)).text

    assert "Ruth Roads" in coordinator
    assert "Clara" not in coordinator
    assert "1 whom you do not work with" in " ".join(coordinator.split())
    assert "Clara Clinic" in sign_in("executive").get(page_of(ours)).text


def test_the_list_of_all_says_where_sponsors_are_missing(sign_in, cast):
    some = InitiativeFactory(name="B", stage="pilot", departments=[cast.roads, cast.clinic])
    listed(some, cast.roads)
    none = InitiativeFactory(name="A", stage="pilot", departments=[cast.roads])
    listed(none, cast.roads, category="expert")
    make_on_board(cast.roads, name="C")
    page = " ".join(sign_in("lead").get("/stakeholders/missing/").text.split())

    cells = [
        page.index(f" {words} <span", page.index(f">{name}</a>"))
        for name, words in (("A", "nobody"), ("B", "none in 1 department"),
                            ("C", "as needed"))
    ]  # fmt: skip
    assert cells == sorted(cells)


def test_whoever_assesses_nobody_is_not_sent_to_assess(cast, ours):
    likely = listed(ours, cast.roads, level=2)
    steps = [represented(who, [ours])[0].sponsors[0] for who in (cast.lead, cast.executive)]

    assert f"/stakeholders/{likely.stakeholder_id}/" in steps[0].url
    assert (steps[1].action, steps[1].url) == ("", "")


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, django_assert_num_queries, count
):
    for _ in range(count):
        listed(ours, cast.roads)
        promise(ours, listed(ours, cast.clinic, category="it").stakeholder, ("pledged", 1))
    lead = sign_in("lead")

    with django_assert_num_queries(9):
        lead.get(page_of(ours))
