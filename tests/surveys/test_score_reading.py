"""Scores of closed waves: who counts, what is reversed, and reading agrees with plain JSON."""

import datetime as dt
import json
from itertools import product

import numpy as np
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from surveys.feature import Surveys
from surveys.models import Response, Wave, WaveDepartment
from surveys.queries import scores as reading
from surveys.scoring import points_of, scored
from tests.factories.surveys import make_wave

KEYS = ["a", "b", "é", "a\\", '"a', 'x"a', " a", "a: ", "\\\\", "😀", "", "ключ", '{"a']
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 120),
    st.floats(allow_nan=False),
    st.text('a":\\,{} 1é', max_size=6),
    st.lists(st.text('a":\\ 2', max_size=3), max_size=2),
)


def by_hand(documents, codes):
    """Return the points as somebody would who knows JSON and nothing of speed."""

    def point(answer):
        return answer if type(answer) is int and 1 <= answer <= 11 else 0

    return [[point(json.loads(one).get(code)) for code in codes] for one in documents]


@given(
    keys=st.lists(st.sampled_from(KEYS), unique=True, min_size=1, max_size=5),
    rows=st.lists(st.lists(VALUES, min_size=5, max_size=5), max_size=5),
    codes=st.lists(st.sampled_from(KEYS), unique=True, max_size=4),
    is_ascii=st.booleans(),
)
def test_points_of_sheets_with_the_same_keys_are_those_that_plain_json_gives(
    keys, rows, codes, is_ascii
):
    sheets = [dict(zip(keys, row, strict=False)) for row in rows]
    documents = [json.dumps(sheet, ensure_ascii=is_ascii) for sheet in sheets]

    assert points_of(documents, codes).tolist() == by_hand(documents, codes)


@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4), min_size=1, max_size=5),
    st.sampled_from([(", ", ": "), (",", ":"), (" ,", " : ")]),
)
def test_points_are_the_same_however_the_json_is_spaced(sheets, separators):
    documents = [json.dumps(sheet, separators=separators) for sheet in sheets]

    assert points_of(documents, ["a", "b"]).tolist() == by_hand(documents, ["a", "b"])


def test_the_end_of_a_longer_key_is_not_taken_for_the_key():
    documents = [json.dumps({"a": 1, "b": 2}), json.dumps({'x"a': 3, "b": 4})]

    assert points_of(documents, ["a", "b"]).tolist() == [[1, 2], [0, 4]]


@pytest.mark.parametrize(("scale", "is_reversed"), list(product(range(2, 12), [False, True])))
def test_points_spread_evenly_from_nothing_to_a_hundred(scale, is_reversed):
    points = np.array([[n] for n in range(scale + 1)], dtype=np.int8)

    found = scored(points, [(scale, is_reversed)])[:, 0].tolist()

    expected = [100 * n / (scale - 1) for n in range(scale)]
    assert np.isnan(found[0])
    assert found[1:] == pytest.approx(expected[::-1] if is_reversed else expected)


def test_a_point_past_the_end_of_its_scale_is_no_score():
    assert np.isnan(scored(np.array([[6, 11]], dtype=np.int8), [(5, False), (5, True)])).all()


def likert(code, dimension="skills", **raw):
    return {
        "code": code,
        "type": "likert",
        "text": code,
        "scale": "three",
        "dimension": dimension,
        "dont_know": True,
        **raw,
    }


def closed_wave(*departments, questions, **fields):
    definition = {
        "schema": 1,
        "language": "en",
        "scales": {"three": [{"code": str(n), "text": f"Point {n}"} for n in (1, 2, 3)]},
        "pages": [{"code": "p", "questions": questions}],
    }
    fields.setdefault("closed_at", timezone.now() - dt.timedelta(days=1))
    return make_wave(*departments, definition=definition, **fields)


def respond(wave, department, *sheets):
    for answers in sheets:
        Response.objects.create(wave=wave, department=department, answers=answers, week="2026-W47")


def scores():
    return list(Surveys().scores(until=timezone.now()))


def means(found):
    return sorted(np.nan_to_num(found.values[:, 0], nan=-1).tolist())


