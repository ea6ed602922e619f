"""Languages of a survey: added, translated beside the source, and taken away."""

import pytest

from surveys.definitions import check, in_language, texts_of
from surveys.models import Survey
from tests.factories.surveys import DEFINITION, make_draft_version
from tests.surveys.untouched import untouched


@pytest.fixture
def draft(cast):
    return make_draft_version()


@pytest.fixture
def french(draft):
    draft.definition = {**DEFINITION, "translations": {"fr": {"wish.text": "Un souhait"}}}
    draft.save()
    return draft


def address(version, part=""):
    return f"/surveys/author/{version.survey_id}/languages/{part}"


def revision(version):
    return Survey.objects.get(pk=version.survey_id).revision


def test_a_language_is_added_and_leads_to_its_texts(lead, draft):
    answer = lead.post(address(draft), {"language": "fr", "revision": 1})

    draft.refresh_from_db()
    assert answer.headers["Location"] == address(draft, "fr/")
    assert draft.definition["translations"] == {"fr": {}}
    n = len(texts_of(DEFINITION)) + 2  # title and purpose
    assert f"{n} texts have no translation into français" in " ".join(
        lead.get(address(draft, "fr/")).text.split()
    )


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "The survey has this language already."),
        ("xx", "Select a valid choice."),
        ("", "This field is required."),
    ],
)
def test_a_language_that_cannot_be_added_is_refused(lead, draft, language, message):
    answer = lead.post(address(draft), {"language": language, "revision": 1})

    assert message in answer.text
    draft.refresh_from_db()
    assert draft.definition == DEFINITION


def test_a_language_that_is_there_cannot_be_added_again_and_keeps_its_texts(lead, french):
    before = french.definition

    answer = lead.post(address(french), {"language": "fr", "revision": french.survey.revision})

    assert "The survey has this language already." in answer.text
    french.refresh_from_db()
    assert french.definition == before
    assert before["translations"]["fr"]


def test_every_text_stands_beside_its_translation_and_the_missing_are_marked(lead, french):
    page = lead.get(address(french, "fr/")).text

    for key, text in texts_of(DEFINITION).items():
        assert f'name="{key}"' in page
        assert text in page
    assert 'lang="fr"' in page
    assert 'value="Un souhait"' in page
    n = len(texts_of(DEFINITION)) + 2 - 1  # title and purpose, but not what is translated
    assert page.count(">missing<") == n
    assert f"1 of {n + 1} texts are" in " ".join(lead.get(address(french)).text.split())


def test_a_text_of_more_than_a_few_words_is_translated_in_several_lines(lead, french):
    form = lead.get(address(french, "fr/")).context["form"]

    long = [key for key, text in form.sources.items() if len(text) > 40]
    areas = [key for key in form.sources if "<textarea" in str(form[key])]
    assert long
    assert areas == long


def test_translations_are_saved_and_people_read_them(lead, french):
    _action, typed = untouched(lead.get(address(french, "fr/")).text, "wish.text")
    typed["more.text"], typed["wish.text"] = "Autre chose ?", ""

    answer = lead.post(address(french, "fr/"), typed)

    french.refresh_from_db()
    assert answer.status_code == 302
    assert french.definition["translations"] == {"fr": {"more.text": "Autre chose ?"}}
    assert check(french.definition) == []
    asked = in_language(french.definition, "fr")["pages"][1]["questions"]
    assert [question["text"] for question in asked][1:] == ["One wish", "Autre chose ?"]


def test_a_translation_repeats_no_answer_that_its_source_does_not(lead, french):
    _action, typed = untouched(lead.get(address(french, "fr/")).text, "wish.text")
    typed["more.text"] = "Autre chose que ${helped} ?"

    answer = lead.post(address(french, "fr/"), typed)

    assert "The source does not repeat the answer “helped”." in answer.text
    assert "Autre chose que ${helped} ?" in answer.text


def test_of_two_translators_the_second_is_told_and_loses_nothing(lead, french, sign_in):
    _action, late = untouched(lead.get(address(french, "fr/")).text, "wish.text")
    lead.post(address(french, "fr/"), {**late.dict(), "more.text": "Premier"})
    late["more.text"] = "Second"

    told = sign_in("administrator").post(address(french, "fr/"), late)

    assert "changed this while you were typing" in told.text
    assert 'value="Second"' in told.text
    french.refresh_from_db()
    assert french.definition["translations"]["fr"]["more.text"] == "Premier"


def test_a_language_that_is_removed_comes_back_by_undo(lead, french):
    lead.post(address(french, "fr/remove/"), {"revision": 1})
    french.refresh_from_db()
    assert "translations" not in french.definition

    undo = f"/surveys/author/{french.survey_id}/questions/undo/"
    lead.post(undo, {"revision": revision(french)})

    french.refresh_from_db()
    assert french.definition["translations"] == {"fr": {"wish.text": "Un souhait"}}


def test_nothing_is_removed_by_who_has_not_seen_the_newest_state(lead, french):
    answer = lead.post(address(french, "fr/remove/"), {"revision": 9}, follow=True)

    assert "somebody else has changed this survey" in answer.text
    french.refresh_from_db()
    assert "fr" in french.definition["translations"]


def test_the_language_of_the_questions_themselves_can_be_named(lead, french):
    refused = lead.post(address(french, "written-in/"), {"language": "fr", "revision": 1})
    assert "Take that translation away first." in refused.text

    lead.post(address(french, "written-in/"), {"language": "de", "revision": 1})

    french.refresh_from_db()
    assert french.definition["language"] == "de"


def test_a_language_with_missing_texts_keeps_the_survey_back(lead, french):
    n = len(texts_of(DEFINITION)) - 1

    page = lead.get(f"/surveys/author/{french.survey_id}/").text

    assert f"Language “français”: {n} texts are not translated." in page
    outline = lead.get(f"/surveys/author/{french.survey_id}/questions/").text
    assert f'href="{address(french, "fr/")}"' in outline


def test_who_does_not_write_surveys_translates_none(sign_in, french):
    staff = sign_in("staff")

    for part in ("", "fr/"):
        assert staff.get(address(french, part)).status_code == 404
    assert staff.post(address(french, "fr/remove/"), {"revision": 1}).status_code == 404
    assert sign_in("lead").get(address(french, "de/")).status_code == 404
