"""Title and purpose of a survey in its languages: translated, missing, outdated, shown to people."""

import pytest
from django.utils import translation

from surveys.actions.authoring import Texts, edit_texts
from surveys.actions.building import copy_survey
from surveys.content import letter_of
from surveys.models import DraftStep, Survey, SurveyVersion
from surveys.queries.outdated import outdated_of
from surveys.queries.publication import check_publication
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import (
    DEFINITION,
    PURPOSE,
    TITLE,
    make_draft_version,
    make_public_wave,
    make_wave,
)
from tests.surveys.untouched import untouched

RAW = {**DEFINITION, "translations": {"fr": {"wish.text": "Un souhait"}}}
FRENCH = {"fr": {"title": "Assistant des permis", "purpose": "Pour mieux choisir."}}


@pytest.fixture
def draft(cast):
    return make_draft_version(RAW)


def address(version):
    return f"/surveys/author/{version.survey_id}/languages/fr/"


def translate(client, version, **changes):
    _action, typed = untouched(client.get(address(version)).text, "title")
    for name, value in changes.items():
        typed[name] = value
    return client.post(address(version), typed)


def stored():
    return Survey.objects.get().translations


def test_title_and_purpose_stand_first_on_the_page_of_a_language(lead, draft):
    page = lead.get(address(draft)).text

    assert page.index(TITLE) < page.index("Title of the survey") < page.index("One wish")
    assert page.index("Why you ask") < page.index("One wish")


def test_they_are_translated_and_the_questions_stay_what_they_were(lead, draft):
    translate(lead, draft, **FRENCH["fr"])

    assert stored() == FRENCH
    assert SurveyVersion.objects.get().definition == RAW
    assert not DraftStep.objects.exists()
    page = lead.get(address(draft)).text
    assert 'value="Assistant des permis"' in page

    translate(lead, draft, title="", purpose=" ")
    assert stored() == {}


def test_a_title_that_is_too_long_is_told_and_nothing_is_stored(lead, draft):
    answer = translate(lead, draft, title="x" * 201).text

    assert "at most 200 characters" in answer
    assert "x" * 201 in answer
    assert stored() == {}


def test_of_two_translators_of_a_title_the_second_is_told(lead, draft, sign_in):
    _action, typed = untouched(lead.get(address(draft)).text, "title")
    translate(sign_in("administrator"), draft, title="Premier")

    typed["title"] = "Second"
    told = lead.post(address(draft), typed).text

    assert "changed this while you were typing" in told
    assert 'value="Second"' in told
    assert stored() == {"fr": {"title": "Premier"}}


def test_a_title_that_is_not_translated_is_a_hint_and_keeps_nothing_back(lead, draft):
    ready = check_publication(draft.survey, draft.survey.plan)
    told = (
        "Language “français”: The title or why you ask is not translated. People read it as it is."
    )
    assert told in ready.hints
    assert told not in ready.problems

    translate(lead, draft, **FRENCH["fr"])
    assert told not in check_publication(Survey.objects.get(), draft.survey.plan).hints


def test_a_title_that_changes_makes_its_translation_outdated_until_it_is_settled(lead, draft):
    translate(lead, draft, **FRENCH["fr"])
    survey = Survey.objects.get()
    edit_texts(
        survey=survey,
        revision=survey.revision,
        texts=Texts("Other", PURPOSE, survey.initiative, DEFINITION.get("intro", "")),
        by=PersonFactory(),
    )

    assert outdated_of(survey) == {"fr": {"title": TITLE}}
    assert "It was translated from:" in lead.get(address(draft)).text
    outline = lead.get(f"/surveys/author/{survey.pk}/questions/").text
    assert "“Other” has changed since it was translated." in outline
    translate(lead, draft, title="Autre")
    assert outdated_of(survey) == {}
    assert stored()["fr"]["title"] == "Autre"
    assert not DraftStep.objects.exists(), "there would be nothing to undo"


