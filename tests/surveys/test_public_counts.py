"""Lists of authors say roughly how many have answered in public, as the page of the wave does."""

import re

import pytest
from django.core.cache import cache

from surveys import tasks
from surveys.actions import close_wave
from tests.factories.surveys import make_public_wave, make_wave
from tests.surveys.public_pages import answer

pytestmark = pytest.mark.django_db
LIST = "/surveys/author/"


def answered(page):
    """Return what the column “Answered” says, row by row."""
    cells = re.findall(r'data-label="Answered">(.*?)</td>', page.text, re.DOTALL)
    return [" ".join(cell.split()) for cell in cells]


def pages(client, wave):
    """Return the column in the list of surveys, and in that of the survey's waves."""
    one = f"/surveys/author/{wave.survey_id}/"
    return [answered(client.get(LIST)), answered(client.get(one))]


def test_the_lists_say_as_much_as_the_page_of_the_wave(lead, settings):
    settings.SMALLEST_GROUP = 5
    wave = make_public_wave()
    for _visitor in range(7):
        answer()

    assert pages(lead, wave) == [["at least 5"], ["at least 5"]]


def test_few_answers_are_not_counted_out_in_a_list(lead):
    wave = make_public_wave()
    answer()

    assert pages(lead, wave) == [["fewer than 10"], ["fewer than 10"]]


def test_answers_count_once_whether_they_wait_or_were_shuffled(lead, settings):
    settings.SMALLEST_GROUP = 5
    wave = make_public_wave()
    for _visitor in range(6):
        answer()
    tasks.flush_anonymous()
    for _visitor in range(4):
        answer()

    assert pages(lead, wave)[0] == ["at least 10"]


def test_a_list_is_counted_once_a_day_and_anew_after_the_end(lead, settings):
    settings.SMALLEST_GROUP = 5
    wave = make_public_wave()
    lead.get(LIST)
    for _visitor in range(6):
        answer()
    running = pages(lead, wave)
    close_wave(wave=wave.pk, by=None)

    assert running == [["fewer than 5"], ["fewer than 5"]]
    assert pages(lead, wave) == [["at least 5"], ["at least 5"]]


def test_waves_inside_the_agency_go_on_to_show_a_rate_or_nothing(lead, cast):
    make_wave(cast.roads)

    assert answered(lead.get(LIST)) == ["–"]


@pytest.mark.parametrize("surveys", [1, 3])
@pytest.mark.parametrize(("is_counted", "queries"), [(False, 10), (True, 7)])
def test_a_list_costs_the_same_for_one_and_for_many(
    lead, cast, surveys, is_counted, queries, django_assert_num_queries
):
    for number in range(surveys):
        make_public_wave(address=f"permits-{number}")
    lead.get(LIST)
    if not is_counted:
        cache.clear()

    with django_assert_num_queries(queries):
        page = lead.get(LIST)

    assert answered(page) == ["fewer than 10"] * surveys
