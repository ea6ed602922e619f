"""Shared results for programs: the same documents, for the same people, to read only."""

import pytest

from surveys.actions.sharing import withdraw_results
from surveys.models import DepartmentResult, SharedResult
from tests.factories.needs import STATEMENT, make_need, make_remedy
from tests.factories.results import make_results, varied
from tests.factories.sharing import LEARNED, NEXT, share

RESULTS = "/api/v1/my/results/"


@pytest.fixture
def result(cast):
    return make_results({cast.roads: varied(60), cast.clinic: varied(30)})


@pytest.fixture
def everybody(cast, result):
    need = make_need(result.wave.survey.initiative)
    make_remedy(need, text="A session each month.")
    return share(result, by=cast.lead, needs=[need])


def read(client, result):
    return client.get(f"{RESULTS}{result.wave_id}/")


def waves_of(client):
    return [row["wave"] for row in client.get(RESULTS).json()["results"]]


# Who


@pytest.mark.parametrize("who", ["staff", "neighbour", "lead", "executive", "administrator"])
def test_those_who_read_the_page_read_it_here(sign_in, result, everybody, who):
    client = sign_in(who)

    (row,) = client.get(RESULTS).json()["results"]
    found = read(client, result).json()

    assert row == {name: found[name] for name in row}
    assert (row["wave"], row["version"]) == (result.wave_id, 1)
    assert client.get(row["page"]).status_code == 200


@pytest.mark.parametrize("who", ["coordinator", "trainer", "moderator"])
def test_for_everybody_else_there_is_nothing(sign_in, result, everybody, who):
    client = sign_in(who)

    assert waves_of(client) == []
    assert read(client, result).status_code == 404


def test_nobody_reads_without_signing_in(sign_in, result, everybody):
    for who in ("anonymous", "deactivated"):
        assert read(sign_in(who), result).status_code == 403


def test_a_department_that_was_not_chosen_finds_nothing(sign_in, cast, result):
    share(result, cast.clinic, by=cast.lead)

    assert (waves_of(sign_in("staff")), read(sign_in("staff"), result).status_code) == ([], 404)
    assert waves_of(sign_in("neighbour")) == [result.wave_id]


def test_nothing_can_be_written(sign_in, result, everybody):
    for method in ("post", "put", "patch", "delete"):
        for path in (RESULTS, f"{RESULTS}{result.wave_id}/"):
            assert getattr(sign_in("lead"), method)(path).status_code in {403, 405}
    assert SharedResult.objects.standing().count() == 1


@pytest.mark.parametrize(
    "path",
    [f"{RESULTS}{10**30}/", f"/surveys/{10**30}/shared/", f"/surveys/{10**30}/shared/print/"],
)
def test_a_number_beyond_all_waves_is_not_found(sign_in, everybody, path):
    assert sign_in("lead").get(path).status_code == 404


# What


def test_it_says_what_the_survey_team_said(sign_in, result, everybody):
    found = read(sign_in("staff"), result).json()

    assert (found["learned"], found["next_steps"]) == (LEARNED, NEXT)
    assert (found["answers"], found["asked"], found["smallest_group"]) == (90, 120, 10)
    (need,) = found["needs"]
    assert need["statement"] == STATEMENT
    assert [one["text"] for one in need["remedies"]] == ["A session each month."]


def test_the_title_is_that_of_the_document_whatever_the_survey_is_called_now(
    sign_in, result, everybody
):
    survey = result.wave.survey
    shared_as, survey.title = survey.title, "Another name"
    survey.save()
    client = sign_in("staff")

    (row,) = client.get(RESULTS).json()["results"]

    assert (row["title"], read(client, result).json()["title"]) == (shared_as, shared_as)
    assert shared_as in client.get(row["page"]).text


def test_figures_are_those_of_the_document_and_ones_own_department_alone(
    sign_in, cast, result, everybody
):
    found = read(sign_in("staff"), result).json()

    items = {item["code"]: item for one in found["questions"] for item in one["items"]}
    assert {code: items[code]["n"] for code in result.questions} == {
        code: kept["n"] for code, kept in result.questions.items()
    }
    own = DepartmentResult.objects.get(result=result, department=cast.roads).questions
    assert found["department"] == "roads"
    told = {code for code, item in items.items() if item["departments"]}
    assert told == {code for code, parts in own.items() if any(t["blocks"] for t in parts.values())}
    assert {one["code"] for item in items.values() for one in item["departments"]} == {"roads"}


def test_who_was_not_asked_has_no_department(sign_in, result, everybody):
    found = read(sign_in("executive"), result).json()

    assert found["department"] is None
    assert all(not i["departments"] for one in found["questions"] for i in one["items"])


def test_what_was_taken_back_is_gone_and_says_why_as_the_page_does(
    sign_in, cast, result, everybody
):
    because = "A number was wrong."
    withdraw_results(share=everybody, by=cast.lead, because=because)
    client = sign_in("staff")

    assert waves_of(client) == []
    assert read(client, result).status_code == 410
    assert because in read(client, result).json()["detail"]
    assert because in client.get(f"/surveys/{result.wave_id}/shared/").text
    assert read(sign_in("coordinator"), result).status_code == 404

    share(result, by=cast.lead, different="Other words.")
    assert (read(client, result).json()["version"], waves_of(client)) == (2, [result.wave_id])


def test_programs_ask_the_same_however_much_there_is(
    sign_in, cast, result, everybody, django_assert_num_queries
):
    longer = make_results({one: varied(20) for one in (cast.roads, cast.parks, cast.clinic)})
    share(longer, by=cast.lead)
    client = sign_in("staff")
    for each in (result, longer):
        read(client, each)

    for each in (result, longer):
        with django_assert_num_queries(2):
            read(client, each)
    with django_assert_num_queries(3):
        client.get(RESULTS)
