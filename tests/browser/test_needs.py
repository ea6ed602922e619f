"""From a conversation to a need that everybody reads, as a lead walks it; and without scripts."""

import pytest

from surveys.models import Need
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import STATEMENT, make_evidence, make_need, make_remedy
from tests.factories.sessions import make_finished, make_note, make_series, make_theme

pytestmark = pytest.mark.e2e


def test_a_theme_becomes_a_need_with_a_remedy_that_everybody_reads(cast, open_page, axe, shot):
    initiative = InitiativeFactory(name="Permit assistant", departments=[cast.roads])
    survey = make_series(cast.lead, initiative=initiative)
    make_note(make_finished(survey, cast.roads), "They search for it.", make_theme(survey))
    page = open_page("lead", f"/surveys/series/{survey.pk}/summary/")

    page.get_by_role("link", name="Make a need of this").click()
    assert page.get_by_label("What do people need?").input_value() == "Old forms"
    page.get_by_label("What do people need?").fill(STATEMENT)
    page.get_by_text("most", exact=True).click()
    page.get_by_text("slows work down").click()
    page.get_by_role("button", name="Save").click()

    page.get_by_role("heading", name="How pressing: 12 of 25").wait_for()
    page.get_by_text("a change to the system").click()
    page.get_by_label("In plain words").fill("Reasons stand beside each application.")
    page.get_by_role("button", name="Add what is done").click()
    page.get_by_role("button", name="It is done").wait_for()
    shot(page, "need-1280")
    axe(page)
    page.get_by_role("button", name="It is done").click()
    page.get_by_text("Done on").wait_for()
    assert Need.objects.get().status == "answered"

    phone = open_page("staff", "/surveys/needs/", width=390)
    assert phone.get_by_role("heading", name=STATEMENT).is_visible()
    assert phone.get_by_text("Reasons stand beside each application.").is_visible()
    shot(phone, "needs-390")
    axe(phone)


def test_needs_are_kept_without_scripts(cast, open_page):
    initiative = InitiativeFactory(name="Permit assistant")
    need = make_need(initiative, cast.roads)
    page = open_page("lead", f"/surveys/needs/{need.pk}/", java_script_enabled=False)

    page.get_by_label("What shows it?").fill("Town hall")
    page.get_by_role("button", name="Add evidence").click()
    assert page.get_by_text("Write how many, 0 if you do not know.").first.is_visible()
    assert page.get_by_label("What shows it?").input_value() == "Town hall"

    page.get_by_label("How many people stand behind it?").fill("14")
    page.get_by_role("button", name="Add evidence").click()
    assert page.get_by_text("Added.").is_visible()
    assert need.evidence.get().people == 14


def test_the_list_is_cut_with_the_keyboard(cast, open_page):
    initiative = InitiativeFactory(name="Permit assistant")
    make_need(initiative, cast.roads)
    other = make_need(initiative, cast.parks, statement="Noise")
    make_evidence(other, cast.parks, people=12)
    make_remedy(other)
    page = open_page("lead", "/surveys/needs/kept/")

    page.get_by_label("Status").select_option("in-work")
    page.get_by_role("button", name="Show", exact=True).focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Most pressing: Noise").wait_for()
    assert page.get_by_role("link", name=STATEMENT).count() == 0
