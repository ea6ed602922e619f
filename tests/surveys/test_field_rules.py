"""Response rates: rough and hidden, so that no single answer shows."""

import csv
import datetime as dt
import io
import uuid

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from buyin.readiness import release
from surveys.feature import Surveys
from surveys.models import OUTSIDE, Draft, Participation, Response, Signature, Wave
from surveys.queries.field import WaveState, field_of, overall_rates, rate_of, spans_of, state_of
from surveys.queries.invariants import broken_rules
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import DEFINITION, make_draft, make_participation, make_wave


def answered(wave, department, n):
    people = [PersonFactory(department=department) for _n in range(n)]
    Participation.objects.bulk_create(
        Participation(wave=wave, person=one, department=department, receipt=uuid.uuid4())
        for one in people
    )


def asking(wave, **sizes):
    for code, asked in sizes.items():
        wave.groups.filter(department__code=code).update(asked=asked)


def shown(wave):
    return {row.department.code: row.rate.text for row in field_of(wave).rows if row.rate}


@given(st.integers(5, 500), st.data())
def test_a_rate_is_near_the_truth(asked, data):
    given_ = data.draw(st.integers(0, asked))

    rate = rate_of(release.span(given_, asked))

    # Half a span of people, a rounding, and at the end of a small group a few people more.
    assert abs(rate.percent - 100 * given_ / asked) <= 400 / asked + 3
    assert 0 <= rate.percent <= 100


@given(st.integers(5, 99))
def test_more_answers_never_give_a_lower_rate_and_one_more_seldom_shows(asked):
    percents = [rate_of(release.span(n, asked)).percent for n in range(asked + 1)]

    assert percents == sorted(percents)
    assert len(set(percents)) <= asked // 5 + 2


@pytest.mark.parametrize(("given_", "is_low"), [(17, True), (18, False), (20, False)])
def test_a_rate_is_low_under_the_target_as_it_is_shown(given_, is_low):
    assert rate_of(release.span(given_, 40)).is_low is is_low


def test_departments_under_the_smallest_group_have_no_rate_and_no_count(cast, settings):
    settings.SMALLEST_GROUP = 10
    wave = make_wave(cast.roads, cast.parks, cast.clinic)
    asking(wave, roads=40, parks=30, clinic=9)
    answered(wave, cast.clinic, 9)

    rows = {row.department.code: row for row in field_of(wave).rows}

    assert rows["clinic"].rate is None
    assert rows["clinic"].answered == ""
    assert field_of(wave).hidden >= 1


def test_the_file_has_only_what_the_page_shows_whatever_departments_are_called(sign_in, cast):
    names = {"roads": "=cmd|' /C calc'!A0", "parks": '@SUM(1),"x"\nnext', "works": "＝1+1"}
    for code, name in names.items():
        cast.departments[code].name = name
        cast.departments[code].save()
    wave = make_wave(cast.works, cast.roads, cast.parks)
    asking(wave, works=20, roads=40, parks=30)

    answer = sign_in("lead").get(f"/surveys/author/{wave.survey_id}/waves/1/rates.csv")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert {len(row) for row in rows} == {5}
    assert {row[0] for row in rows[1:]} == set(shown(wave))
    assert {row[1] for row in rows[1:]} == {f"'{name}" for name in names.values()}


@pytest.mark.parametrize("persona", ["staff", "neighbour", "coordinator", "executive", "trainer"])
def test_who_does_not_run_the_survey_finds_no_rates(sign_in, cast, persona):
    wave = make_wave(cast.roads)

    for part in ("", "rates.csv", "extend/", "close/"):
        page = sign_in(persona).get(f"/surveys/author/{wave.survey_id}/waves/1/{part}")
        assert page.status_code == 404


def test_where_a_wave_stands_follows_its_times_to_the_second(cast):
    wave = make_wave(cast.roads)
    second = dt.timedelta(seconds=1)

    assert state_of(wave, wave.opens_at - second) == WaveState.SCHEDULED
    assert state_of(wave, wave.opens_at) == WaveState.OPEN
    assert state_of(wave, wave.closes_at - second) == WaveState.OPEN
    assert state_of(wave, wave.closes_at) == WaveState.ENDING
    wave.closed_at = wave.opens_at
    assert state_of(wave, wave.opens_at - second) == WaveState.CLOSED


def test_the_rate_of_a_wave_counts_its_own_answers_and_needs_enough_people(cast):
    large, small = make_wave(cast.roads), make_wave(cast.roads)
    asking(large, roads=40)
    small.groups.update(asked=9)
    answered(large, cast.roads, 10)
    answered(small, cast.roads, 9)

    rates = overall_rates([large, small])

    assert set(rates) == {large.pk}
    assert rates[large.pk].text == "about 25 %"
    assert overall_rates([]) == {}


