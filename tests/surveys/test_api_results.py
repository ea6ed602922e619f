"""Results for programs: the same frozen figures as on the pages, for the same people."""

import json

import pytest

from buyin.initiatives.models import Initiative
from surveys.models import DepartmentResult, WaveResult
from tests.factories.questions import EVERY_TYPE
from tests.factories.results import every_sheet, make_closed, make_next, make_results, varied

RESULTS = "/api/v1/results/"


@pytest.fixture
def result(cast):
    return make_results({cast.roads: varied(30), cast.parks: varied(30)})


def read(client, result):
    return client.get(f"{RESULTS}{result.wave_id}/")


def items(found):
    """Return every item of the results by its code."""
    return {item["code"]: item for one in found["questions"] for item in one["items"]}


def counts(table):
    return [(cell["codes"], cell["count"]) for cell in table["cells"]]


def frozen(table):
    return list(zip(table["blocks"], table["counts"], strict=True))


# Who


@pytest.mark.parametrize("who", ["lead", "executive", "administrator"])
def test_those_who_see_the_pages_read_the_results(sign_in, result, who):
    client = sign_in(who)

    (row,) = client.get(RESULTS).json()["results"]
    found = read(client, result).json()

    assert (row["wave"], row["asked"], row["answers"]) == (result.wave_id, 120, 60)
    assert row == {name: value for name, value in found.items() if name != "questions"}


@pytest.mark.parametrize("who", ["staff", "neighbour", "coordinator", "trainer", "moderator"])
def test_for_everybody_else_there_is_nothing(sign_in, result, who):
    client = sign_in(who)

    assert client.get(RESULTS).json()["results"] == []
    assert read(client, result).status_code == 404


def test_nobody_reads_without_signing_in(sign_in, result):
    for who in ("anonymous", "deactivated"):
        assert read(sign_in(who), result).status_code == 403


def test_who_leads_the_initiative_reads_its_results_and_no_others(sign_in, cast, result):
    Initiative.objects.update(lead=cast.staff)
    other = make_results({cast.roads: varied(30)})
    other.wave.survey.initiative = Initiative.objects.create(name="Another")
    other.wave.survey.save()
    client = sign_in("staff")

    assert [row["wave"] for row in client.get(RESULTS).json()["results"]] == [result.wave_id]
    assert read(client, other).status_code == 404


def test_a_wave_that_was_not_counted_has_no_results(lead, cast):
    wave = make_closed({cast.roads: varied(30)})

    assert lead.get(f"{RESULTS}{wave.pk}/").status_code == 404


def test_a_number_beyond_all_waves_is_not_found_by_programs_or_on_the_page(lead):
    for address in (f"{RESULTS}{10**30}/", f"/surveys/{10**30}/results/"):
        assert lead.get(address).status_code == 404


# What


def test_every_question_says_what_was_frozen_of_it_and_no_more(lead, result):
    found = read(lead, result).json()

    told = items(found)
    assert {code for code, item in told.items() if item["n"] is not None} == set(result.questions)
    for code, kept in result.questions.items():
        assert told[code]["n"] == kept["n"]
        assert told[code]["missing"] == kept["missing"]
        parts = {table["part"]: counts(table) for table in told[code]["tables"]}
        kept_tables = kept.get("tables", {})
        assert parts == {part: frozen(one) for part, one in kept_tables.items()}


def test_departments_say_what_was_frozen_of_them_and_no_more(lead, result):
    told = items(read(lead, result).json())

    seen = {
        (part["code"], code, table["part"]): counts(table)
        for code, item in told.items()
        for part in item["departments"]
        for table in part["tables"]
    }
    kept = {
        (row.department.code, code, part): frozen(table)
        for row in DepartmentResult.objects.filter(result=result)
        for code, tables in row.questions.items()
        for part, table in tables.items()
        if table["blocks"]
    }
    assert seen == kept
    assert {department for department, _code, _part in seen} == {"works", "roads", "parks"}


def test_a_small_department_is_not_there_nor_what_is_left_without_it(lead, cast):
    result = make_results({cast.roads: varied(30), cast.parks: varied(30), cast.clinic: varied(4)})

    text = read(lead, result).content.decode()

    assert "clinic" not in text
    for item in items(json.loads(text)).values():
        assert len(item["departments"]) < 2  # two of three would tell of the third


def test_where_too_few_have_answered_nothing_is_told(lead, cast):
    result = make_results({cast.roads: varied(4)})

    found = read(lead, result).json()

    assert (found["answers"], found["questions"]) == (None, [])
    assert WaveResult.objects.get().questions == {}


def test_what_people_wrote_is_not_in_it(lead, result):
    found = read(lead, result)

    assert "A printer" not in found.content.decode()
    wish = items(found.json())["wish"]
    assert (wish["n"], wish["tables"], wish["departments"]) == (40, [], [])


def test_numbers_have_ranges_and_a_mean_with_how_sure_it_is(lead, result):
    hours = items(read(lead, result).json())["hours"]

    assert hours["mean"]["low"] < hours["mean"]["value"] < hours["mean"]["high"]
    assert all(len(one) == 2 for one in hours["ranges"])
    assert sum(count for _codes, count in counts(hours["tables"][0])) == hours["n"]


def test_a_question_of_every_type_can_be_read(lead, cast):
    result = make_results({cast.roads: every_sheet(40)}, definition=EVERY_TYPE)

    found = read(lead, result).json()

    assert found["title"] == result.wave.survey.title
    assert len(items(found)) >= len(result.questions) > 5
    assert [one["page"] for one in found["questions"]] == sorted(
        one["page"] for one in found["questions"]
    )


def test_where_nearly_all_say_the_same_only_the_side_is_told(lead, cast):
    alike = [{**one, "useful": 5} for one in varied(30)]
    result = make_results({cast.roads: alike})

    (table,) = items(read(lead, result).json())["useful"]["tables"]

    assert table["cells"] == []
    assert "5" in table["mostly"]["codes"]
    assert table["mostly"]["share"].startswith("over ")


def test_results_do_not_change_however_often_they_are_read(lead, result):
    assert read(lead, result).content == read(lead, result).content


def test_results_are_only_read(lead, result):
    for method in ("post", "put", "patch", "delete"):
        assert getattr(lead, method)(f"{RESULTS}{result.wave_id}/").status_code == 403
    assert WaveResult.objects.filter(pk=result.pk).exists()


def test_each_wave_of_a_survey_has_its_own(lead, cast, result):
    later = make_next(result, {cast.roads: varied(30)})

    rows = lead.get(RESULTS).json()["results"]

    assert [(row["wave"], row["number"]) for row in rows] == [
        (later.wave_id, 2),
        (result.wave_id, 1),
    ]
    numbers = lead.get(f"/api/v1/surveys/{result.wave.survey_id}/waves/").json()["results"]
    assert [wave["id"] for wave in numbers] == [row["wave"] for row in rows]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_and_departments_need_as_many_queries_for_many_as_for_one(
    lead, cast, count, django_assert_num_queries
):
    places = [cast.roads, cast.parks, cast.clinic][:count]
    result, *_more = [make_results({one: varied(30) for one in places}) for _ in range(count)]
    read(lead, result)  # the questions are read once per process

    with django_assert_num_queries(3):
        assert lead.get(RESULTS).json()["count"] == count
    with django_assert_num_queries(3):
        assert read(lead, result).status_code == 200
