"""An interview and a usability test as they are held: on a phone, on a laptop, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from surveys.models import Note, Session, TaskResult
from tests.factories.sessions import make_finished, make_note, make_series, make_session, make_task

pytestmark = pytest.mark.e2e


def sheet_of(session):
    return f"/surveys/series/{session.survey_id}/{session.number}/"


def saved(page):
    page.wait_for_function("() => document.getElementById('save-state').textContent.match(/Saved/)")


def test_an_interview_is_held_on_a_phone_from_consent_to_notes(cast, open_page, axe, shot):
    survey = make_series(cast.lead)
    page = open_page("lead", f"/surveys/series/{survey.pk}/", width=390)

    page.get_by_role("link", name="New session").click()
    page.get_by_role("button", name="Begin the session").click()
    expect(page.get_by_text("Ask for consent first.").first).to_be_visible()
    axe(page)

    page.get_by_text("Said so", exact=True).click()
    page.get_by_text("No, only in summary").click()
    page.get_by_label("Where does the participant come from?").select_option(str(cast.roads.pk))
    page.get_by_role("button", name="Begin the session").click()

    page.get_by_label("What takes long?", exact=True).fill("Old forms\nNo search")
    page.get_by_label("Word for word: What takes long?").fill("I give up by ten.")
    saved(page)
    shot(page, "interview-390")
    axe(page)
    assert Session.objects.get().typed["slow"] == "Old forms\nNo search"

    page.get_by_role("button", name="Finish the session").click()
    page.get_by_text("P1 is finished. Its notes count now.").wait_for()
    assert Note.objects.count() == 3


def test_a_network_that_comes_and_goes_costs_no_word(cast, open_page, guard):
    session = make_session(make_series(cast.lead), cast.roads)
    page = open_page("lead", sheet_of(session))
    field = page.get_by_label("What takes long?", exact=True)

    page.context.set_offline(True)
    field.fill("Typed in a tunnel")
    page.get_by_text("Not saved yet").wait_for()
    page.context.set_offline(False)
    saved(page)

    session.refresh_from_db()
    assert session.typed == {"slow": "Typed in a tunnel"}
    guard.faults = [fault for fault in guard.faults if "INTERNET_DISCONNECTED" not in fault]


def test_a_page_on_the_phone_and_one_on_the_laptop_add_to_each_other(cast, open_page):
    session = make_session(make_series(cast.lead), cast.roads)
    laptop = open_page("lead", sheet_of(session))
    phone = open_page("lead", sheet_of(session), width=390)

    laptop.get_by_label("What takes long?", exact=True).fill("From the laptop")
    saved(laptop)
    phone.get_by_label("What would help?", exact=True).fill("From the phone")
    saved(phone)

    session.refresh_from_db()
    assert session.typed == {"slow": "From the laptop", "wish": "From the phone"}


def test_an_interview_is_held_without_scripts(cast, open_page):
    session = make_session(make_series(cast.lead), cast.roads)
    page = open_page("lead", sheet_of(session), java_script_enabled=False)

    page.get_by_label("What takes long?", exact=True).fill("Old forms")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("What takes long?", exact=True)).to_have_value(
        re.compile(r"^Old forms\s*$")
    )

    page.get_by_role("button", name="Finish the session").click()
    expect(page.get_by_text("P1 is finished. Its notes count now.")).to_be_visible()
    assert Note.objects.get().text == "Old forms"


def test_a_clock_writes_the_time_of_a_task(cast, open_page, axe):
    survey = make_series(cast.lead, kind="usability")
    task = make_task(survey)
    session = make_session(survey, cast.roads)
    page = open_page("lead", sheet_of(session), width=390)
    field = page.locator(f"[name=q_task_{task.pk}_time]")

    page.get_by_role("button", name=re.compile("^Start")).click()
    page.wait_for_function(
        "name => document.querySelector(`[name=${name}]`).value !== '0:00'",
        arg=f"q_task_{task.pk}_time",
    )
    axe(page)
    page.get_by_role("button", name=re.compile("^Stop")).click()
    field.fill("2:05")
    page.locator(f"label[for=q-task_{task.pk}_done-hard]").click()
    saved(page)
    page.get_by_role("button", name="Finish the session").click()
    page.get_by_text("P1 is finished.").wait_for()

    result = TaskResult.objects.get()
    assert (result.success, result.seconds) == ("hard", 125)


def test_notes_are_sorted_with_the_keyboard_alone(cast, open_page):
    survey = make_series(cast.lead)
    theme = survey.themes.create(name="Old forms")
    note = make_note(make_finished(survey, cast.roads), "They search for it.")
    page = open_page("lead", f"/surveys/series/{survey.pk}/notes/")

    page.locator(f"#n{note.pk}-{theme.pk}").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_text("Every note has its theme.").wait_for()
    assert list(note.themes.all()) == [theme]
