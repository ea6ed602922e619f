"""A gap leads to action: wherever it shows, one click proposes what to do, filled in and changeable."""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.utils import timezone

from buyin.own import Stakeholders
from buyin.stakeholders.actions import archive, unmerge
from buyin.stakeholders.models import PlannedActivity
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import merged
from tests.factories.plan import in_days, make_activity, make_gap
from tests.factories.stakeholders import StakeholderFactory

NEW = "/stakeholders/plan/new/"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", lead=cast.neighbour, departments=[cast.roads])


@pytest.fixture
def gap(cast, ours):
    """A budget holder of Roads who is against it, with much power and interest."""
    return make_gap(
        ours, cast.roads, name="Bo Budget", category="budget-holder", power=5, interest=5
    )


def proposal(gap, **more):
    asked = {"stakeholder": gap.stakeholder_id, "initiative": gap.initiative_id, **more}
    return f"{NEW}?" + "&".join(f"{name}={value}" for name, value in asked.items())


def typed(gap, **changed):
    return {
        "kind": "meeting", "purpose": "Hear them out", "participants": [gap.stakeholder_id],
        "others": "", "initiative": gap.initiative_id, "owner": "staff@fairhaven.example",
        "due_on": str(in_days(5)), "cadence": "", "made_by_form": str(uuid4()),
    } | changed  # fmt: skip


def words(answer):
    return " ".join(answer.text.split())


def pages(gap):
    people = f"/initiatives/{gap.initiative_id}/people/"
    return (
        "/stakeholders/", f"/stakeholders/{gap.stakeholder_id}/", people, f"{people}matrix/",
        f"{people}plan/",
    )  # fmt: skip


# Where a gap shows


@pytest.mark.parametrize("current", [0, 1])
def test_on_every_page_of_a_gap_one_click_leads_to_the_proposal_and_back(
    sign_in, cast, ours, current
):
    gap = make_gap(ours, cast.roads, current=current, power=4, interest=4)
    lead = sign_in("lead")

    for page in pages(gap):
        text = lead.get(page).text
        assert "nothing planned" in text
        links = [part.partition('"')[0] for part in text.split('href="') if part.startswith(NEW)]
        (link,) = [one for one in links if "stakeholder=" in one and "initiative=" in one]
        asked = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
        assert asked == {
            "stakeholder": [str(gap.stakeholder_id)],
            "initiative": [str(gap.initiative_id)],
            "back": [page],
        }


def test_with_who_is_archived_nothing_is_to_be_planned(sign_in, cast, ours):
    who = make_gap(ours, cast.roads).stakeholder
    lead = sign_in("lead")
    paths = ("/stakeholders/?state=all", f"/stakeholders/{who.pk}/")
    assert all("nothing planned" in lead.get(path).text for path in paths)

    archive(actor=cast.lead, stakeholder=who)

    assert not any("nothing planned" in lead.get(path).text for path in paths)


def test_what_is_planned_stands_where_nothing_was_and_overdue_is_said(sign_in, cast, gap):
    make_activity(gap.stakeholder, owner=cast.staff, due=20, initiative=gap.initiative)
    first = make_activity(gap.stakeholder, owner=cast.staff, due=-1, initiative=gap.initiative)
    lead = sign_in("lead")

    for page in pages(gap)[:-1]:
        text = lead.get(page).text
        assert "nothing planned" not in text
        assert f'href="/stakeholders/plan/{first.pk}/"' in text
        assert "overdue" in text
    assert "nothing is planned" not in words(lead.get(pages(gap)[-1]))


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_what_is_closed_or_is_for_another_initiative_or_somebody_else_fills_no_gap(
    sign_in, cast, gap, state
):
    make_activity(
        gap.stakeholder, owner=cast.staff, initiative=gap.initiative, state=state, dropped_why="-"
    )
    make_activity(gap.stakeholder, owner=cast.staff, initiative=InitiativeFactory())
    make_activity(gap.stakeholder, owner=cast.staff)
    make_activity(owner=cast.staff, initiative=gap.initiative)

    for page in pages(gap):
        assert "nothing planned" in sign_in("lead").get(page).text


