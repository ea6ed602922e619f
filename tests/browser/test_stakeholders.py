"""Stakeholders in a real browser: a look through time, an assessment by keyboard, without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import Relationship
from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import press
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory
from tests.pages_of_stakeholders import registry

pytestmark = pytest.mark.e2e
# The names that run into another one or out of the drawing.
COLLIDING = """() => {
    const drawing = document.querySelector("svg.network").getBoundingClientRect();
    const all = [...document.querySelectorAll("svg.network text")]
        .map(text => [text.textContent, text.getBoundingClientRect()]);
    const meet = (a, b) => a.left < b.right && b.left < a.right
        && a.top + 4 < b.bottom && b.top + 4 < a.bottom;
    return all.filter(([, box], at) => box.left < drawing.left || box.right > drawing.right
        || all.some(([, other], place) => place !== at && meet(box, other)))
        .map(([name]) => name); }"""


def test_the_slider_goes_through_the_days_and_stays_in_the_hand(cast, open_page):
    made = registry(cast)
    page = open_page("lead", f"/initiatives/{made['initiative']}/people/matrix/")
    slider = page.get_by_label("Move through time")
    expect(slider).to_be_visible()

    slider.focus()
    page.keyboard.press("Home")

    first = timezone.localdate() - timedelta(days=90)
    expect(page.get_by_label("As of")).to_have_value(first.isoformat())
    expect(page.get_by_role("heading", name="1 moved since")).to_be_visible()
    expect(page.get_by_label("Move through time")).to_be_focused()
    expect(page.get_by_role("heading", name="Unaware")).to_be_visible()


def test_without_scripts_the_field_for_the_day_does_the_same(cast, open_page):
    made = registry(cast)
    address = f"/initiatives/{made['initiative']}/people/"
    page = open_page("lead", address, java_script_enabled=False)
    expect(page.get_by_label("Move through time")).not_to_be_visible()

    page.get_by_label("As of").fill(str(made["day"]))
    page.get_by_role("button", name="Show that day").click()

    expect(page.get_by_role("heading", name="1 moved since")).to_be_visible()
    expect(page.get_by_text("Saw the demo")).to_be_visible()


def test_a_level_is_changed_without_dragging_and_one_is_back_on_the_map(cast, open_page):
    made = registry(cast)
    page = open_page("coordinator", f"/initiatives/{made['initiative']}/people/")

    page.get_by_role("link", name="Assess Ruth Roads").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Level now").select_option(label="Supportive")
    page.get_by_label("Why").fill("Offered two people")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    row = page.get_by_role("row", name="Ruth Roads")
    expect(row).to_contain_text("Supportive")


def test_several_are_ticked_looked_at_and_changed(cast, open_page):
    made = registry(cast)
    page = open_page("lead", "/stakeholders/")

    page.locator(f"#chosen-{made['stakeholder']}").focus()
    page.keyboard.press("Space")
    page.get_by_label("Add a tag").fill("Steering")
    page.get_by_role("button", name="Look at the change").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    page.get_by_role("button", name="Change them").click()

    expect(page.get_by_text("1 changed.")).to_be_visible()
    expect(page.get_by_role("row", name="Ruth Roads")).to_contain_text("Steering")


def test_the_header_fits_with_all_its_parts(open_page):
    page = open_page("administrator", "/about/privacy/", width=1280)

    expect(page.locator(".site-nav").get_by_role("link", name="Stakeholders")).to_be_visible()
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    page.wait_for_function(f"() => {fits}")
    tops = page.locator(".site-nav li").evaluate_all(
        "links => [...new Set(links.map(link => Math.round(link.getBoundingClientRect().top)))]"
    )
    assert len(tops) == 1


def test_the_map_leads_by_keyboard_to_who_resists_and_to_all_that_happened(cast, open_page, axe):
    made = registry(cast)
    ours = Initiative.objects.get(pk=str(made["initiative"]))
    against = StakeholderFactory(name="Abe Against", department=cast.roads)
    InterestFactory(stakeholder=against, initiative=ours, power=5, interest=5, current=1)
    page = open_page("lead", f"/initiatives/{ours.pk}/people/")
    expect(page.get_by_role("heading", name="resist")).to_be_visible()

    press(page, "See who")
    page.get_by_role("link", name="Abe Against", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_names_in_the_network_are_apart_and_inside(cast, open_page, shot, width):
    ours = InitiativeFactory(name="Lamp planner", lead=cast.lead)
    hub = StakeholderFactory(name="Beatriz Carver")
    InterestFactory(stakeholder=hub, initiative=ours)
    for number in range(9):
        other = StakeholderFactory(name=f"Tomas Andersen {number}")
        Relationship.objects.create(first=other, second=hub, kind="advises", strength=2)

    page = open_page("lead", f"/initiatives/{ours.pk}/people/network/", width=width)

    assert page.locator("svg.network text").count() == 10
    assert page.evaluate(COLLIDING) == []
    assert not scrolls_sideways(page)
    shot(page, f"network-{width}")