def test_an_edit_of_a_question_leaves_what_is_outdated_beside_it(lead, draft):
    Survey.objects.update(translations=FRENCH, title="Newer")
    survey = Survey.objects.get()
    edit_texts(
        survey=survey,
        revision=1,
        texts=Texts("Newest", PURPOSE, survey.initiative, ""),
        by=PersonFactory(),
    )
    before = outdated_of(survey)
    revision = Survey.objects.get().revision

    arrange = f"/surveys/author/{survey.pk}/questions/arrange/"
    lead.post(arrange, {"do": "question:down:hours", "revision": revision})
    assert outdated_of(survey) == before
    undo = f"/surveys/author/{survey.pk}/questions/undo/"
    lead.post(undo, {"revision": revision + 1})

    assert outdated_of(survey)["fr"]["title"] == "Newer"


def test_a_copy_keeps_the_translations_of_what_it_says_in_the_same_words(draft, cast):
    Survey.objects.update(translations=FRENCH)
    survey = Survey.objects.get()

    copied = copy_survey(
        survey=survey, owner=cast.lead, texts=Texts("Copy", PURPOSE, survey.initiative)
    )

    copied.refresh_from_db()
    assert copied.translations == {"fr": {"purpose": FRENCH["fr"]["purpose"]}}


# What people see


@pytest.fixture
def french_wave(cast):
    wave = make_wave(cast.roads, definition=RAW)
    Survey.objects.update(translations=FRENCH)
    return wave


def test_people_read_title_and_purpose_in_the_language_that_they_chose(sign_in, french_wave):
    staff = sign_in("staff")
    page = f"/surveys/{french_wave.pk}/pages/1/"

    in_english = staff.get(page).text
    assert f"<h1>{TITLE}</h1>" in in_english
    in_french = staff.get(page, headers={"Accept-Language": "fr"}).text
    assert "<h1>Assistant des permis</h1>" in in_french
    assert "Pour mieux choisir." in in_french
    assert TITLE not in in_french
    assert f"<h1>{TITLE}</h1>" in staff.get(page).text


def test_the_list_of_ones_surveys_and_the_look_at_all_answers_speak_it_too(sign_in, french_wave):
    staff = sign_in("staff")

    for part in ("", f"{french_wave.pk}/check/"):
        page = staff.get(f"/surveys/{part}", headers={"Accept-Language": "fr-CA"}).text
        assert "Assistant des permis" in page, part
        assert "Assistant des permis" not in staff.get(f"/surveys/{part}").text


def test_what_is_not_translated_stays_as_it_is(sign_in, french_wave):
    Survey.objects.update(translations={"fr": {"purpose": "Pour mieux choisir."}})

    page = f"/surveys/{french_wave.pk}/pages/1/"
    text = sign_in("staff").get(page, headers={"Accept-Language": "fr"}).text

    assert f"<h1>{TITLE}</h1>" in text
    assert "Pour mieux choisir." in text


def test_visitors_read_a_public_questionnaire_in_their_language(client, cast):
    wave = make_public_wave(definition=RAW)
    Survey.objects.update(translations=FRENCH)

    for page in ("", f"{wave.address}/"):
        answer = client.get(f"/surveys/public/{page}", headers={"Accept-Language": "fr"})
        assert "Assistant des permis" in answer.text, page


def test_programs_read_it_in_the_language_that_they_ask_for(sign_in, french_wave):
    staff = sign_in("staff")

    found = staff.get(f"/api/v1/my/waves/{french_wave.pk}/?language=fr").json()
    assert (found["title"], found["purpose"]) == tuple(FRENCH["fr"].values())
    assert staff.get(f"/api/v1/my/waves/{french_wave.pk}/").json()["title"] == TITLE


def test_mails_are_written_in_the_language_of_the_moment(french_wave):
    french_wave.survey.refresh_from_db()
    with translation.override("fr"):
        assert letter_of(french_wave, 0).headline == "Assistant des permis"
    french_wave.survey.refresh_from_db()
    assert letter_of(french_wave, 0).headline == TITLE


def test_answering_in_another_language_changes_nothing_of_the_survey(sign_in, french_wave):
    staff = sign_in("staff")
    page = f"/surveys/{french_wave.pk}/pages/1/"
    _action, typed = untouched(staff.get(page, headers={"Accept-Language": "fr"}).text, "receipt")

    staff.post(page, {**typed.dict(), "go": "next"}, headers={"Accept-Language": "fr"})

    assert Survey.objects.get().title == TITLE
