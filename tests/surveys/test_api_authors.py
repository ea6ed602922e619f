"""Surveys and waves for programs of authors: what they read, and what they may do to a wave."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone
from jsonschema import Draft202012Validator

from buyin.accounts.models import User
from surveys.formats.own_json import read_own
from surveys.models import SurveyVersion, Wave
from tests.factories.accounts import PersonFactory
from tests.factories.results import make_public_results
from tests.factories.surveys import DEFINITION, make_participation, make_public_wave, make_wave

SURVEYS = "/api/v1/surveys/"


def place(wave, more=""):
    return f"{SURVEYS}{wave.survey_id}/waves/{wave.number}/{more}"


def post(client, address, body):
    return client.post(address, body, content_type="application/json")


@pytest.fixture
def initiative_lead(sign_in, cast, wave):
    initiative = wave.survey.initiative
    initiative.lead = cast.people["trainer"]
    initiative.save()
    return sign_in("trainer")


def test_a_lead_reads_surveys_with_the_numbers_of_their_versions(lead, wave):
    (row,) = lead.get(SURVEYS).json()["results"]

    version = wave.version
    assert row.pop("versions") == [
        {
            "number": 1,
            "anonymity": "anonymous",
            "published_at": version.published_at.isoformat().replace("+00:00", "Z"),
        }
    ]
    assert row == {
        "id": wave.survey_id,
        "title": "Permit assistant",
        "kind": "readiness",
        "purpose": "We ask so that training starts where it helps most.",
        "initiative": wave.survey.initiative_id,
        "owner": "Olga Owner",
    }
    assert lead.get(f"{SURVEYS}{wave.survey_id}/").json()["title"] == "Permit assistant"


def test_who_leads_an_initiative_reads_its_surveys_and_no_others(initiative_lead, wave, cast):
    other = make_wave(cast.roads)
    other.survey.initiative = type(wave.survey.initiative).objects.create(name="Another")
    other.survey.save()

    rows = initiative_lead.get(SURVEYS).json()["results"]

    assert [row["id"] for row in rows] == [wave.survey_id]
    assert initiative_lead.get(place(wave, "response-rate/")).status_code == 200
    assert initiative_lead.get(place(other)).status_code == 404
    assert post(initiative_lead, place(other, "close/"), {}).status_code == 404
    assert Wave.objects.get(pk=other.pk).closed_at is None


@pytest.mark.parametrize("who", ["staff", "coordinator", "executive"])
def test_others_find_no_surveys(sign_in, wave, who):
    client = sign_in(who)

    assert client.get(SURVEYS).json()["results"] == []
    for address in (f"{SURVEYS}{wave.survey_id}/", f"{SURVEYS}{wave.survey_id}/waves/"):
        assert client.get(address).status_code == 404


def test_a_version_comes_as_a_file_that_can_be_brought_in_again(lead, wave):
    answer = lead.get(f"{SURVEYS}{wave.survey_id}/versions/1/")

    assert (answer.json()["title"], answer.json()["definition"]) == ("Permit assistant", DEFINITION)
    assert read_own(answer.content).definition == DEFINITION


def test_an_author_reads_the_draft_of_the_next_version_too(lead, wave):
    changed = {**DEFINITION, "intro": "Once more."}
    SurveyVersion.objects.create(survey=wave.survey, number=2, definition=changed)

    numbers = lead.get(f"{SURVEYS}{wave.survey_id}/").json()["versions"]
    answer = lead.get(f"{SURVEYS}{wave.survey_id}/versions/2/")

    assert [(v["number"], v["published_at"] is None) for v in numbers] == [(1, False), (2, True)]
    assert answer.json()["definition"]["intro"] == "Once more."


def test_the_schema_of_definitions_is_the_one_that_definitions_hold_to(sign_in):
    schema = sign_in("staff").get(f"{SURVEYS}definition.schema.json").json()

    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(DEFINITION)) == []


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_version_or_wave_that_there_is_not_is_not_found(lead, wave, number):
    for part in ("versions", "waves"):
        answer = lead.get(f"{SURVEYS}{wave.survey_id}/{part}/{number}/")
        assert answer.status_code == 404
        assert list(answer.json()) == ["detail"]
    assert lead.get(f"{SURVEYS}{10**30}/").status_code == 404


def test_a_wave_says_where_it_stands_and_whom_it_asks(lead, wave):
    (row,) = lead.get(f"{SURVEYS}{wave.survey_id}/waves/").json()["results"]

    assert (row["number"], row["version"], row["state"]) == (1, 1, "open")
    assert (row["mode"], row["anonymity"], row["address"]) == ("invited", "anonymous", None)
    assert dt.datetime.fromisoformat(row["closes_at"]) == wave.closes_at
    assert lead.get(place(wave)).json() == row


def test_a_wave_that_has_not_opened_and_one_for_anybody_say_so(lead, cast):
    later = make_wave(cast.roads, opens_at=timezone.now() + dt.timedelta(days=1))
    public = lead.get(place(make_public_wave())).json()

    assert lead.get(place(later)).json()["state"] == "scheduled"
    assert (public["mode"], public["address"]) == ("public", "permits")
    imported = make_wave(cast.roads, takes_imports=True)
    assert lead.get(place(imported)).json()["mode"] == "imported"


@pytest.fixture
def large(cast):
    """Return a wave that asks 42 people of Roads, of whom 30 have answered, 31 and 4 of others."""
    people = PersonFactory.create_batch(41, department=cast.roads)
    PersonFactory.create_batch(3, department=cast.parks)
    PersonFactory.create_batch(30, department=cast.clinic)
    wave = make_wave(cast.roads, cast.parks, cast.clinic)
    for person in people[:30]:
        make_participation(wave, person)
    return wave


def test_response_rates_are_rough_and_small_groups_have_none(lead, large):
    found = lead.get(place(large, "response-rate/")).json()

    rates = {row["code"]: row for row in found["departments"]}
    assert found["state"] == "open"
    assert (rates["works"]["asked"], rates["works"]["answered"]) == (46, "about 30")
    assert rates["works"]["rate"] == {"text": "about 65 %", "percent": 65}
    assert rates["clinic"]["answered"] == "under 3"
    # Parks are four people, and what is left of Public works without Roads would be them.
    assert [rates[code]["rate"] for code in ("parks", "roads")] == [None, None]
    assert [rates[code]["answered"] for code in ("parks", "roads")] == ["", ""]


def test_response_rates_say_the_same_as_the_page(lead, large):
    found = lead.get(place(large, "response-rate/")).json()
    page = lead.get(f"/surveys/author/{large.survey_id}/waves/1/").text

    for row in found["departments"]:
        if row["rate"]:
            assert row["rate"]["text"] in page
    assert found["finding"] in page


def test_nobody_watches_a_colleague_answer(lead, large, cast):
    before = lead.get(place(large, "response-rate/")).json()
    for person in User.objects.filter(department=cast.roads, participations=None):
        make_participation(large, person)

    assert lead.get(place(large, "response-rate/")).json() == before


def test_where_too_few_are_asked_no_rate_is_told_at_all(lead, wave, cast):
    make_participation(wave, cast.staff)

    found = lead.get(place(wave, "response-rate/")).json()

    assert (found["rate"], found["answered"]) == (None, "")
    assert found["finding"] == "Too few people are asked to show a response rate"


def test_people_are_given_more_time(lead, wave):
    day = timezone.localdate() + dt.timedelta(days=20)

    answer = post(lead, place(wave, "extend/"), {"closes_on": day.isoformat()})

    assert answer.status_code == 200
    assert answer.json()["closes_at"].startswith(day.isoformat())
    assert Wave.objects.get(pk=wave.pk).closes_at.date() == day


def test_the_same_day_twice_is_refused_the_second_time_and_changes_nothing(lead, wave):
    body = {"closes_on": (timezone.localdate() + dt.timedelta(days=20)).isoformat()}

    answers = [post(lead, place(wave, "extend/"), body) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert "Choose a day after the last day" in answers[1].json()["detail"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "closes_on"),
        ({"closes_on": "soon"}, "closes_on"),
        ({"closes_on": 7}, "closes_on"),
        ({"closes_on": None}, "closes_on"),
        ({"closes_on": "2300-01-01"}, "closes_on"),
        ({"closes_on": "2026-12-31\0"}, "closes_on"),
        ({"closes_on": "2099-01-01", "closed_at": "2099-01-01"}, "closed_at"),
        ([], "non_field_errors"),
    ],
)
def test_a_body_that_does_not_hold_names_what_is_wrong(lead, wave, body, named):
    answer = post(lead, place(wave, "extend/"), body)

    assert answer.status_code == 400
    assert list(answer.json()) == [named]
    assert Wave.objects.get(pk=wave.pk).closes_at == wave.closes_at


def test_a_wave_is_closed_for_good_and_closing_twice_does_no_harm(lead, wave):
    first, second = (post(lead, place(wave, "close/"), {}) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["state"] == "closed"
    assert first.json()["closed_at"] == second.json()["closed_at"]
    assert post(lead, place(wave, "extend/"), {"closes_on": "2099-01-01"}).status_code == 409


def test_closing_takes_no_fields(lead, wave):
    answer = post(lead, place(wave, "close/"), {"closed_at": "2020-01-01"})

    assert answer.json() == {"closed_at": ["There is no such field."]}
    assert Wave.objects.get(pk=wave.pk).closed_at is None


def test_closing_asks_for_the_token_that_guards_forms(sign_in, wave):
    answer = post(sign_in("lead", enforce_csrf_checks=True), place(wave, "close/"), {})

    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]
    assert Wave.objects.get(pk=wave.pk).closed_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_lists_need_as_many_queries_for_many_as_for_one(
    lead, cast, django_assert_num_queries, count
):
    waves = [make_wave(cast.roads) for _ in range(count)]
    for number in range(2, count + 1):
        waves[0].pk, waves[0].number = None, number
        waves[0].save()

    with django_assert_num_queries(4):
        assert lead.get(SURVEYS).json()["count"] == count
    with django_assert_num_queries(4):
        assert lead.get(f"{SURVEYS}{waves[0].survey_id}/waves/").json()["count"] == count


@pytest.mark.parametrize("count", [1, 3])
def test_response_rates_need_as_many_queries_for_many_departments(
    lead, cast, django_assert_num_queries, count
):
    wave = make_wave(*[cast.roads, cast.parks, cast.clinic][:count])
    cache.clear()

    with django_assert_num_queries(5):
        lead.get(place(wave, "response-rate/"))


def test_of_a_public_wave_there_is_no_rate_but_what_its_page_says(lead):
    wave = make_public_results(60).wave
    later = make_public_wave("later", opens_at=timezone.now() + dt.timedelta(days=1))

    found = lead.get(place(wave, "response-rate/")).json()
    scheduled = lead.get(place(later, "response-rate/")).json()

    page = lead.get(f"/surveys/author/{wave.survey_id}/waves/1/").text
    assert (found["answered"], found["rate"], found["departments"]) == ("at least 60", None, [])
    assert found["finding"] == "Answered by at least 60 people"
    assert found["finding"] in " ".join(page.split())
    assert (scheduled["finding"], scheduled["answered"]) == ("Wave 1 has not opened yet", "")
