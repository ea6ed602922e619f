"""What surveys give to the home page, to readiness and to the weekly report."""

import datetime as dt
import json
import re
import uuid

import numpy as np
import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from buyin.features import all_features
from surveys.actions import close_wave
from surveys.feature import Surveys
from surveys.models import Anonymity, Draft, Participation, Response, Wave
from surveys.scoring import points_of
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_participation, make_wave


def respond(wave, department, *sheets):
    Response.objects.bulk_create(
        Response(wave=wave, department=department, answers=answers, week="2026-W47")
        for answers in sheets
    )


def close(wave, **days):
    Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now() - dt.timedelta(**days))


def scores():
    return list(Surveys().scores(until=timezone.now()))


def test_the_portal_finds_the_feature():
    assert any(isinstance(feature, Surveys) for feature in all_features())


def test_an_open_survey_waits_for_those_who_are_asked_until_they_have_answered(cast):
    wave = make_wave(cast.roads)

    (task,) = Surveys().tasks_for(cast.staff)

    assert (task.title, task.action, task.detail) == ("Permit assistant", "Answer", "Anonymous.")
    assert task.minutes
    assert task.due == wave.closes_at
    assert list(Surveys().tasks_for(cast.neighbour)) == []

    Participation.objects.create(
        wave=wave, person=cast.staff, department=cast.roads, receipt=uuid.uuid4()
    )

    assert list(Surveys().tasks_for(cast.staff)) == []


def test_a_named_survey_goes_on_where_it_was_left_and_an_anonymous_one_does_not_tell(cast):
    wave = make_wave(cast.roads, anonymity=Anonymity.NAMED)
    Draft.objects.create(wave=wave, person=cast.staff, typed={"useful": "4", "helped": "yes"})

    (task,) = Surveys().tasks_for(cast.staff)

    assert task.action == "Continue at question 2"
    assert task.detail == ""


def test_the_start_page_and_the_list_of_surveys_name_the_same_question(sign_in, cast):
    wave = make_wave(cast.roads, anonymity=Anonymity.NAMED)
    Draft.objects.create(wave=wave, person=cast.staff, typed={"useful": "4", "hours": "3"})
    staff = sign_in("staff")

    named = [
        set(re.findall(r"Continue at question\s+(\d+)", staff.get(page).text))
        for page in ("/", "/surveys/")
    ]

    assert named == [{"2"}, {"2"}]


def test_a_lead_is_told_of_a_wave_that_closes_soon_with_few_answers(cast):
    wave = make_wave(cast.roads)
    wave.groups.update(asked=40)

    (task,) = Surveys().tasks_for(cast.lead)

    assert task.title == "Only under 10 % have answered “Permit assistant”"
    assert task.url == f"/surveys/author/{wave.survey_id}/waves/1/"
    assert task.due == wave.closes_at


def test_a_wave_with_enough_answers_or_much_time_needs_no_push(cast):
    wave = make_wave(cast.roads)
    wave.groups.update(asked=40)
    Wave.objects.update(closes_at=timezone.now() + dt.timedelta(days=20))

    assert list(Surveys().tasks_for(cast.lead)) == []

    for person in PersonFactory.create_batch(30, department=cast.roads):
        make_participation(wave, person)
    Wave.objects.update(closes_at=timezone.now() + dt.timedelta(days=1))
    cache.clear()  # how many have answered is counted once a day

    assert list(Surveys().tasks_for(cast.lead)) == []


def test_a_person_scores_in_a_dimension_where_half_or_more_is_answered(cast):
    wave = make_wave(cast.roads)
    respond(
        wave,
        cast.roads,
        {"useful": 5, "told": 4, "heard": 1},
        {"useful": 1, "told": "dk", "heard": 5},
        {"useful": None, "told": None, "heard": "dk", "more": "12"},
        {"useful": 3},
    )
    close(wave, days=1)

    (found,) = scores()

    by_person = sorted(map(tuple, np.nan_to_num(found.values, nan=-1).tolist()))
    assert found.dimensions == ("commitment", "openness")
    assert by_person == [(-1, -1), (0, 0), (50, -1), (100, 87.5)]
    assert set(found.department.tolist()) == {cast.roads.pk}
    assert [item.code for item in found.items] == ["useful", "told", "heard"]
    assert sorted(np.nan_to_num(found.answers[:, 2], nan=-1).tolist()) == [-1, -1, 0, 100]
    assert found.source == "Permit assistant, wave 1"
    assert found.initiative == wave.survey.initiative_id


