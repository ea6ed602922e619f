"""A lead brings a file of answers in while the page tells how far it is, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from surveys import tasks
from surveys.actions import answer_files
from surveys.models import Response
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.e2e
FILE = "Department,How sure are you?\n" + "Roads,Sure\nParks,Unsure\nMoon,Sure\n" * 4


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_file_is_read_and_imported_while_its_page_tells(
    open_page, axe, shot, monkeypatch, scripts, width
):
    monkeypatch.setattr(answer_files, "SMALL", 0)
    InitiativeFactory(name="Permit assistant")
    page = open_page("lead", "/surveys/author/import/", width=width, java_script_enabled=scripts)

    def wait_until(name):
        shot(page, f"answers-{name}-{width}")
        if scripts:
            axe(page)
        tasks.bring_answer_files_on()
        if not scripts:
            page.get_by_role("link", name="Look again").click()

    content = {"name": "paper.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.get_by_label("File").set_input_files([content])
    page.locator("[name=title]").fill("On paper")
    page.locator("[name=purpose]").fill("It was asked on paper.")
    page.locator("[name=initiative]").select_option(label="Permit assistant")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="The file is being read")).to_be_visible()
    wait_until("looking")
    expect(page.get_by_role("heading", name="What does each column mean?")).to_be_visible()
    page.locator("#id_c0-labels").fill("Roads = roads\nParks = parks")
    page.get_by_role("button", name="Save and look at the result").click()
    expect(page.get_by_role("heading", name="The file is being read")).to_be_visible()
    wait_until("reading")
    expect(page.get_by_role("heading", name="8 of 12 rows can come in")).to_be_visible()
    page.get_by_role("button", name="Import 8 answers").click()
    expect(page.get_by_role("heading", name="The answers are being imported")).to_be_visible()
    wait_until("importing")

    expect(page.get_by_role("heading", name="8 answers came in")).to_be_visible()
    shot(page, f"answers-done-{width}")
    with page.expect_download() as download:
        page.get_by_role("link", name="All of this as a table (CSV)").click()
    assert "row left out" in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("link", name="Go to the wave").click()
    expect(page).to_have_url(re.compile(r"/waves/\d+/$"))
    assert Response.objects.count() == 8