@pytest.mark.parametrize(
    ("current", "desired"), [(3, 3), (4, 3), (None, 3), (1, None), (None, None)]
)
def test_where_there_is_no_gap_nothing_is_missing(sign_in, cast, ours, current, desired):
    gap = make_gap(ours, cast.roads, current=current, desired=desired)

    for page in pages(gap):
        assert "nothing planned" not in sign_in("lead").get(page).text


def test_of_an_earlier_day_nothing_is_said_of_plans(sign_in, gap):
    people = f"/initiatives/{gap.initiative_id}/people/"

    for page in (people, f"{people}matrix/"):
        assert "nothing planned" not in sign_in("lead").get(f"{page}?day=2026-01-01").text


def test_an_executive_sees_the_gap_and_is_not_asked_to_plan(sign_in, gap):
    executive = sign_in("executive")

    for page in pages(gap):
        text = executive.get(page).text
        assert "nothing planned" in text
        assert NEW not in text
    assert executive.get(proposal(gap)).status_code == 404


def test_the_list_finds_gaps_with_nothing_planned(sign_in, cast, ours, gap):
    unaware = make_gap(ours, cast.roads, name="Una Ware", current=0)
    planned = make_gap(ours, cast.roads, name="Pia Planned")
    make_activity(planned.stakeholder, owner=cast.staff, initiative=ours)
    make_gap(ours, cast.roads, name="Tom There", current=3)

    found = sign_in("lead").get("/stakeholders/?gap=unplanned").context["page"]

    assert [one.pk for one in found] == [gap.stakeholder_id, unaware.stakeholder_id]


def test_the_list_costs_the_same_for_many_gaps_as_for_few(
    sign_in, cast, ours, django_assert_max_num_queries
):
    lead = sign_in("lead")
    for count in (1, 3):
        for _one in range(count):
            gap = make_gap(ours, cast.roads)
            make_activity(gap.stakeholder, owner=cast.staff, initiative=ours)
        with django_assert_max_num_queries(27):
            lead.get("/stakeholders/")


def test_who_does_not_want_to_be_contacted_is_no_gap_to_plan_for_and_marked_in_the_form(
    sign_in, cast, ours, gap
):
    gap.stakeholder.person.contact_permitted = False
    gap.stakeholder.person.save()
    lead = sign_in("lead")

    assert list(lead.get("/stakeholders/?gap=unplanned").context["page"]) == []
    assert lead.get(pages(gap)[-1]).context["all_gaps"] == 0
    assert "Bo Budget (does not want to be contacted)" in lead.get(proposal(gap)).text


def test_what_is_planned_with_two_who_turn_out_to_be_one_is_planned_with_that_one(cast, ours):
    one, other = (make_gap(ours, cast.roads).stakeholder for _ in range(2))
    both = make_activity(one, other, owner=cast.staff, initiative=ours)
    alone = make_activity(other, owner=cast.staff, initiative=ours)

    record = merged(cast.lead, one, other)
    assert list(both.stakeholders.all()) == list(alone.stakeholders.all()) == [one]

    unmerge(actor=cast.lead, record=record)
    assert set(both.stakeholders.all()) == {one, other}
    assert list(alone.stakeholders.all()) == [other]


# What is proposed


def test_the_proposal_fits_the_gap_and_says_why(sign_in, gap):
    answer = sign_in("lead").get(proposal(gap))

    begun = answer.context["form"].initial
    assert (begun["kind"], begun["owner"]) == ("meeting", "neighbour@fairhaven.example")
    assert str(begun["purpose"]).startswith("Hear one to one what stands in the way")
    assert in_days(7) <= begun["due_on"] <= in_days(9)
    assert "Who decides or pays is against it" in answer.text
    assert 'value="neighbour@fairhaven.example"' in answer.text
    assert "Plan something with Bo Budget" in answer.text


def test_it_is_for_whoever_keeps_in_touch_unless_the_lead_should_come(sign_in, cast, ours):
    keeper = PersonFactory(email="keeper@fairhaven.example")
    gap = make_gap(ours, cast.roads, category="it", owner=keeper)

    assert sign_in("lead").get(proposal(gap)).context["form"].initial["owner"] == keeper.email


