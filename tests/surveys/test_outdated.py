"""Translations that are older than their text: noticed, told text by text, and settled by one click."""

import copy

import pytest

from surveys import building
from surveys.actions.authoring import Texts, edit_texts
from surveys.actions.building import copy_survey
from surveys.building.checks import findings_in
from surveys.building.outdated import outdated_after, restored, without
from surveys.building.refusing import tidied
from surveys.building.retyping import retype
from surveys.models import DraftStep, OutdatedTexts, Survey, SurveyVersion
from surveys.queries.outdated import outdated_of
from surveys.queries.publication import check_publication
from tests.factories.sections import SECTIONED
from tests.factories.surveys import DEFINITION, make_draft_version, make_version
from tests.surveys.untouched import untouched

FRENCH = {"wish.text": "Un souhait", "out.choices.yes": "Oui", "visits.title": "Vos visites"}
RAW = {**SECTIONED, "translations": {"fr": FRENCH, "de": {"wish.text": "Ein Wunsch"}}}
BEFORE = "One wish"


def reworded(text, raw=RAW):
    edited = copy.deepcopy(raw)
    for question in building.questions_in(edited):
        if question["code"] == "wish":
            question["text"] = text
    return edited


def translated(text, raw):
    edited = copy.deepcopy(raw)
    edited["translations"]["fr"]["wish.text"] = text
    return edited


NOTED = {"fr": {"wish.text": BEFORE}, "de": {"wish.text": BEFORE}}


# What an edit does to it


def test_a_text_that_changes_makes_its_translations_outdated_in_every_language():
    assert outdated_after(RAW, reworded("Your wish"), {}) == NOTED
    assert outdated_after(RAW, RAW, {}) == {}


def test_the_text_of_which_it_was_made_is_remembered_over_many_edits():
    once, twice = reworded("Your wish"), reworded("A wish")

    assert outdated_after(once, twice, NOTED) == NOTED
    assert outdated_after(twice, reworded(BEFORE), NOTED) == {}


def test_a_new_translation_settles_it_for_its_language_alone():
    once = reworded("Your wish")

    assert outdated_after(once, translated("Votre souhait", once), NOTED) == {"de": NOTED["de"]}
    assert outdated_after(once, translated("", once), NOTED)["de"] == NOTED["de"]


def test_what_is_translated_for_the_first_time_is_not_outdated():
    once = reworded("Your wish")
    once["translations"]["fr"].pop("wish.text")

    assert outdated_after(once, translated("Votre souhait", once), {}) == {}


def test_titles_of_sections_and_choices_are_noticed_too():
    edited = copy.deepcopy(RAW)
    edited["pages"][0]["sections"][0]["title"] = "Trips"
    edited["pages"][0]["questions"][0]["choices"][0]["text"] = "Often"

    found = outdated_after(RAW, edited, {})

    assert found == {"fr": {"visits.title": "Your visits", "out.choices.yes": "Yes"}}


def test_what_goes_leaves_nothing_behind_and_copies_take_it_along():
    once = reworded("Your wish")
    gone = tidied(building.remove_question(once, "wish"))
    assert outdated_after(once, gone, NOTED) == {}

    copied, code = building.copy_question(once, "wish", building.used_in([once]))
    assert outdated_after(once, copied, NOTED)["fr"] == {
        "wish.text": BEFORE, f"{code}.text": BEFORE,
    }  # fmt: skip


def test_a_question_that_gets_another_code_stays_outdated():
    once = reworded("Your wish")
    made = retype(once, building.used_in([once]), "wish", "number")

    found = outdated_after(once, tidied(made.definition), NOTED)

    assert found == {"fr": {f"{made.code}.text": BEFORE}, "de": {f"{made.code}.text": BEFORE}}


def test_what_is_still_right_is_taken_out_and_nothing_else():
    assert without(NOTED, "fr", "wish.text") == {"de": NOTED["de"]}
    assert without(NOTED, "fr", "other") == NOTED


def test_undoing_keeps_what_is_said_of_the_introduction():
    assert restored({"fr": {"intro": "Old", "a.text": "A"}}, {"fr": {"intro": "Newer"}}) == {
        "fr": {"a.text": "A", "intro": "Newer"}
    }
    assert restored({}, {"de": {"x": "y"}}) == {}


def test_checks_name_each_text_and_count_many():
    found = [str(one) for one in findings_in(reworded("Your wish"), NOTED) if not one.is_error]
    assert "Language “français”: “Your wish” has changed since it was translated." in found

    codes = ("out", "many", "far", "desk", "wish", "more")
    many = {"fr": {f"{code}.text": "Old" for code in codes}}
    told = [str(one) for one in findings_in(RAW, many) if one.language and not one.is_error]
    assert told == ["Language “français”: 6 texts have changed since they were translated."]


# Through the front door


@pytest.fixture
def draft(cast):
    return make_draft_version(RAW)


def address(version, part):
    return f"/surveys/author/{version.survey_id}/{part}"


def reword(client, version, text="Your wish"):
    _action, typed = untouched(client.get(address(version, "questions/wish/edit/")).text, "text")
    typed["text"] = text
    client.post(address(version, "questions/wish/edit/"), typed)


