"""What an author is led to next: results once they are counted, and the page that puts things right."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from surveys.building.carrying import losses
from surveys.models import Survey, SurveyVersion, WavePlan
from tests.factories.results import close, make_results, varied
from tests.factories.surveys import DEFINITION, make_draft_version, make_wave

LIST = "/surveys/author/"
EARLY = "It opened today. Rates say little before tomorrow"


def words(answer):
    return re.sub(r"\s+", " ", answer.text)


def links(answer, text):
    """Return where the links lead that begin with this text."""
    return re.findall(rf'<a[^>]*href="([^"]+)"[^>]*>\s*{re.escape(text)}', answer.text)


@pytest.fixture
def draft(cast, lead):
    """Write a draft for everybody without a last day, one text of it not in German."""
    version = make_draft_version({**DEFINITION, "translations": {"de": {}}})
    WavePlan.objects.get_or_create(survey=version.survey)
    return Survey.objects.get(pk=version.survey_id)


def test_a_counted_wave_leads_to_its_results_and_asking_again_comes_second(lead, cast):
    result = make_results({cast.roads: varied(30)})
    survey = result.wave.survey
    place = f"/surveys/{result.wave_id}/results/"

    assert links(lead.get(LIST), "Read the results") == [place]
    page = lead.get(f"{LIST}{survey.pk}/")
    assert links(page, "Read the results") == [place]
    assert re.search(r'<button class="usa-button usa-button--outline"[^>]*>\s*Ask again', page.text)
    assert lead.get(place).status_code == 200


def test_a_closed_wave_that_is_not_counted_yet_leads_to_who_answered(lead, cast):
    wave = close(make_wave(cast.roads))

    page = lead.get(LIST)

    place = f"{LIST}{wave.survey_id}/waves/1/"
    assert links(page, "Look at who answered") == [place]
    assert "Read the results" not in page.text
    assert "Read the results" not in lead.get(f"{LIST}{wave.survey_id}/").text


@pytest.mark.parametrize("page", ["", "publish/"])
def test_whatever_keeps_a_survey_back_leads_to_where_it_is_put_right(lead, draft, page):
    answer = lead.get(f"{LIST}{draft.pk}/{page}")

    assert links(answer, "Language “Deutsch”:") == [f"{LIST}{draft.pk}/languages/de/"]
    assert links(answer, "Choose the last day") == [f"{LIST}{draft.pk}/plan/"]


def test_an_empty_page_that_keeps_a_survey_back_leads_to_that_page(lead, draft):
    version = SurveyVersion.objects.get(survey=draft)
    empty = {"code": "last", "title": "Last", "questions": []}
    version.definition = {**DEFINITION, "pages": [*DEFINITION["pages"], empty]}
    version.save()

    answer = lead.get(f"{LIST}{draft.pk}/publish/")

    (place,) = links(answer, "Page 3: It has no question yet.")
    assert place == f"{LIST}{draft.pk}/questions/#page-last"
    assert 'id="page-last"' in lead.get(place.partition("#")[0]).text


def test_an_unfinished_basis_leads_to_the_basis(lead, draft):
    WavePlan.objects.filter(survey=draft).update(is_public=True)

    answer = lead.get(f"{LIST}{draft.pk}/publish/")

    places = links(answer, "What the collection rests on is not complete")
    assert places == [f"{LIST}{draft.pk}/basis/"]


def test_a_department_to_choose_says_how_many_are_asked_with_everything_under_it(lead, draft):
    page = words(lead.get(f"{LIST}{draft.pk}/plan/"))

    assert "Public works (85 people)" in page
    assert "Roads (40 people)" in page


def test_nobody_is_called_late_on_the_day_on_which_a_wave_opens(lead, cast):
    wave = make_wave(cast.roads, cast.parks, opens_at=timezone.now())
    wave.groups.update(asked=40)
    place = f"{LIST}{wave.survey_id}/waves/1/"

    told = lead.get(f"/api/v1/surveys/{wave.survey_id}/waves/1/response-rate/").json()

    page = words(lead.get(place))
    assert EARLY in page
    assert told["finding"] == EARLY
    assert "Who needs a nudge" not in page
    assert ">under the target<" not in page

    wave.opens_at -= dt.timedelta(days=2)
    wave.save()
    page = words(lead.get(place))
    assert EARLY not in page
    assert "Who needs a nudge" in page
    assert ">under the target<" in page


def test_a_wave_for_answers_from_files_does_not_ask_to_wait_until_tomorrow(lead, cast):
    wave = make_wave(cast.roads, opens_at=timezone.now(), takes_imports=True)
    wave.groups.update(asked=40)

    page = words(lead.get(f"{LIST}{wave.survey_id}/waves/1/"))

    assert EARLY not in page
    assert "have answered" in page


def test_what_closes_first_stands_first_among_the_surveys_that_wait(sign_in, cast):
    now = timezone.now()
    for days, name in ((3, "Soon"), (9, "Late"), (1, "Now")):
        wave = make_wave(cast.roads, closes_at=now + dt.timedelta(days=days))
        Survey.objects.filter(pk=wave.survey_id).update(title=name)

    page = sign_in("staff").get("/surveys/")

    assert re.findall(r"<h3>\s*(\w+)\s*</h3>", page.text) == ["Now", "Soon", "Late"]


def test_a_smallest_number_of_zero_is_lost_like_any_other():
    raw = {"code": "n", "type": "number", "text": "How many?", "min": 0, "max": 5}

    assert losses({"pages": []}, raw, "short_text") == ["Smallest: 0", "Largest: 5"]


def test_a_survey_without_a_wave_has_no_results_to_read(lead, draft):
    page = lead.get(LIST).text

    assert draft.title in page
    assert "Read the results" not in page


def test_results_lead_on_to_who_answered_for_whoever_may_follow_the_wave(lead, sign_in, cast):
    result = make_results({cast.roads: varied(30)})
    place = f"{LIST}{result.wave.survey_id}/waves/1/"
    results = f"/surveys/{result.wave_id}/results/"

    assert links(lead.get(results), "Who answered, and answers as files") == [place]
    assert lead.get(place).status_code == 200
    assert "Who answered, and answers" not in sign_in("executive").get(results).text


def test_a_page_without_a_title_is_called_by_its_number(lead, draft):
    version = SurveyVersion.objects.get(survey=draft)
    first, *others = DEFINITION["pages"]
    version.definition = {**DEFINITION, "pages": [{**first, "title": ""}, *others]}
    version.save()

    page = words(lead.get(f"{LIST}{draft.pk}/"))

    assert "<h3> Page 1 </h3>" in page
    assert f"<h3> 2. {others[0]['title']} </h3>" in page
