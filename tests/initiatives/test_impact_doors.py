"""Impact assessments for programs and in the record keeping; and what nobody gets in or out."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from buyin.initiatives.actions import impact as actions
from buyin.initiatives.models import ImpactAssessment
from buyin.initiatives.views.impact_language import COOKIE
from tests.factories.impact import ANSWERS, make_impact
from tests.factories.initiatives import InitiativeFactory

API = "/api/v1/impact-assessments/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit assistant", departments=[cast.roads])


@pytest.fixture
def at(initiative):
    return f"/initiatives/{initiative.pk}/assessment/"


def test_a_program_gets_these_fields_and_no_others(sign_in, initiative):
    done = make_impact(initiative)

    found = sign_in("staff").get(f"{API}{done.pk}/").json()

    assert found.pop("finished_at")
    assert found == {
        "id": done.pk,
        "initiative": initiative.pk,
        "number": 1,
        "questions": "1.0.1",
        "raw": 11,
        "raw_maximum": 167,
        "mitigation": 2,
        "mitigation_maximum": 77,
        "total": 11,
        "level": 1,
        "left_open": done.left_open,
        "answers": ANSWERS,
    }


@pytest.mark.parametrize("who", ["staff", "lead", "administrator"])
def test_one_that_is_being_filled_in_is_there_for_no_program(sign_in, initiative, who):
    begun = make_impact(initiative, is_finished=False)

    assert sign_in(who).get(f"{API}{begun.pk}/").status_code == 404
    assert sign_in(who).get(API).json()["results"] == []


def test_a_program_of_another_department_gets_nothing(sign_in, initiative):
    done = make_impact(initiative)

    assert sign_in("neighbour").get(f"{API}{done.pk}/").status_code == 404
    assert sign_in("neighbour").get(API).json()["results"] == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_program_changes_nothing(sign_in, initiative, method):
    done = make_impact(initiative)
    client = sign_in("administrator")

    answer = getattr(client, method)(
        f"{API}{done.pk}/", {"level": 4}, content_type="application/json"
    )

    assert answer.status_code in {403, 405}
    assert ImpactAssessment.objects.get().level == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_for_programs_needs_as_many_queries_for_many_as_for_one(
    sign_in, initiative, django_assert_max_num_queries, count
):
    client = sign_in("staff")
    for _ in range(count):
        make_impact(initiative)

    with django_assert_max_num_queries(8):
        found = client.get(API).json()["results"]

    assert [one["number"] for one in found] == list(range(count, 0, -1))


def test_the_record_keeping_shows_them_and_changes_none(sign_in, initiative):
    done = make_impact(initiative)
    client = sign_in("administrator")
    places = "/admin/initiatives/impactassessment/"

    assert "Permit assistant" in client.get(f"{places}?q=permit").text
    assert "item1-3" in client.get(f"{places}{done.pk}/change/").text
    assert client.post(f"{places}{done.pk}/change/", {"level": 4}).status_code == 403
    assert client.post(f"{places}{done.pk}/delete/", {"post": "yes"}).status_code == 403
    assert ImpactAssessment.objects.get().level == 1


def test_what_people_type_is_shown_as_text(sign_in, initiative, at):
    make_impact(initiative, answers={**ANSWERS, "projectDetailsTitle": SCRIPT})
    make_impact(initiative, is_finished=False, answers={"projectDetailsTitle": SCRIPT})
    client = sign_in("lead")

    for page in (f"{at}1/", f"{at}2/projectDetails/"):
        text = client.get(page).text
        assert SCRIPT not in text
        assert "&lt;script&gt;" in text


def test_what_is_shown_again_after_a_mistake_is_text_too(sign_in, initiative, at):
    make_impact(initiative, is_finished=False)
    typed = {
        "shown": f"riskProfile1,{SCRIPT}",
        "was_seen": "x" * 21,
        "riskProfile1": SCRIPT,
        "go": SCRIPT,
    }

    answer = sign_in("lead").post(f"{at}1/riskProfile/", typed)

    assert answer.status_code == 200
    assert SCRIPT not in answer.text
    assert ImpactAssessment.objects.get().answers == ANSWERS


@pytest.mark.parametrize("go", ["", "on", "language:xx", "language:", "elsewhere"])
def test_whatever_button_is_sent_the_answers_are_saved(sign_in, initiative, at, go):
    begun = make_impact(initiative, is_finished=False, answers={})
    was_seen = actions.seen({}, ["riskProfile1"])
    typed = {"shown": "riskProfile1", "was_seen": was_seen, "riskProfile1": "item2-0", "go": go}

    answer = sign_in("lead").post(f"{at}1/riskProfile/", typed)

    assert answer["Location"].startswith(at)
    begun.refresh_from_db()
    assert begun.answers == {"riskProfile1": "item2-0"}


def test_the_language_that_was_chosen_is_kept_where_no_script_reads_it(sign_in, initiative, at):
    make_impact(initiative)
    client = sign_in("staff")

    cookie = client.get(f"{at}1/?language=fr").cookies[COOKIE]

    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("fr", True, "Lax")
    assert COOKIE not in client.get(f"{at}1/").cookies
    assert COOKIE not in client.get(f"{at}1/?language=tlh").cookies


def test_pages_that_are_being_filled_in_are_kept_by_no_cache(sign_in, initiative, at):
    make_impact(initiative, is_finished=False)

    for page in (f"{at}1/", f"{at}1/riskProfile/"):
        assert "no-store" in sign_in("lead").get(page)["Cache-Control"]


def test_beginning_twice_goes_on_with_the_same(sign_in, initiative, at):
    client = sign_in("lead")

    first, second = client.post(f"{at}begin/"), client.post(f"{at}begin/")

    assert first["Location"] == second["Location"] == f"{at}1/"
    assert ImpactAssessment.objects.count() == 1


def test_finishing_twice_keeps_the_first_result(sign_in, initiative, at):
    make_impact(initiative, is_finished=False)
    client = sign_in("lead")

    client.post(f"{at}1/finish/")
    first = ImpactAssessment.objects.values().get()
    client.post(f"{at}1/finish/")

    assert ImpactAssessment.objects.values().get() == first
    assert first["total"] == 11


@pytest.mark.parametrize("who", ["staff", "coordinator", "executive", "moderator", "neighbour"])
def test_who_may_not_change_the_initiative_writes_nothing(sign_in, initiative, at, who):
    make_impact(initiative, is_finished=False)
    before = ImpactAssessment.objects.values().get()
    client = sign_in(who)
    file = SimpleUploadedFile("a.json", json.dumps({"data": ANSWERS}).encode())

    for path in ("begin/", "1/finish/", "1/give-up/", "1/riskProfile/"):
        assert client.post(f"{at}{path}", {"shown": "riskProfile1"}).status_code == 404, path
    assert client.post(f"{at}import/", {"file": file}).status_code == 404
    assert ImpactAssessment.objects.values().get() == before


def test_an_initiative_takes_its_assessments_along_when_it_is_deleted(initiative):
    make_impact(initiative)

    initiative.delete()

    assert not ImpactAssessment.objects.exists()