def test_a_person_counts_with_half_of_the_items_and_not_with_fewer(cast):
    wave = closed_wave(cast.roads, questions=[likert(code) for code in "abcd"])
    respond(
        wave,
        cast.roads,
        {"a": 3, "b": 3, "c": None, "d": "dk"},
        {"a": 3, "b": "dk", "c": None},
        {"a": 1, "b": 1, "c": 1, "d": 3},
        {},
    )

    (found,) = scores()

    assert means(found) == [-1, -1, 25, 100]
    assert len(found.department) == 4


def test_a_reversed_statement_counts_the_other_way_and_do_not_know_not_at_all(cast):
    questions = [likert("up"), likert("down", reversed=True)]
    wave = closed_wave(cast.roads, questions=questions)
    respond(wave, cast.roads, {"up": 3, "down": 1}, {"up": 1, "down": 3}, {"up": "dk", "down": 1})

    (found,) = scores()

    assert means(found) == [0, 100, 100]


def test_an_answer_without_a_department_counts_for_the_agency_only(cast):
    wave = closed_wave(cast.roads, questions=[likert("a")])
    respond(wave, None, {"a": 2})
    respond(wave, cast.roads, {"a": 3})

    (found,) = scores()

    assert sorted(found.department.tolist()) == [reading.NOWHERE, cast.roads.pk]
    assert means(found) == [50, 100]


def test_departments_that_moved_up_say_where_they_are_counted(cast):
    wave = closed_wave(cast.works, cast.roads, cast.parks, questions=[likert("a")])
    respond(wave, cast.works, {"a": 2})
    WaveDepartment.objects.filter(department=cast.roads).update(merged_into=cast.works)

    (found,) = scores()

    assert found.counted_in == {cast.roads.pk: cast.works.pk}
    assert set(found.asked) == {cast.works.pk, cast.roads.pk, cast.parks.pk}


def test_reading_in_small_pieces_gives_the_same_as_reading_at_once(cast, monkeypatch):
    wave = closed_wave(cast.roads, cast.parks, questions=[likert("a"), likert("b", "openness")])
    for number in range(10):
        home = cast.roads if number % 3 else cast.parks
        respond(wave, home, {"a": number % 3 + 1, "b": (number + 1) % 3 + 1})
    (whole,) = scores()
    monkeypatch.setattr(reading, "CHUNK", 3)

    (pieces,) = scores()

    def rows(found):
        return sorted(zip(found.department.tolist(), *found.values.T.tolist(), strict=True))

    assert rows(pieces) == rows(whole)
    assert len(rows(whole)) == 10


def test_waves_without_scored_questions_or_still_open_give_no_scores(cast):
    unscored = closed_wave(cast.roads, questions=[likert("a", "")])
    running = closed_wave(cast.roads, questions=[likert("a")], closed_at=None)
    for wave in (unscored, running):
        respond(wave, cast.roads, {"a": 3})

    assert scores() == []
    assert list(Surveys().score_sources(until=timezone.now())) == []


def test_a_pulse_on_other_dimensions_does_not_push_the_readiness_survey_out(cast):
    for dimension in ("skills", "openness", "skills"):
        respond(closed_wave(cast.roads, questions=[likert("a", dimension)]), cast.roads, {"a": 3})

    assert sorted(found.dimensions for found in scores()) == [("openness",), ("skills",)]


def test_only_what_had_closed_by_a_day_counts_for_that_day(cast):
    wave = closed_wave(cast.roads, questions=[likert("a")])
    respond(wave, cast.roads, {"a": 3})
    closed_at = Wave.objects.get().closed_at
    assert closed_at

    assert list(Surveys().scores(until=closed_at - dt.timedelta(seconds=1))) == []
    assert len(list(Surveys().scores(until=closed_at))) == 1


def test_two_surveys_of_one_title_have_names_of_their_own_and_keep_them(cast):
    def names():
        return {s.source for s in Surveys().score_sources(until=timezone.now())}

    first = make_wave(cast.roads)
    Response.objects.create(wave=first, week="2026-W47", answers={"told": 1})
    Wave.objects.update(closed_at=timezone.now() - dt.timedelta(days=8))
    alone = names()
    second = make_wave(cast.roads)
    Response.objects.create(wave=second, week="2026-W47", answers={"told": 1})
    Wave.objects.filter(pk=second.pk).update(closed_at=timezone.now())
    both = {reading.source_of(w).source for w in Wave.objects.select_related("survey", "version")}

    assert alone == {"Permit assistant, wave 1"}
    assert both == {"Permit assistant, wave 1", "Permit assistant (2), wave 1"}
