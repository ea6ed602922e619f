"""What a look says leads to whom it says it of, and begins where most of the work is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.initiatives.models import Stage
from buyin.stakeholders.models import Assessment, Interest, Level, Raci
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory, make_assessed


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Lamp planner", lead=cast.lead, departments=[cast.roads])


def words(answer):
    return " ".join(answer.text.split())


@pytest.mark.parametrize(("level", "leads"), [(Level.RESISTANT, True), (Level.LEADING, False)])
def test_the_map_leads_to_whoever_is_to_be_managed_closely_and_resists(
    sign_in, cast, ours, level, leads
):
    ann = StakeholderFactory(name="Ann Lee", department=cast.roads)
    InterestFactory(stakeholder=ann, initiative=ours, power=5, interest=5, current=level)
    address = f"/stakeholders/?initiative={ours.pk}&quadrant=manage-closely&level=1"
    lead = sign_in("lead")

    page = lead.get(f"/initiatives/{ours.pk}/people/").text
    assert (address.replace("&", "&amp;") in page) == leads
    assert ([one.name for one in lead.get(address).context["page"]] == ["Ann Lee"]) == leads


@pytest.mark.parametrize("kind", ["map", "matrix", "network"])
def test_a_look_begins_with_the_initiative_of_most_people_that_is_not_retired(
    sign_in, cast, ours, kind
):
    over = InitiativeFactory(name="A retired one", stage=Stage.RETIRED)
    few = InitiativeFactory(name="A small one")
    for initiative, number in ((over, 3), (few, 1), (ours, 2)):
        for _ in range(number):
            InterestFactory(initiative=initiative)

    page = sign_in("lead").get(f"/stakeholders/{kind}/")

    assert page.context["initiative"] == ours
    assert f"<h1>{kind.capitalize()} of stakeholders</h1>" in page.text


def test_a_deliverable_without_anybody_accountable_leads_to_naming_one(sign_in, cast, ours):
    ann = StakeholderFactory(name="Ann Lee", department=cast.roads)
    InterestFactory(stakeholder=ann, initiative=ours)
    Raci.objects.create(initiative=ours, deliverable="Go & live", stakeholder=ann, part="R")
    address = f"/initiatives/{ours.pk}/people/parts/"
    lead = sign_in("lead")

    assert "?deliverable=Go%20%26%20live&amp;part=A#give" in lead.get(address).text
    form = lead.get(f"{address}?deliverable=Go%20%26%20live&part=A").context["part_form"]
    assert (form["deliverable"].value(), form["part"].value()) == ("Go & live", "A")


def test_whoever_asks_for_a_sponsor_begins_with_the_kind(sign_in, cast, ours):
    lead = sign_in("lead")
    add = f"/initiatives/{ours.pk}/commitments/add/?kind="

    assert f"{add}sponsorship" in lead.get(f"/initiatives/{ours.pk}/people/sponsors/").text
    assert lead.get(f"{add}sponsorship").context["form"]["kind"].value() == "sponsorship"
    assert not lead.get(f"{add}gold").context["form"]["kind"].value()


def test_sponsors_whom_one_does_not_know_are_counted_once(sign_in, cast, ours):
    for name in ("Clara", "Carl", "Cem"):
        clinic = StakeholderFactory(name=name, department=cast.clinic, category="decision-maker")
        InterestFactory(stakeholder=clinic, initiative=ours, current=Level.LEADING)
    page = f"/initiatives/{ours.pk}/people/sponsors/"

    assert words(sign_in("coordinator").get(page)).count("3 whom you do not work with") == 1


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_day_is_asked_for_only_where_there_is_something_to_show(sign_in, cast, ours, is_listed):
    ann = StakeholderFactory(name="Ann Lee", department=cast.roads)
    if is_listed:
        InterestFactory(stakeholder=ann, initiative=ours)

    page = sign_in("lead").get(f"/stakeholders/{ann.pk}/").text

    assert ("Show that day" in page) == is_listed


def test_who_changed_several_is_back_where_they_were_found(sign_in, cast):
    ann = StakeholderFactory(name="Ann Lee", department=cast.roads)
    lead = sign_in("lead")
    step = "/stakeholders/bulk/?back=%2Fstakeholders%2F%3Fq%3Dann%26page%3D1"
    assert f'action="{step}"' in lead.get("/stakeholders/?q=ann&page=1").text

    typed = {"chosen": ann.pk, "bulk-tag": "Night"}
    looked = lead.post(step, typed)
    assert 'href="/stakeholders/?q=ann&amp;page=1"' in looked.text

    assert lead.post(step, {**typed, "confirmed": "yes"}).url == "/stakeholders/?q=ann&page=1"
    assert lead.post(step, {}).url == "/stakeholders/?q=ann&page=1"
    assert lead.post("/stakeholders/bulk/?back=https://x.example", {}).url == "/stakeholders/"


@pytest.mark.parametrize(("number", "folded"), [(8, 0), (9, 1)])
def test_of_many_who_moved_the_first_are_shown_and_the_others_folded(
    sign_in, cast, ours, number, folded
):
    day = timezone.localdate() - timedelta(days=9)
    for _ in range(number):
        about = make_assessed(on=day, initiative=ours, current=Level.NEUTRAL)
        after = day + timedelta(days=1)
        Assessment.objects.create(
            about=about, assessed_on=after, current=Level.LEADING, rationale="Saw it"
        )
        Interest.objects.filter(pk=about.pk).update(current=Level.LEADING)

    page = sign_in("lead").get(f"/initiatives/{ours.pk}/people/?day={day}").text

    assert f"{number} moved since" in " ".join(page.split())
    assert page.count("Saw it") == number
    head, _fold, tail = page.partition("Show the others who moved")
    assert (head.count("Saw it"), tail.count("Saw it")) == (number - folded, folded)
