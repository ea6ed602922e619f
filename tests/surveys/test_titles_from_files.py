"""Title and purpose that a file has in several languages: read, shown, kept, or left out."""

import json

import pytest

from buyin.workbooks import RefusedFileError
from surveys.formats.any_survey import read_survey
from surveys.formats.own_json import write_own
from surveys.models import Survey, SurveyFile
from tests.factories.surveys import DEFINITION, make_draft_version, make_wave
from tests.surveys.forms import form, lss, question, row
from tests.surveys.test_bringing import upload
from tests.surveys.test_round_trips import DEFINITION as SPOKEN
from tests.surveys.test_round_trips import IN_FILES, SURVEY

OURS = write_own(SPOKEN, SURVEY).encode()


def titled(header, cells):
    return form("text|q|What?", settings=[header, cells])


def lss_in(*languages):
    settings = "".join(
        row(surveyls_language=code, surveyls_title=title, surveyls_description=why)
        for code, title, why in languages
    )
    return lss(question("T"), surveys_languagesettings=settings)


@pytest.mark.parametrize("header", ["form_title", "title", "set form title"])
def test_a_form_has_its_title_in_languages_as_it_has_labels(header):
    found = read_survey(
        titled([header, "form_title::French (fr)", "form_title::Deutsch"], ["Tea", "Thé", "Tee"])
    )

    assert found.title == "Tea"
    assert found.translations == {"fr": {"title": "Thé"}, "de": {"title": "Tee"}}
    assert found.definition["translations"] == {"fr": {}, "de": {}}
    assert list(found.remarks) == []


def test_a_title_in_the_language_of_the_form_is_its_title():
    header = ["form_title::English (en)", "form_title::French (fr)", "default_language"]
    found = read_survey(titled(header, ["Tea", "Thé", "English (en)"]))

    assert (found.title, found.translations) == ("Tea", {"fr": {"title": "Thé"}})


def test_a_title_in_a_language_that_nobody_knows_is_told():
    found = read_survey(titled(["form_title", "form_title::Klingon"], ["Tea", "Dargh"]))

    assert found.title == "Tea"
    (remark,) = found.remarks
    assert (remark.sheet, remark.row, remark.column) == ("settings", 2, "B (form_title::Klingon)")
    assert remark.value == "Dargh"


def test_what_is_too_long_is_cut_and_told_in_every_language():
    found = read_survey(titled(["form_title", "portal_title::fr"], ["t" * 201, "é" * 300]))

    assert found.title == "t" * 200
    assert found.translations == {"fr": {"title": "é" * 200}}
    assert [(r.column, r.why) for r in found.remarks] == [
        (column, "The text is cut after 200 characters.")
        for column in ("A (form_title)", "B (portal_title::fr)")
    ]


def test_a_title_comes_in_as_one_line_that_can_be_seen():
    found = read_survey(
        titled(["form_title", "form_title::fr"], ["Tea\nor\tnot", "Thé\u202e\nnoir"])
    )

    assert found.title == "Tea or not"
    assert found.translations["fr"]["title"] == "Thé noir"


def test_limesurvey_has_a_title_and_a_description_in_each_language():
    found = read_survey(
        lss_in(("en", "Tea", "<p>We ask.</p>"), ("fr", "Thé <b>noir</b>", ""), ("de", "", ""))
    )

    assert (found.title, found.purpose) == ("Tea", "We ask.")
    assert found.translations == {"fr": {"title": "Thé noir"}}
    assert found.definition["translations"] == {"fr": {}}


def test_a_long_title_of_limesurvey_is_cut_and_told_with_its_place():
    found = read_survey(lss_in(("en", "Tea", ""), ("fr", "é" * 201, "")))

    (remark,) = found.remarks
    assert (remark.sheet, remark.row, remark.column) == (
        *("surveys_languagesettings", 2, "surveyls_title"),
    )


@pytest.mark.parametrize(
    ("translations", "why"),
    [
        ({"en": {"title": "Tea"}}, "translations.en: This is the language of the survey itself."),
        ({"fr": {"name": "Thé"}}, "translations.fr: Additional properties"),
        ({"fr": {"title": "é" * 201}}, "translations.fr.title: "),
        ({"fr": "Thé"}, "translations.fr: 'Thé' is not of type 'object'"),
        ({"French": {}}, "translations: "),
    ],
)
def test_a_file_of_ours_with_other_translations_is_refused(translations, why):
    content = json.dumps({**json.loads(OURS), "translations": translations}).encode()

    with pytest.raises(RefusedFileError) as refused:
        read_survey(content)

    assert str(refused.value).startswith(why)


