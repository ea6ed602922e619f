"""Who is missing, silent or tired in a real browser: the next step is taken and leads back."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from buyin.fatigue import MUCH_MEETINGS
from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import press, tab_to, write
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_met
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

pytestmark = pytest.mark.e2e


@pytest.fixture
def ours(cast):
    made = InitiativeFactory(name="Lamp planner", lead=cast.lead, departments=[cast.roads])
    InterestFactory(initiative=made)
    return made


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 390)], ids=str)
def test_who_is_missing_is_put_on_the_list_from_those_who_are_known(
    cast, ours, open_page, axe, scripts, width
):
    StakeholderFactory(name="Ann Lee", category="representative", department=cast.roads)
    page = open_page(
        "lead", f"/initiatives/{ours.pk}/people/missing/", width=width, java_script_enabled=scripts
    )

    page.get_by_role("link", name=re.compile("Add somebody.*of Roads")).first.click()
    page.get_by_role("button", name="Put Ann Lee on the list").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(
        page.get_by_role("link", name=re.compile("Talk with Ann Lee, and note it")).first
    ).to_be_visible()
    assert not scrolls_sideways(page)
    if scripts:
        axe(page)


def test_overdue_contact_is_noted_with_the_keyboard_alone(cast, open_page):
    StakeholderFactory(name="Rob Roads", department=cast.roads, cadence=7)
    page = open_page("coordinator", "/stakeholders/log/overdue/")

    press(page, "Note an engagement: Rob Roads")
    write(page, "What was said", "All is well.")
    tab_to(page, "Save")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Everybody was spoken with as planned.")).to_be_visible()


def test_who_had_much_contact_is_looked_at_before_one_more(cast, open_page):
    tired = StakeholderFactory(name="Rob Roads", department=cast.roads)
    for number in range(MUCH_MEETINGS):
        make_met(tired, kind="call", day=timezone.localdate() - timedelta(days=number + 1))
    page = open_page("coordinator", "/stakeholders/contact/", width=390)
    expect(page.get_by_role("heading", name="1 stakeholder had much contact")).to_be_visible()

    page.get_by_role("link", name="Rob Roads").click()
    page.get_by_role("link", name="Plan something").click()

    expect(page.get_by_text("These have had much contact")).to_be_visible()
    assert not scrolls_sideways(page)
