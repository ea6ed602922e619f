"""Ways to the results: after closing, from public waves, through long lists, of several surveys."""

import pytest

from buyin.accounts.models import RoleAssignment
from buyin.celery import app
from surveys import actions, tasks
from surveys.models import DepartmentResult, Response, Wave, WaveResult
from tests.factories.results import answer, make_next, make_results, varied
from tests.factories.surveys import make_public_wave, make_wave
from tests.surveys.test_results import address, words

pytestmark = pytest.mark.django_db


def test_waves_are_counted_by_the_clock():
    entry = app.conf.beat_schedule["freeze-results"]

    assert entry["task"] == tasks.freeze_closed_waves.name
    assert entry["schedule"] <= 60


def test_an_author_ends_a_wave_and_finds_its_results_a_minute_later(sign_in, cast):
    wave = make_wave(cast.roads)
    answer(wave, cast.roads, varied(20))
    client = sign_in("lead")
    field = f"/surveys/author/{wave.survey_id}/waves/{wave.number}/"

    client.post(f"{field}close/")
    waits = client.get(field).text
    tasks.freeze_closed_waves()
    there = client.get(field).text

    assert "The answers are being counted." in waits
    assert f"/surveys/{wave.pk}/results/" not in waits
    assert f"/surveys/{wave.pk}/results/" in there
    assert "The answers are being counted." not in there


def test_a_wave_that_closes_by_itself_is_counted_too(cast):
    wave = make_wave(cast.roads)
    answer(wave, cast.roads, varied(20))
    Wave.objects.filter(pk=wave.pk).update(closes_at=wave.opens_at + wave.grace)

    tasks.close_due_waves()
    tasks.freeze_closed_waves()

    assert WaveResult.objects.get(wave=wave).answers == 20


def test_a_public_wave_shows_what_all_answered_and_no_department(sign_in, cast):
    wave = make_public_wave()
    answer(wave, None, varied(30))
    actions.close_wave(wave=wave.pk, by=None)
    tasks.freeze_closed_waves()
    client = sign_in("lead")

    field = client.get(f"/surveys/author/{wave.survey_id}/waves/{wave.number}/").text
    page = words(client.get(f"/surveys/{wave.pk}/results/questions/useful/"))

    assert f"/surveys/{wave.pk}/results/" in field
    assert "40 % say “Agree or Strongly agree”" in page
    assert "No department can be shown here" in page
    assert not DepartmentResult.objects.exists()


def test_results_stay_when_the_answers_change_behind_them(sign_in, cast):
    result = make_results({cast.roads: varied(30)})
    before = words(sign_in("lead").get(address(result, "pages/1/")))

    Response.objects.filter(wave=result.wave).update(answers={"useful": 1})
    tasks.freeze_closed_waves()

    assert words(sign_in("lead").get(address(result, "pages/1/"))) == before


def test_the_list_is_cut_into_pages_the_newest_wave_first(sign_in, cast):
    results = [make_results({cast.roads: varied(10)}) for _one in range(21)]
    client = sign_in("executive")

    first, second = (client.get(f"/surveys/results/?page={n}").text for n in (1, 2))

    assert address(results[-1]) in first
    assert address(results[0]) not in first
    assert address(results[0]) in second


def test_the_list_needs_the_same_number_of_queries_for_any_number_of_waves(
    sign_in, cast, django_assert_num_queries
):
    client = sign_in("executive")
    for _one in range(3):
        make_results({cast.roads: varied(10)})
        client.get("/surveys/results/")
        with django_assert_num_queries(3):
            client.get("/surveys/results/")


def test_an_empty_list_says_when_results_come(sign_in):
    assert (
        "Results appear here a few minutes after"
        in sign_in("executive").get("/surveys/results/").text
    )


def test_a_role_for_one_department_opens_no_results_of_all(sign_in, cast):
    result = make_results({cast.roads: varied(30)})
    for role in ("executive", "lead", "administrator"):
        RoleAssignment.objects.create(person=cast.staff, role=role, department=cast.roads)

    assert sign_in("staff").get(address(result)).status_code == 404


def test_a_later_wave_does_not_change_what_an_earlier_one_says(sign_in, cast):
    first = make_results({cast.roads: varied(30)})
    before = words(sign_in("lead").get(address(first, "questions/useful/")))
    make_next(first, {cast.roads: varied(60)})

    assert words(sign_in("lead").get(address(first, "questions/useful/"))) == before


@pytest.mark.parametrize(
    ("who", "is_led"),
    [("executive", True), ("lead", True), ("administrator", True), ("staff", False)],
)
def test_who_may_see_results_is_led_to_them_from_the_surveys(sign_in, who, is_led):
    client = sign_in(who)

    assert ('href="/surveys/results/"' in client.get("/surveys/").text) == is_led
    assert client.get("/surveys/results/").status_code == (200 if is_led else 404)
