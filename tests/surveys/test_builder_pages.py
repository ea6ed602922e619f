"""Adding pages, changing what stands above their questions, and starting from nothing."""

import pytest

from surveys.models import Survey, SurveyFile, SurveyVersion
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import DEFINITION, make_draft_version
from tests.surveys.untouched import untouched


@pytest.fixture
def draft(cast):
    return make_draft_version()


def address(version, part=""):
    return f"/surveys/author/{version.survey_id}/pages/{part}"


def pages(version):
    version.refresh_from_db()
    return version.definition["pages"]


def fields(**changes):
    return {"title": "About you", "intro": "", "shown": "", "revision": 1, **changes}


def test_a_page_is_added_at_the_end_without_questions_and_says_so(lead, draft):
    typed = fields(intro="Two\r\nlines", shown="${helped} = 'yes'")

    answer = lead.post(address(draft, "new/"), typed)

    outline = f"/surveys/author/{draft.survey_id}/questions/"
    assert answer.headers["Location"] == f"{outline}#page-about_you"
    assert pages(draft)[-1] == {
        "code": "about_you",
        "title": "About you",
        "intro": "Two\nlines",
        "show_if": "${helped} = 'yes'",
        "questions": [],
    }
    assert "A page without questions cannot be published." in lead.get(outline).text


def test_a_draft_with_an_empty_page_can_be_looked_at_but_not_published(lead, draft):
    lead.post(address(draft, "new/"), fields())
    survey = f"/surveys/author/{draft.survey_id}/"

    for part in ("", "preview/3/", "frame/3/", "survey.json", "form.xlsx"):
        assert lead.get(survey + part).status_code == 200, part
    assert "It has no question yet." in lead.get(survey).text


def test_the_title_and_the_condition_of_a_page_change_and_its_questions_stay(lead, draft):
    _action, typed = untouched(lead.get(address(draft, "needs/edit/")).text, "title")
    typed["title"], typed["shown"], typed["show_if"] = "Wishes", "written", "${useful} > 3"

    lead.post(address(draft, "needs/edit/"), typed)

    needs = pages(draft)[1]
    assert (needs["title"], needs["show_if"]) == ("Wishes", "${useful} > 3")
    assert needs["questions"] == DEFINITION["pages"][1]["questions"]


def test_a_page_cannot_depend_on_an_answer_that_is_given_on_it(lead, draft):
    typed = fields(shown="written", show_if="${hours} > 3")

    answer = lead.post(address(draft, "needs/edit/"), typed)

    assert "These answers decide about each other" in answer.text
    assert "${hours} &gt; 3" in answer.text
    assert pages(draft) == DEFINITION["pages"]


def test_a_page_needs_a_title(lead, draft):
    answer = lead.post(address(draft, "new/"), fields(title="", intro="Kept"))

    assert "Title: Write a title." in " ".join(answer.text.split())
    assert "Kept" in answer.text


def test_of_two_editors_of_a_page_the_second_is_told_and_loses_nothing(lead, draft, sign_in):
    lead.post(address(draft, "needs/edit/"), fields(title="First"))

    told = sign_in("administrator").post(address(draft, "needs/edit/"), fields(title="Second"))

    assert "changed this while you were typing" in told.text
    assert 'value="Second"' in told.text
    assert pages(draft)[1]["title"] == "First"


def test_what_was_typed_about_a_page_that_somebody_removed_can_be_added_again(lead, draft):
    remove = {"do": "page:remove:needs", "revision": 1}
    lead.post(f"/surveys/author/{draft.survey_id}/questions/arrange/", remove)

    told = lead.post(address(draft, "needs/edit/"), fields(title="Typed in vain?"))
    assert "Somebody else has removed this page." in told.text
    lead.post(*untouched(told.text, "title"))

    assert [page["title"] for page in pages(draft)] == [
        DEFINITION["pages"][0]["title"],
        "Typed in vain?",
    ]
    assert lead.get(address(draft, "nowhere/edit/")).status_code == 404


def test_a_survey_without_questions_starts_in_the_builder(lead, cast):
    initiative = InitiativeFactory()
    typed = {"title": "Lunch", "purpose": "To plan.", "kind": "pulse", "initiative": initiative.pk}
    assert "Start without a template" in lead.get("/surveys/author/new/").text

    answer = lead.post("/surveys/author/new/blank/", typed)

    survey = Survey.objects.get()
    assert answer.headers["Location"] == f"/surveys/author/{survey.pk}/questions/"
    assert (survey.kind, survey.owner) == ("pulse", cast.lead)
    outline = lead.get(answer.headers["Location"])
    assert "No question yet." in outline.text
    question = {"revision": 1, "text": "Hungry?", "must": "no", "shown": ""}
    lead.post(f"/surveys/author/{survey.pk}/questions/new/rating/", question)
    assert SurveyVersion.objects.get().definition["pages"][0]["questions"][0]["code"] == "hungry"


def test_who_does_not_write_surveys_adds_no_page_and_starts_none(sign_in, draft):
    staff = sign_in("staff")

    assert staff.post(address(draft, "new/"), fields()).status_code == 404
    assert staff.get(address(draft, "needs/edit/")).status_code == 404
    assert staff.get("/surveys/author/new/blank/").status_code == 404
    assert pages(draft) == DEFINITION["pages"]


def test_a_survey_from_a_file_is_opened_in_the_builder(lead, cast):
    initiative = InitiativeFactory()
    texts = {"title": "T", "purpose": "P", "kind": "needs", "initiative": str(initiative.pk)}
    report = {"title": "T", "definition": DEFINITION, "rows": 1, "taken": 1, "remarks": []}
    file = SurveyFile.objects.create(
        owner=cast.lead, name="a.json", content=b"", texts=texts, state="read", report=report
    )

    answer = lead.post(f"/surveys/author/files/{file.pk}/")

    assert answer.headers["Location"] == f"/surveys/author/{Survey.objects.get().pk}/questions/"