def test_a_language_of_the_title_alone_is_a_language_of_the_survey():
    content = json.loads(OURS)
    content["translations"]["es"] = {"title": "Té"}

    found = read_survey(json.dumps(content).encode())

    assert found.definition["translations"] == {**SPOKEN["translations"], "es": {}}


def test_a_survey_comes_back_with_title_and_purpose_in_all_its_languages(lead, cast):
    page = upload(lead, OURS, "survey.json", purpose="").headers["Location"]
    made = lead.post(page).headers["Location"]

    survey = Survey.objects.get()
    assert (survey.title, survey.purpose) == (SURVEY.title, SURVEY.purpose)
    assert survey.translations == IN_FILES
    assert survey.versions.get().definition == SPOKEN
    shown = lead.get(made.replace("questions/", "languages/de/")).text
    assert 'value="Tee, größer"' in shown
    again = lead.get(f"/surveys/author/{survey.pk}/survey.json").json()
    assert again["translations"] == IN_FILES


def test_every_file_that_leaves_comes_back_as_the_survey_that_it_was(lead, cast):
    version = make_draft_version(SPOKEN)
    Survey.objects.update(translations=IN_FILES)
    for name in ("form.xlsx", "survey.json"):
        content = lead.get(f"/surveys/author/{version.survey_id}/{name}").content
        lead.post(upload(lead, content, name, purpose="").headers["Location"])

        made = Survey.objects.latest("pk")
        assert made.pk != version.survey_id
        assert (made.title, made.purpose) == (version.survey.title, version.survey.purpose)
        assert made.translations == IN_FILES
        assert made.versions.get().definition == SPOKEN


def test_translations_of_a_text_that_was_typed_anew_stay_out_and_that_is_told(lead, cast):
    page = upload(lead, OURS, "survey.json", purpose="", title="Typed").headers["Location"]
    shown = lead.get(page).text
    lead.post(page)

    assert "Title of the survey: you typed another text than the file has" in shown
    assert "Why you ask: you typed" not in shown
    assert Survey.objects.get().translations == {"fr": {"purpose": "Pour savoir,\nvraiment."}}


def test_the_same_text_typed_again_keeps_its_translations(lead, cast):
    page = upload(lead, OURS, purpose=SURVEY.purpose, title=SURVEY.title).headers["Location"]

    assert "you typed another text" not in lead.get(page).text
    lead.post(page)
    assert Survey.objects.get().translations == IN_FILES


def test_where_nobody_has_said_why_the_report_asks_for_it(lead, cast):
    page = upload(lead, form("text|q|What?"), purpose="").headers["Location"]
    shown = lead.get(page).text
    empty = lead.post(page, {"purpose": " "}).text

    assert "Why you ask" in shown
    assert "Say why you ask." not in shown
    assert "Say why you ask." in empty
    assert SurveyFile.objects.exists()
    lead.post(page, {"purpose": "To know."})
    assert Survey.objects.get().purpose == "To know."


def test_where_it_was_said_the_report_does_not_ask_again(lead, cast):
    page = upload(lead, form("text|q|What?")).headers["Location"]

    assert 'name="purpose"' not in lead.get(page).text
    lead.post(page, {"purpose": "Something else"})
    assert Survey.objects.get().purpose == "We ask."


def test_programs_read_title_and_purpose_in_all_languages(lead, cast):
    wave = make_wave(cast.roads)
    address = f"/api/v1/surveys/{wave.survey_id}/versions/{wave.version.number}/"
    assert "translations" not in lead.get(address).json()

    definition = {**DEFINITION, "translations": {"fr": {}}}
    version = make_draft_version(definition)
    Survey.objects.filter(pk=version.survey_id).update(translations=IN_FILES)
    found = lead.get(f"/api/v1/surveys/{version.survey_id}/versions/{version.number}/").json()
    assert found["translations"] == {"fr": IN_FILES["fr"]}
