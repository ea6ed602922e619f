"""Somebody new in a real browser: added, put on a list, assessed, and given a part."""

import pytest
from playwright.sync_api import expect

from buyin.stakeholders.models import Assessment, Raci, Stakeholder
from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import tab_to, write
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

pytestmark = pytest.mark.e2e


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Lamp planner", lead=cast.lead, departments=[cast.roads])


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 390)], ids=str)
def test_a_coordinator_adds_somebody_and_says_how_they_stand(
    cast, ours, open_page, shot, scripts, width
):
    page = open_page("coordinator", "/stakeholders/", width=width, java_script_enabled=scripts)
    save = page.get_by_role("button", name="Save")
    page.get_by_role("link", name="Add a stakeholder").click()
    page.get_by_role("link", name="A person").click()
    page.get_by_label("Name", exact=True).fill("Nora Newcomer")
    save.click()
    expect(page.get_by_role("link", name="Title of their post").first).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Nora Newcomer")
    page.get_by_label("Title of their post").fill("Head of lamps")
    page.get_by_label("Category").select_option(label="Budget holder")
    save.click()
    expect(page.get_by_text("Budget holder, Public works")).to_be_visible()

    page.get_by_role("link", name="Put on an initiative's list").click()
    page.get_by_label("Initiative").select_option(label="Lamp planner")
    save.click()
    page.get_by_role("link", name="Assess for Lamp planner").click()
    save.click()
    expect(page.get_by_text("Say how they stand, or below why").first).to_be_visible()
    page.get_by_label("Level now").select_option(label="Neutral")
    page.get_by_label("Level wanted").select_option(label="Leading")
    page.get_by_label("Why").fill("Asked what it costs.")
    save.click()

    expect(page.get_by_text("wanted: Leading")).to_be_visible()
    expect(page.get_by_text("Asked what it costs.")).to_be_visible()
    assert not scrolls_sideways(page)
    shot(page, f"newcomer-{width}")
    assert Stakeholder.objects.get().department == cast.works
    assert Assessment.objects.get().current == 2


def test_one_is_accountable_and_a_second_is_refused_with_the_keyboard_alone(
    cast, ours, open_page, axe
):
    for name in ("Ann Lee", "Tom Ott"):
        InterestFactory(
            stakeholder=StakeholderFactory(name=name, department=cast.roads), initiative=ours
        )
    page = open_page("lead", f"/initiatives/{ours.pk}/people/parts/")

    def give(name):
        write(page, "Deliverable", "Go-live decision")
        write(page, "Stakeholder", name)
        write(page, "Part", "Accountable")
        tab_to(page, "Save")
        page.keyboard.press("Enter")

    give("Ann Lee")
    expect(page.get_by_role("button", name="Take away: Ann Lee, Accountable")).to_be_visible()
    give("Tom Ott")

    said = page.get_by_text("Somebody is accountable for this deliverable already.").first
    expect(said).to_be_visible()
    axe(page)
    assert [str(one.stakeholder) for one in Raci.objects.all()] == ["Ann Lee"]


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 390)], ids=str)
def test_what_is_said_besides_is_folded_away_until_it_says_something(
    cast, ours, open_page, axe, scripts, width
):
    whom = StakeholderFactory(name="Ann Lee", department=cast.roads)
    about = InterestFactory(stakeholder=whom, initiative=ours)
    address = f"/stakeholders/{whom.pk}/initiatives/{about.pk}/"
    page = open_page("coordinator", address, width=width, java_script_enabled=scripts)
    expect(page.get_by_label("Urgency")).to_be_hidden()
    page.get_by_text("More about them").click()
    page.get_by_label("Urgency").select_option(label="4 – high")
    page.get_by_label("Day").fill("2999-01-01")
    page.get_by_role("button", name="Save").click()

    page.get_by_role("link", name="A day that is still to come").click()
    expect(page.get_by_label("Day")).to_be_visible()
    expect(page.get_by_label("Urgency")).to_have_value("4")
    if scripts:
        axe(page)
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_stakeholder_is_ticked_beside_the_box_as_well(cast, open_page, width):
    who = StakeholderFactory(name="Ruth Roads")
    page = open_page("lead", "/stakeholders/", width=width)
    place = page.locator(f"label[for=chosen-{who.pk}]")
    size = place.bounding_box()
    assert min(size["width"], size["height"]) >= 24

    place.click(position={"x": 30, "y": 4})

    expect(page.get_by_role("checkbox", name="Ruth Roads")).to_be_checked()
