"""The pages of an impact assessment: who sees what, nothing typed is lost, and both languages."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from buyin.initiatives.actions.impact import seen
from buyin.initiatives.models import ImpactAssessment
from tests.factories.impact import ANSWERS, make_impact
from tests.factories.initiatives import InitiativeFactory


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit assistant", departments=[cast.roads], lead=cast.staff)


@pytest.fixture
def at(initiative):
    return f"/initiatives/{initiative.pk}/assessment/"


@pytest.fixture
def begun(initiative):
    return make_impact(initiative, is_finished=False, answers={})


def page_of(client, address, **typed):
    """Return what a browser sends that has opened this page and typed this."""
    form = client.get(address).context["form"]
    shown, was_seen = form["shown"].value(), form["was_seen"].value()
    return {"shown": shown, "was_seen": was_seen, "go": "on", **typed}


def said(answer):
    return " ".join(answer.text.split())


def test_the_own_lead_begins_answers_and_finishes(sign_in, at):
    client = sign_in("staff")

    begun = client.post(f"{at}begin/", follow=True)
    assert "0 of 1 choices made" in said(begun)
    page = f"{at}1/projectDetails/"
    after = client.post(page, page_of(client, page, projectDetailsPhase="item2"))
    assert after["Location"] == f"{at}1/businessDrivers/"
    done = client.post(f"{at}1/finish/", follow=True)

    assert "Impact level I: little to no impact" in said(done)
    assert "0 of 167" in said(done)
    assert "left open" in said(done)


def test_everybody_who_sees_the_initiative_reads_the_result_and_only_that(sign_in, initiative, at):
    make_impact(initiative)
    make_impact(initiative, is_finished=False)
    reader = sign_in("coordinator")

    overview, result = reader.get(at), reader.get(f"{at}1/")

    assert "Level I: little to no impact" in said(overview)
    assert "being filled in" not in overview.text
    assert "Begin a new version" not in overview.text
    assert "11 of 167" in said(result)
    assert "Permits in a day" in result.text
    assert "Sans objet" not in result.text
    for address in (f"{at}2/", f"{at}2/answers.json", f"{at}2/riskProfile/", f"{at}1/riskProfile/"):
        assert reader.get(address).status_code == 404, address


def test_the_overview_of_the_initiative_names_the_level(sign_in, initiative):
    address = f"/initiatives/{initiative.pk}/"
    assert "Impact level" not in sign_in("coordinator").get(address).text

    make_impact(initiative)

    assert "Impact level I, little to no impact" in said(sign_in("coordinator").get(address))


def test_answers_that_open_questions_lead_to_the_first_of_them(sign_in, at, begun):
    client = sign_in("lead")
    page = f"{at}1/riskProfile/"

    assert "riskProfile2A" not in client.get(page).text
    after = client.post(page, page_of(client, page, riskProfile4="item2-0"))

    names = after["Location"].partition("#")
    assert names[0] == page
    assert names[2].startswith("id_riskProfile")
    assert "open 1 more question on this page" in said(client.get(page))


def test_what_was_typed_stays_when_somebody_else_was_first(sign_in, at, begun):
    client, page = sign_in("lead"), f"{at}1/projectDetails/"
    typed = page_of(client, page, projectDetailsTitle="Mine, long thought out")
    ImpactAssessment.objects.update(answers={"projectDetailsTitle": "Theirs"})

    first = client.post(page, typed)

    assert "Somebody else has saved other answers" in first.text
    assert "Mine, long thought out" in first.text
    begun.refresh_from_db()
    assert begun.answers == {"projectDetailsTitle": "Theirs"}
    again = {**typed, "was_seen": first.context["form"]["was_seen"].value()}
    assert client.post(page, again).status_code == 302
    begun.refresh_from_db()
    assert begun.answers == {"projectDetailsTitle": "Mine, long thought out"}


def test_an_answer_to_a_question_that_is_not_asked_any_more_is_kept(sign_in, at, begun):
    client, page = sign_in("lead"), f"{at}1/aboutSystem/"
    ImpactAssessment.objects.update(answers={"aboutSystem5": "item1-0"})
    typed = page_of(client, page, aboutSystem5="item1-0", aboutSystem5A="MIT")
    ImpactAssessment.objects.update(answers={"aboutSystem5": "item2-1"})
    names = typed["shown"].split(",")
    typed["was_seen"] = seen({"aboutSystem5": "item2-1"}, names)

    client.post(page, typed)

    begun.refresh_from_db()
    assert begun.answers == {"aboutSystem5": "item1-0", "aboutSystem5A": "MIT"}


def test_what_the_page_did_not_show_is_not_touched(sign_in, at, begun):
    client, page = sign_in("lead"), f"{at}1/riskProfile/"
    kept = {"riskProfile4": "item2-0", "riskProfile1": "item1-3"}
    ImpactAssessment.objects.update(answers=kept)
    typed = {"shown": "riskProfile2,nothing", "was_seen": seen({}, ["riskProfile2"])}

    client.post(page, {**typed, "riskProfile2": "item2-0", "riskProfile1": "item2-0", "go": "on"})

    begun.refresh_from_db()
    assert begun.answers == {**kept, "riskProfile2": "item2-0"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"projectDetailsPhase": "item9"}, "Project Phase:"),
        ({"projectDetailsTitle": "x" * 1001}, "Project Title:"),
        ({"projectDetailsTitle": "a\x00b"}, "Project Title:"),
    ],
)
def test_a_bad_answer_is_named_and_nothing_typed_is_lost(sign_in, at, begun, typed, told):
    client, page = sign_in("lead"), f"{at}1/projectDetails/"

    answer = client.post(page, page_of(client, page, projectDetailsJob="Director", **typed))

    assert answer.status_code == 200
    assert told in answer.text
    assert 'value="Director"' in answer.text
    begun.refresh_from_db()
    assert begun.answers == {}


def test_the_button_of_the_other_language_saves_first(sign_in, at, begun):
    client, page = sign_in("lead"), f"{at}1/riskProfile/"
    typed = page_of(client, page, riskProfile1="item1-3")

    answer = client.post(page, {**typed, "go": "language:fr"}, follow=True)

    assert "Profil de risque" in answer.text
    assert '<h1 lang="fr">' in answer.text
    begun.refresh_from_db()
    assert begun.answers == {"riskProfile1": "item1-3"}
    assert "À propos des données" in client.get(f"{at}1/").text


def test_the_result_is_read_in_french_without_an_account_setting(sign_in, initiative, at):
    make_impact(initiative)
    client = sign_in("coordinator")

    french = client.get(f"{at}1/?language=fr").text

    assert "Probablement réversible" in french
    assert "Likely reversible" in client.get(f"{at}1/?language=en").text
    assert client.get(f"{at}1/?language=xx").status_code == 200


def test_the_last_page_leads_to_where_it_is_finished(sign_in, at, initiative):
    make_impact(initiative, is_finished=False)
    client, page = sign_in("lead"), f"{at}1/privacyImplementation/"

    answer = client.post(page, page_of(client, page, privacyImplementation1="item1-2"))
    stopped = client.post(page, {**page_of(client, page), "go": "stop"})

    assert answer["Location"].partition("#")[0] in {page, f"{at}1/"}
    assert stopped.status_code == 302


def test_a_page_of_the_other_phase_is_not_there(sign_in, at, initiative):
    make_impact(initiative, is_finished=False)
    client = sign_in("lead")

    assert client.get(f"{at}1/privacyDesign/").status_code == 404
    assert client.get(f"{at}1/nothing/").status_code == 404


def test_a_page_of_a_finished_version_leads_to_its_result(sign_in, at, initiative):
    make_impact(initiative)
    client, page = sign_in("lead"), f"{at}1/riskProfile/"

    assert client.get(page)["Location"] == f"{at}1/"
    typed = {"shown": "riskProfile1", "riskProfile1": "item2-0", "was_seen": "", "go": "on"}
    assert "finished this assessment" in client.post(page, typed).text
    assert "finished this assessment" in client.post(f"{at}1/finish/", follow=True).text
    assert "finished this assessment" in client.post(f"{at}1/give-up/", follow=True).text
    assert ImpactAssessment.objects.get().answers == ANSWERS


def test_what_has_to_be_said_before_the_end_is_one_press_away(sign_in, at, begun):
    answer = sign_in("lead").post(f"{at}1/finish/")

    assert answer.headers["Location"] == f"{at}1/projectDetails/"


def test_a_level_is_not_told_without_what_is_still_open(sign_in, at, begun):
    page = said(sign_in("lead").get(f"{at}1/"))

    assert "questions that count are open; level I so far" in page
    assert "little to no impact" not in page


def test_it_is_not_finished_before_the_phase_is_said(sign_in, at, begun):
    answer = sign_in("lead").post(f"{at}1/finish/", follow=True)

    assert "designed or already put to use" in answer.text
    begun.refresh_from_db()
    assert begun.finished_at is None


def test_giving_up_asks_once_more(sign_in, at, begun):
    client = sign_in("lead")

    assert "Give version 1" in said(client.get(f"{at}1/give-up/"))
    assert ImpactAssessment.objects.exists()
    answer = client.post(f"{at}1/give-up/", follow=True)

    assert "The assessment is gone." in answer.text
    assert not ImpactAssessment.objects.exists()


def test_what_is_downloaded_comes_in_again_as_a_new_version(sign_in, at, initiative):
    make_impact(initiative)
    client = sign_in("lead")

    sent = client.get(f"{at}1/answers.json")
    assert json.loads(sent.content)["data"] == ANSWERS
    assert "attachment" in sent["Content-Disposition"]
    file = SimpleUploadedFile("SurveyResults.json", sent.content)
    brought = client.post(f"{at}import/", {"file": file}, follow=True)

    assert "7 answers were taken over." in brought.text
    assert initiative.impact_assessments.begun().get().answers == ANSWERS


def test_what_does_not_fit_in_a_file_is_named(sign_in, at):
    content = json.dumps({"data": {"projectDetailsPhase": "item1", "old<b>": "item1-3"}}).encode()
    file = SimpleUploadedFile("a.json", content)

    answer = sign_in("lead").post(f"{at}import/", {"file": file}, follow=True)

    assert "none of its choices: old&lt;b&gt;" in answer.text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"{", "no proper JSON"),
        (b'{"data": {"x": 1}}', "None of its answers"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(sign_in, at, content, told):
    file = SimpleUploadedFile("a.json", content)

    answer = sign_in("lead").post(f"{at}import/", {"file": file})

    assert told in answer.text
    assert not ImpactAssessment.objects.exists()


def test_a_file_is_refused_while_one_is_being_filled_in(sign_in, at, begun):
    file = SimpleUploadedFile("a.json", b'{"data": {"projectDetailsPhase": "item1"}}')

    answer = sign_in("lead").post(f"{at}import/", {"file": file})

    assert "An assessment is being filled in." in answer.text
    begun.refresh_from_db()
    assert begun.answers == {}


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_needs_as_many_queries_for_many_versions_as_for_one(
    sign_in, initiative, at, count, django_assert_num_queries
):
    client = sign_in("lead")
    for _ in range(count):
        make_impact(initiative)

    with django_assert_num_queries(3):
        client.get(at)


def test_programs_read_finished_ones_of_what_they_may_see(sign_in, cast, initiative):
    done = make_impact(initiative)
    make_impact(initiative, is_finished=False)
    make_impact(InitiativeFactory(departments=[cast.clinic]))

    found = sign_in("staff").get("/api/v1/impact-assessments/").json()["results"]

    assert [(one["id"], one["total"], one["level"]) for one in found] == [(done.pk, 11, 1)]
    assert found[0]["answers"] == ANSWERS
