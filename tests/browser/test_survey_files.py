"""A lead brings a survey in from another program: what came in, what did not, and the draft."""

import pytest
from playwright.sync_api import expect

from buyin.workbooks.writing import SheetRows, workbook_bytes
from surveys.models import Survey
from tests.browser.conftest import scrolls_sideways
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.e2e
ROWS = [
    ["type", "name", "label", "relevant"],
    ["begin group", "work", "Your work", ""],
    ["select_one yes_no", "visits", "Do you visit people?", ""],
    ["begin group", "there", "On the way", "${visits} = 'yes'"],
    ["integer", "hours", "How many hours?", ""],
    ["geopoint", "place", "Where?", ""],
    ["end group", "", "", ""],
    ["end group", "", "", ""],
]
CHOICES = [["list_name", "name", "label"], ["yes_no", "yes", "Yes"], ["yes_no", "no", "No"]]
FORM = workbook_bytes([SheetRows("survey", ROWS), SheetRows("choices", CHOICES)])


@pytest.mark.parametrize(("scripts", "width"), [(True, 390), (False, 1280)])
def test_a_form_comes_in_with_an_account_of_what_did_not(open_page, axe, shot, scripts, width):
    InitiativeFactory(name="Permit assistant")
    page = open_page("lead", "/surveys/author/files/", width=width, java_script_enabled=scripts)
    form = {"name": "form.xlsx", "mimeType": "application/octet-stream", "buffer": FORM}
    page.get_by_label("File").set_input_files([form])
    page.locator("[name=title]").fill("On the road")
    page.locator("[name=purpose]").fill("To plan the cars.")
    page.locator("[name=initiative]").select_option(label="Permit assistant")
    page.get_by_role("button", name="Read the file").click()

    expect(page.get_by_text("Places cannot be given here.").first).to_be_visible()
    assert not scrolls_sideways(page)
    shot(page, f"survey-file-{width}")
    if scripts:
        axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    assert "geopoint" in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="Make the draft").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("On the road")
    survey = Survey.objects.get(title="On the road")
    assert "hours" in str(survey.versions.get().definition)