def translate(client, version, **changes):
    page = client.get(address(version, "languages/fr/")).text
    _action, typed = untouched(page, "wish.text")
    for name, value in changes.items():
        typed[name.replace("__", ".")] = value
    return client.post(address(version, "languages/fr/"), typed)


def noted(version):
    return outdated_of(version.survey)


def test_the_page_of_a_language_shows_both_texts_and_takes_a_click(lead, draft):
    reword(lead, draft)
    assert "1 text has changed since" in " ".join(
        lead.get(address(draft, "languages/")).text.split()
    )
    page = lead.get(address(draft, "languages/fr/")).text
    assert "It was translated from:" in page
    assert BEFORE in page
    assert "Your wish" in page
    assert 'aria-label="Still right: Your wish"' in page

    answer = translate(lead, draft, still_right="wish.text")

    assert answer.headers["Location"].endswith("/languages/fr/#id_wish.text")
    assert noted(draft) == {"de": NOTED["de"]}
    assert "It was translated from:" not in lead.get(address(draft, "languages/fr/")).text
    assert SurveyVersion.objects.get().definition["translations"]["fr"] == FRENCH


def test_a_click_saves_what_was_typed_elsewhere_on_the_page(lead, draft):
    reword(lead, draft)

    translate(lead, draft, still_right="wish.text", visits__title="Vos trajets")

    texts = SurveyVersion.objects.get().definition["translations"]["fr"]
    assert (texts["wish.text"], texts["visits.title"]) == ("Un souhait", "Vos trajets")
    assert "fr" not in noted(draft)


def test_a_new_translation_settles_it_and_undo_brings_both_back(lead, draft):
    reword(lead, draft)
    translate(lead, draft, wish__text="Votre souhait")
    assert noted(draft) == {"de": NOTED["de"]}

    for expected in (NOTED, {}):
        revision = Survey.objects.get().revision
        lead.post(address(draft, "questions/undo/"), {"revision": revision})
        assert noted(draft) == expected
    assert not OutdatedTexts.objects.exists()
    assert SurveyVersion.objects.get().definition == RAW


def test_that_it_is_still_right_can_be_undone_and_begins_no_version(lead, cast):
    version = make_version(definition=RAW)
    older = {"fr": {"wish.text": "Wish?"}, "de": {"wish.text": "Wish?"}}
    OutdatedTexts.objects.create(survey=version.survey, texts=older)

    translate(lead, version, still_right="wish.text")
    assert noted(version) == {"de": older["de"]}
    assert DraftStep.objects.get().told == "Kept a translation as it is"
    lead.post(address(version, "questions/undo/"), {"revision": 2})

    assert noted(version) == older
    assert SurveyVersion.objects.count() == 1


def test_a_click_on_what_is_not_outdated_does_nothing(lead, draft):
    translate(lead, draft, still_right="wish.text")
    translate(lead, draft, still_right="nothing.text")

    assert noted(draft) == {}
    assert not DraftStep.objects.exists()


def test_of_two_translators_the_second_is_told_and_nothing_is_settled(lead, draft, sign_in):
    reword(lead, draft)
    other = sign_in("administrator")
    page = other.get(address(draft, "languages/fr/")).text
    _action, typed = untouched(page, "wish.text")
    reword(lead, draft, "A wish")

    typed["still_right"] = "wish.text"
    told = other.post(address(draft, "languages/fr/"), typed).text

    assert "changed this while you were typing" in told
    assert noted(draft) == NOTED


def test_the_outline_and_the_page_of_publishing_say_it_and_lead_there(lead, draft):
    reword(lead, draft)

    outline = lead.get(address(draft, "questions/")).text
    assert "“Your wish” has changed since it was translated." in outline
    assert "/languages/fr/#id_wish.text" in outline
    hints = check_publication(draft.survey, draft.survey.plan).hints
    assert "Language “français”: “Your wish” has changed since it was translated." in hints


def test_an_introduction_that_changes_is_noticed_and_undo_leaves_it(lead, cast):
    raw = {**DEFINITION, "intro": "Hello", "translations": {"fr": {"intro": "Bonjour"}}}
    draft = make_draft_version(raw)
    survey = draft.survey
    texts = Texts("T", "P", survey.initiative, "Good day")

    edit_texts(survey=survey, revision=1, texts=texts, by=cast.lead)
    assert noted(draft) == {"fr": {"intro": "Hello"}}

    reword(lead, draft)
    lead.post(address(draft, "questions/undo/"), {"revision": 3})
    assert noted(draft) == {"fr": {"intro": "Hello"}}


def test_a_copy_of_the_survey_knows_what_is_outdated(lead, draft, cast):
    reword(lead, draft)
    texts = Texts("Copy", "P", draft.survey.initiative)

    copied = copy_survey(survey=draft.survey, owner=cast.lead, texts=texts)

    assert outdated_of(copied) == NOTED


def test_nothing_of_it_is_published_or_leaves_in_files(lead, draft):
    reword(lead, draft)

    definition = SurveyVersion.objects.get().definition
    assert set(definition) == set(RAW)
    assert BEFORE not in lead.get(address(draft, "survey.json")).text