def test_nobody_whose_account_is_closed_gets_it(sign_in, cast, gap, ours):
    ours.lead = PersonFactory(is_active=False)
    ours.save()

    begun = sign_in("lead").get(proposal(gap)).context["form"].initial

    assert begun["owner"] == "lead@fairhaven.example"


def test_a_level_that_is_wanted_soon_makes_it_due_sooner(sign_in, gap):
    gap.desired_by = in_days(2)
    gap.save()

    assert sign_in("lead").get(proposal(gap)).context["form"].initial["due_on"] == in_days(2)


@pytest.mark.parametrize("asked", ["?stakeholder=x&initiative=y", "?stakeholder=0", "?initiative="])
def test_what_cannot_be_read_of_the_address_proposes_nothing(sign_in, gap, asked):
    answer = sign_in("lead").get(f"{NEW}{asked}")

    assert answer.status_code == 200
    assert answer.context["why"] == ""


def test_nothing_is_proposed_about_whom_one_may_not_plan_with(sign_in, cast, ours, gap):
    theirs = make_gap(ours, cast.clinic, name="Clara Clinic", power=5, interest=5)

    answer = sign_in("coordinator").get(proposal(theirs))

    assert answer.context["why"] == ""
    assert "Clara" not in answer.text


# What accepting does


def test_accepting_makes_a_task_of_the_owner_and_leads_back(sign_in, cast, gap):
    coordinator = sign_in("coordinator")
    form, back = typed(gap), f"/stakeholders/{gap.stakeholder_id}/"

    answers = [coordinator.post(proposal(gap, back=back), form) for _sent in range(2)]

    made = PlannedActivity.objects.get()
    assert [one.url for one in answers] == [back, back]
    assert (made.owner, made.planned_by, made.initiative) == (
        cast.staff, cast.coordinator, gap.initiative,
    )  # fmt: skip
    assert list(made.stakeholders.all()) == [gap.stakeholder]
    (task,) = Stakeholders().tasks_for(cast.staff)
    assert (task.title, task.url) == ("Hear them out", f"/stakeholders/plan/{made.pk}/close/")
    assert (task.kind, task.detail) == ("Meeting", "Bo Budget")
    assert task.due is not None
    assert timezone.localtime(task.due).date() == made.due_on
    assert "Hear them out" in sign_in("staff").get("/").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"purpose": ""}, "What it is for"),
        ({"owner": ""}, "Who does it"),
        ({"owner": "nobody@elsewhere.example"}, "Nobody with an open account"),
        ({"due_on": "2020-01-01"}, "This day is over."),
        ({"due_on": "soon"}, "By when"),
        ({"kind": "séance"}, "What it is"),
        ({"cadence": "3"}, "How often"),
        ({"participants": []}, "Say with whom."),
        ({"participants": [], "others": "Nobody Known"}, "Nobody whom you work with is called"),
        ({"participants": [999_999]}, "With whom"),
    ],
)
def test_what_does_not_hold_is_named_and_nothing_typed_is_lost(sign_in, gap, changed, said):
    form = typed(gap, purpose="Something long that nobody types twice") | changed

    answer = sign_in("lead").post(proposal(gap), form)

    assert answer.status_code == 200
    assert said in answer.text
    assert form["purpose"] in answer.text
    assert not PlannedActivity.objects.exists()


def test_others_are_named_one_a_line(sign_in, cast, gap):
    other = StakeholderFactory(name="Ann Other", department=cast.parks)

    sign_in("coordinator").post(NEW, typed(gap, others="ann other"))

    assert set(PlannedActivity.objects.get().stakeholders.all()) == {gap.stakeholder, other}


def test_nobody_plans_with_stakeholders_of_others(sign_in, cast, gap, ours):
    theirs = make_gap(ours, cast.clinic, name="Clara Clinic")
    coordinator = sign_in("coordinator")

    ticked = coordinator.post(NEW, typed(gap, participants=[theirs.stakeholder_id]))
    named = coordinator.post(NEW, typed(gap, others="Clara Clinic"))

    assert ticked.status_code == named.status_code == 200
    assert not PlannedActivity.objects.exists()