def test_answers_of_a_merged_department_are_counted_above_it(cast, settings):
    wave = make_wave(cast.works, cast.roads, cast.parks)
    wave.groups.update(asked=30)
    for department, n in ((cast.works, 10), (cast.roads, 4), (cast.parks, 12)):
        respond(wave, department, *[{"useful": 4, "told": 2, "heard": 2}] * n)

    close_wave(wave=wave.pk, by=None)
    (found,) = scores()

    assert found.counted_in == {cast.roads.pk: cast.works.pk}
    assert found.asked == {cast.works.pk: 30, cast.roads.pk: 30, cast.parks.pk: 30}
    homes = dict(zip(*np.unique(found.department, return_counts=True), strict=True))
    assert homes == {cast.works.pk: 14, cast.parks.pk: 12}


def test_only_the_newest_closed_wave_with_answers_counts(cast):
    older, newer, empty, running = (make_wave(cast.roads) for _n in range(4))
    for wave in (older, newer, running):
        respond(wave, cast.roads, {"useful": 3})
    for days, wave in ((9, older), (2, newer), (1, empty)):
        close(wave, days=days)

    sources = list(Surveys().score_sources(until=timezone.now()))
    earlier = list(Surveys().score_sources(until=timezone.now() - dt.timedelta(days=5)))

    assert len(sources) == len(scores()) == len(earlier) == 1
    assert sources[0].closed_on == (timezone.now() - dt.timedelta(days=2)).date()
    assert earlier[0].closed_on == (timezone.now() - dt.timedelta(days=9)).date()


def test_the_weekly_report_names_the_surveys_that_have_closed(cast):
    wave = make_wave(cast.roads)
    close(wave, hours=1)
    now = timezone.now()
    week = {"since": now - dt.timedelta(days=7), "until": now}

    (item,) = Surveys().digest_items(cast.staff, **week)

    assert item.title == "“Permit assistant” has closed"
    assert list(Surveys().digest_items(cast.neighbour, **week)) == []


TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(['"a": 4, ', '\\": 3', 'x"b": 2', 'é": ']))
ANSWERS = st.one_of(
    st.none(), st.just("dk"), st.integers(-2, 15), st.floats(1, 9), TEXTS, st.lists(TEXTS)
)
KEYS = ["a", "b", "ab", "other"]
ALIKE = st.fixed_dictionaries(dict.fromkeys(KEYS, ANSWERS))
DIFFERENT = st.dictionaries(st.sampled_from(KEYS), ANSWERS)


@given(st.lists(ALIKE, max_size=6) | st.lists(DIFFERENT, max_size=6), st.booleans())
def test_points_are_read_from_any_answers_and_all_else_is_missing(sheets, is_ascii):
    documents = [json.dumps(sheet, ensure_ascii=is_ascii) for sheet in sheets]

    points = points_of(documents, ["ab", "a", "b"])

    def expected(answer):
        return answer if isinstance(answer, int) and 1 <= answer <= 11 else 0

    assert points.shape == (len(sheets), 3)
    assert points.tolist() == [
        [expected(sheet.get(c)) for c in ("ab", "a", "b")] for sheet in sheets
    ]


@pytest.mark.parametrize("waves", [1, 3])
def test_the_home_page_needs_the_same_number_of_queries_for_any_number_of_surveys(
    cast, waves, django_assert_num_queries
):
    for _n in range(waves):
        make_wave(cast.roads)
    list(Surveys().tasks_for(cast.staff))

    with django_assert_num_queries(3):
        assert len(list(Surveys().tasks_for(cast.staff))) == waves
