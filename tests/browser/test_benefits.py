"""From a need to a decision, and from a measurement on a phone to the chart that shows it."""

import pytest
from playwright.sync_api import expect

from buyin.initiatives.models import Benefit, Decision, Measurement
from tests.browser.conftest import scrolls_sideways
from tests.factories.benefits import evidence_of
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import STATEMENT, make_need

pytestmark = pytest.mark.e2e


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Permit triage", departments=[cast.roads])


def test_an_owner_adds_a_measurement_on_a_phone_and_sees_the_chart(
    cast, ours, open_page, axe, shot
):
    evidence_of(ours, owner=cast.staff)
    benefit = Benefit.objects.get()
    page = open_page("staff", f"/initiatives/{ours.pk}/benefits/{benefit.pk}/", width=390)

    page.get_by_role("link", name="Add a measurement").press("Enter")
    page.get_by_label("Median days to decide, in days").fill("27")
    axe(page)
    shot(page, "measure-390")
    page.get_by_label("Median days to decide, in days").press("Enter")

    title = "Median days to decide fell from 41 to 27 days; target 25"
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator(".chart svg.main-svg").first).to_be_visible()
    page.get_by_text("Show as table").click()
    expect(page.get_by_role("cell", name="27 days")).to_be_visible()
    assert not scrolls_sideways(page)
    axe(page)
    shot(page, "benefit-390")
    assert Measurement.objects.filter(value=27, entered_by=cast.staff).exists()


def test_a_lead_comes_from_a_need_to_a_decision_without_scripts(cast, ours, open_page, axe, shot):
    need = make_need(ours, cast.roads, owner=cast.lead)
    page = open_page("lead", f"/surveys/needs/{need.pk}/", java_script_enabled=False)

    page.get_by_role("link", name="Record a decision about this").click()
    expect(page.get_by_label("What that says")).to_have_value(STATEMENT)
    page.get_by_label("What was decided").fill("Reasons stand beside each suggestion")
    page.get_by_label("Decided by").fill("Head of Permits")
    page.get_by_label("Why").fill("Nobody trusts what they cannot explain.")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", name="Reasons stand beside")).to_be_visible()
    shot(page, "decision-1280")
    page.get_by_role("link", name="Read more").click()
    expect(page.get_by_role("link", name="Reasons stand beside")).to_be_visible()
    shot(page, "need-with-decision-1280")
    assert Decision.objects.get().inputs.get().kind == "need"