def test_a_department_that_moved_in_the_tree_is_still_counted_once(cast):
    wave = make_wave(cast.roads, cast.parks, cast.clinic)
    asking(wave, roads=40, parks=30, clinic=30)
    answered(wave, cast.roads, 20)
    cast.departments["roads"].parent = cast.health
    cast.departments["roads"].save()

    field = field_of(wave)

    assert field.asked == 100
    assert {row.department.code: row.asked for row in field.rows}["health"] == 70
    assert field.overall
    assert field.overall.text == "about 22 %"


def test_a_finished_draft_goes_on_at_the_last_question_and_not_behind_it(cast):
    wave = make_wave(cast.roads, anonymity="named")
    typed = dict.fromkeys(["useful", "reasons", "helped", "told", "heard", "hours", "wish"], "1")
    make_draft(wave, cast.staff, **typed)

    (before,) = Surveys().tasks_for(cast.staff)
    Draft.objects.update(typed={**typed, "more": "x"})
    (after,) = Surveys().tasks_for(cast.staff)

    assert before.action == after.action == "Continue at question 8"


def test_tasks_of_many_people_are_those_of_each(cast):
    make_wave(cast.roads)
    make_draft(make_wave(cast.roads, cast.clinic, anonymity="named"), cast.staff, useful="4")
    make_participation(make_wave(cast.roads), cast.staff)
    wave = make_wave(cast.clinic)
    asking(wave, clinic=40)
    people = [cast.staff, cast.neighbour, cast.lead, cast.executive]

    together = Surveys().tasks_for_all(people)

    assert together == {one.pk: list(Surveys().tasks_for(one)) for one in people}
    assert [len(together[one.pk]) for one in people[:2]] == [2, 2]


def test_a_person_without_a_department_is_asked_nothing(cast):
    person = PersonFactory(department=None)
    make_wave(cast.roads)

    assert list(Surveys().tasks_for(person)) == []
    assert Surveys().tasks_for_all([person]) == {person.pk: []}


@pytest.mark.parametrize("times", [{"opens_at": 1}, {"closes_at": -0.01}, {"closed_at": -0.01}])
def test_a_wave_that_is_not_open_waits_for_nobody(cast, times):
    wave = make_wave(cast.roads)
    when = {name: timezone.now() + dt.timedelta(days=days) for name, days in times.items()}
    Wave.objects.filter(pk=wave.pk).update(**when)

    assert list(Surveys().tasks_for(cast.staff)) == []


def test_every_broken_rule_of_a_wave_is_told_and_none_of_a_whole_one(cast):
    make_wave(cast.roads, anonymity="named")
    wave = make_wave(cast.roads)
    answered(wave, cast.roads, 2)
    response = Response.objects.create(
        wave=wave, department=cast.roads, answers={}, week="2026-W47"
    )
    Signature.objects.create(response=response, person=cast.staff)
    wave.version.definition = {**DEFINITION, "intro": "Changed"}
    wave.version.save()

    found = broken_rules()

    assert len(found) == 4
    assert sum("was changed after it was published" in one for one in found) == 1
    assert sum("2 answered, but answers stored are 1" in one for one in found) == 1
    assert sum("0 answers wait, of 2" in one for one in found) == 1
    assert "Anonymous answers that carry a name: 1." in found


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (release.Span(3, 7, 1000), "about 1 %"),
        (release.Span(993, 997, 1000), "about 99 %"),
        (release.Span(3, 7, 99), "about 5 %"),
    ],
)
def test_where_some_have_answered_no_rate_says_that_nobody_or_everybody_has(span, text):
    assert rate_of(span).text == text


def test_guests_outside_who_are_too_few_are_in_no_figure_also_not_in_that_of_all():
    tree = {1: None, OUTSIDE: None}

    few = spans_of(tree, {1: 40, OUTSIDE: 3}, {1: 20, OUTSIDE: 3})
    enough = spans_of(tree, {1: 40, OUTSIDE: 10}, {1: 20, OUTSIDE: 3})

    assert (few[None].of, OUTSIDE in few) == (40, False)
    assert (enough[None].of, enough[OUTSIDE].of) == (50, 10)


@pytest.mark.parametrize(("end", "near"), [(0, 1), (12, 11)])
def test_no_rate_says_that_all_or_none_of_the_guests_outside_have_answered(end, near):
    tree, asked = {1: None, OUTSIDE: None}, {1: 40, OUTSIDE: 12}

    all_or_none, nearly = (spans_of(tree, asked, {1: 20, OUTSIDE: n}) for n in (end, near))

    assert OUTSIDE in nearly
    assert all_or_none == nearly
