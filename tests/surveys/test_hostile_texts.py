"""Markup in everything that authors and respondents write is shown as text, on every page."""

from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from buyin.accounts.models import Department
from surveys.definitions import texts_of
from surveys.models import Survey, SurveyVersion, Wave, WavePlan
from tests.factories.questions import EVERY_TYPE
from tests.factories.results import every_sheet, make_results
from tests.factories.surveys import make_panel, make_public_wave, make_wave
from tests.surveys.public_pages import BASE, form_on

MARKUP = "\"'><img src=x onerror=PWN>"  # short enough for the unit of a number
READ = {"text", "help", "title", "intro", "low", "high", "unit", "other_text"}


def hostile(part: Any) -> Any:
    """Return a definition in which every text that people read is markup."""
    if isinstance(part, list):
        return [hostile(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: MARKUP if name in READ and isinstance(value, str) else hostile(value)
        for name, value in part.items()
    }


def hostile_definition() -> dict[str, Any]:
    """Return every type of question in markup, with answers repeated, in two languages."""
    made: dict[str, Any] = hostile(deepcopy(EVERY_TYPE)) | {"intro": MARKUP}
    pages = made["pages"]
    pages[1]["questions"][2]["text"] = f"{MARKUP} ${{wish}} ${{main}}"
    pages[1]["questions"][3]["text"] = f"{MARKUP} ${{wish}}"
    pages[1]["questions"][1] |= {"constraint": ". < 5", "constraint_message": MARKUP}
    pages[1]["questions"][2]["show_if"] = "${main} = 'search'"
    made["translations"] = {"es": dict.fromkeys(texts_of(made), MARKUP)}
    return made


def is_clean(page: Any) -> bool:
    """Return whether the markup is on the page, and only as text."""
    return (
        page.status_code in {200, 422}
        and "onerror=PWN" in page.text
        and "<img src=x" not in page.text
    )


@pytest.fixture
def named(cast):
    Department.objects.filter(pk=cast.roads.pk).update(name=MARKUP)
    cast.roads.refresh_from_db()
    return cast


def entitle(wave: Wave) -> Wave:
    Survey.objects.filter(pk=wave.survey_id).update(title=MARKUP, purpose=MARKUP)
    return wave


def test_visitors_read_markup_as_text(named):
    entitle(make_public_wave(definition=hostile_definition()))
    visitor = Client()
    visitor.cookies["survey_language"] = "es"
    fields = {"q_main": "search", "q_wish": MARKUP, "q_main__other": MARKUP, "q_hours": "9"}

    pages = [visitor.get("/surveys/public/"), visitor.get(BASE)]
    for number in (1, 2):
        address = f"{BASE}pages/{number}/"
        pages.append(visitor.get(address))
        pages.append(visitor.post(address, {**form_on(pages[-1]), **fields, "go": "save"}))
    pages += [visitor.get(f"{BASE}{part}") for part in ("check/", "pages/2/?check=1")]

    assert [page.request["PATH_INFO"] for page in pages if not is_clean(page)] == []


AUTHORS = [
    "", "questions/", "questions/bank/", "questions/new/", "questions/main/move/",
    "questions/main/edit/", "questions/hours/edit/", "questions/again/edit/", "languages/",
    "languages/es/", "versions/", "versions/1/2/", "copy/", "pages/choosing/edit/", "frame/1/",
    "frame/2/?lang=es", "preview/1/", "preview/2/?lang=es", "texts/", "plan/", "waves/1/",
]  # fmt: skip


@pytest.mark.parametrize("path", AUTHORS)
def test_authors_read_markup_as_text(named, sign_in, path):
    wave = entitle(make_wave(named.roads, definition=hostile_definition()))
    other = entitle(make_wave(named.roads, definition=hostile_definition()))
    changed = hostile_definition() | {"intro": f"{MARKUP} again"}
    SurveyVersion.objects.create(survey=wave.survey, number=2, definition=changed)
    WavePlan.objects.create(survey=wave.survey)
    make_panel(owner=named.lead, name=MARKUP)

    page = sign_in("lead").get(f"/surveys/author/{wave.survey_id}/{path}")

    assert other.survey_id != wave.survey_id
    assert is_clean(page)


RESULTS = ["", "changes/", "pages/1/", "pages/2/", "questions/main/", "questions/uses/",
           "questions/wish/", "questions/hours/", "questions/since/"]  # fmt: skip


@pytest.mark.parametrize("path", RESULTS)
def test_results_show_markup_as_text(named, sign_in, path):
    sheets = [
        {**one, "wish": f"{MARKUP} {n}", "main__other": f"{MARKUP} {n}"}
        for n, one in enumerate(every_sheet(60))
    ]
    result = make_results(
        {named.roads: sheets[:30], named.parks: sheets[30:]}, definition=hostile_definition()
    )
    entitle(result.wave)

    page = sign_in("lead").get(f"/surveys/{result.wave_id}/results/{path}")

    assert page.status_code == 404 or is_clean(page)
