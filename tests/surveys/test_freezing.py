"""Counting a closed wave: once, only what may be shown, and nothing that leads to a person."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buyin.accounts.models import Department
from surveys import actions, tasks
from surveys.actions.freezing import freeze_results
from surveys.models import DepartmentResult, Response, Wave, WaveResult, WrittenAnswer
from surveys.queries.filling import definition_of
from surveys.results.reading import questions_in
from tests.factories.readiness import make_snapshot
from tests.factories.results import answer, make_closed, make_results, sheet, spread, varied
from tests.factories.surveys import DEFINITION, make_wave

pytestmark = pytest.mark.django_db


def blocks(result, code, part=""):
    """Return a frozen table of the whole as blocks with their counts."""
    table = result.questions[code]["tables"][part]
    return list(zip(map(tuple, table["blocks"]), table["counts"], strict=True))


def of(result, department):
    """Return what is kept of a department, nothing where there is no row."""
    row = DepartmentResult.objects.filter(result=result, department=department).first()
    return row.questions if row else {}


def test_a_closed_wave_is_counted_question_by_question(cast):
    result = make_results({cast.roads: varied(30), cast.parks: varied(30)})

    assert (result.answers, result.asked, result.smallest_group) == (60, 120, 10)
    assert blocks(result, "useful") == [((str(n),), 12) for n in range(1, 6)]
    assert blocks(result, "helped") == [(("yes",), 30), (("no",), 30)]
    assert blocks(result, "reasons", "speed") == [(("chosen",), 40), (("left",), 20)]
    assert result.questions["told"]["missing"] == {"dk": 14}
    assert result.questions["told"]["n"] == 46
    read = questions_in(definition_of(result.wave.version), result.questions)
    items = [item for question in read for item in question.items]
    assert [one.item.code for one in items if one.n is not None] == [
        "useful", "reasons", "helped", "told", "heard", "hours", "wish", "more",
    ]  # fmt: skip


def test_departments_are_kept_beside_the_whole(cast):
    result = make_results({cast.roads: varied(30), cast.parks: varied(30)})

    kept = DepartmentResult.objects.filter(result=result).values_list("department__code", flat=True)
    # Fairhaven is the whole itself; Public works has nobody but these two.
    assert set(kept) == {"roads", "parks", "works"}
    assert of(result, cast.roads)["useful"][""]["counts"] == [6] * 5
    assert of(result, cast.works)["useful"][""]["counts"] == [12] * 5
    assert "more" not in of(result, cast.roads)


def test_too_few_answers_leave_nothing_at_all(cast):
    result = make_results({cast.roads: varied(9)})

    assert (result.answers, result.questions, result.scales, result.tree) == (None, {}, [], {})
    assert not DepartmentResult.objects.exists()
    assert not WrittenAnswer.objects.exists()


def test_the_database_refuses_figures_of_a_wave_that_too_few_answered(cast):
    result = make_results({cast.roads: varied(9)})

    with pytest.raises(IntegrityError), transaction.atomic():
        WaveResult.objects.filter(pk=result.pk).update(questions={"useful": {"n": 9}})


def test_answers_of_one_or_two_people_are_told_with_others_only(cast):
    sheets = [sheet(useful=n) for n in [1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5]]
    result = make_results({cast.roads: sheets})

    assert blocks(result, "useful") == [
        (("1", "2"), 3), (("3",), 3), (("4",), 4), (("5",), 3),
    ]  # fmt: skip


def test_where_nearly_all_say_the_same_only_the_side_is_told(cast):
    sheets = [sheet(helped="yes") for _one in range(29)] + [sheet(helped="no")]
    result = make_results({cast.roads: sheets, cast.parks: sheets})

    assert blocks(result, "helped") == []
    assert result.questions["helped"]["tables"][""]["edge"] == [["yes"], "over 90"]
    assert not any("helped" in row.questions for row in DepartmentResult.objects.all())


def test_a_question_that_few_answered_is_not_kept(cast):
    sheets = [sheet(hours=3)] * 9 + [sheet(hours=None)] * 20
    result = make_results({cast.roads: sheets})

    assert "hours" not in result.questions
    assert "useful" in result.questions


def test_how_many_did_not_answer_is_told_from_three_on(cast):
    two = [sheet(told="dk", hours=None)] * 2 + [sheet(hours=None)] + varied(30)
    result = make_results({cast.roads: two})

    assert result.questions["hours"]["missing"] == {"skipped": 3}
    assert result.questions["heard"]["missing"] == {}
    few = make_results({cast.roads: [sheet(told="dk")] * 2 + [sheet()] * 30})
    assert few.questions["told"]["missing"] == {}


def test_a_mean_is_kept_with_its_range(cast):
    result = make_results({cast.roads: spread(40, hours=[2, 4])})

    mean, low, high = result.questions["hours"]["mean"]
    assert mean == pytest.approx(3)
    # s² = 40/39, 40 of 60 heard: t(.975, 39) √(s²/40 · 1/3)
    assert high - mean == pytest.approx(2.0227 * (40 / 39 / 40 / 3) ** 0.5, rel=1e-4)
    assert mean - low == pytest.approx(high - mean)


@pytest.mark.parametrize(
    "hours", [[3] * 40, [3] * 38 + [9, 9], [1, 2] * 19 + [2, 1000]], ids=["same", "nearly", "one"]
)
def test_a_mean_that_tells_of_one_or_of_all_is_not_kept(cast, hours):
    result = make_results({cast.roads: spread(40, hours=hours)})

    assert "mean" not in result.questions["hours"]


def test_a_department_that_would_betray_another_is_hidden(cast):
    # Of 13 in Parks only one said no: Roads beside the whole would tell it.
    roads = spread(20, helped=["yes", "no"])
    parks = [sheet(helped="yes")] * 12 + [sheet(helped="no")]
    result = make_results({cast.roads: roads, cast.parks: parks})

    assert blocks(result, "helped") == [(("yes",), 22), (("no",), 11)]
    assert "helped" not in of(result, cast.roads)


def test_a_department_below_the_smallest_group_is_hidden_however_its_answers_spread(cast):
    result = make_results(
        {
            cast.roads: spread(20, helped=["yes", "no"]),
            cast.parks: spread(20, helped=["yes", "no"]),
            cast.clinic: spread(8, helped=["yes", "no"]),
        }
    )

    assert blocks(result, "helped") == [(("yes",), 24), (("no",), 24)]
    assert of(result, cast.clinic) == {}


def test_how_many_were_asked_does_not_tell_what_leads_to_a_question(cast):
    asked = sheet(hours=5)
    not_asked = {code: value for code, value in sheet().items() if code != "hours"}
    few = [asked] * 18 + [not_asked] * 2
    many = [sheet(hours=n) for n in [1, 2, 3, 4] * 5] + [not_asked] * 6
    result = make_results({cast.roads: few, cast.parks: many})

    assert result.questions["hours"]["missing"] == {"not-asked": 8}
    assert "hours" not in of(result, cast.roads) | of(result, cast.parks)


def test_statements_of_a_dimension_and_rows_of_a_matrix_are_scales(cast):
    told = [1, 2, 3, 4, 5] * 8
    sheets = [sheet(told=n, heard=6 - n) for n in told]
    result = make_results({cast.roads: sheets})

    (scale,) = result.scales
    # "Nobody asked me" is reversed, so the two say exactly the same.
    assert scale["name"] == "openness"
    assert scale["is_dimension"]
    assert scale["alpha"] == pytest.approx(1)
    assert (scale["people"], scale["items"], scale["omega"]) == (40, 2, None)


def test_reliability_needs_thirty_people(cast):
    assert make_results({cast.roads: varied(29)}).scales == []


# What people wrote


def test_texts_are_kept_from_ten_on_and_lead_nowhere(cast):
    sheets = [sheet(wish=f"Wish {n}", more=f"More {n}" if n < 9 else None) for n in range(12)]
    result = make_results({cast.roads: sheets})

    texts = WrittenAnswer.objects.filter(result=result)
    assert {one.code for one in texts} == {"wish"}
    assert {one.text for one in texts} == {f"Wish {n}" for n in range(12)}
    by_key = [one.text for one in texts.order_by("pk")]
    assert by_key != [f"Wish {n}" for n in range(12)]
    assert set(map(str, texts.values_list("pk", flat=True))).isdisjoint(
        map(str, Response.objects.values_list("pk", flat=True))
    )


def test_a_larger_smallest_group_counts_for_texts_too(cast, settings):
    settings.SMALLEST_GROUP = 15
    result = make_results({cast.roads: [sheet(wish="Time")] * 14 + [sheet()] * 10})

    assert not result.texts.exists()


def test_five_texts_are_too_few_also_where_five_answers_are_enough(cast, settings):
    settings.SMALLEST_GROUP = 5
    result = make_results({cast.roads: [sheet(wish="Time")] * 9})

    assert result.answers == 9
    assert not result.texts.exists()


# When, and how often


def test_an_open_wave_is_not_counted(cast):
    wave = make_wave(cast.roads)
    answer(wave, cast.roads, varied(30))

    assert not freeze_results(wave=wave.pk)
    tasks.freeze_closed_waves()
    assert not WaveResult.objects.exists()


def test_counting_again_changes_nothing(cast):
    result = make_results({cast.roads: varied(30)})
    answer(result.wave, cast.roads, varied(30))

    assert not freeze_results(wave=result.wave_id)
    tasks.freeze_closed_waves()

    again = WaveResult.objects.get()
    assert (again.pk, again.answers, again.questions) == (result.pk, 30, result.questions)


def test_the_task_counts_each_closed_wave_once(cast, django_assert_num_queries):
    waves = {make_closed({cast.roads: varied(20)}).pk for _one in range(3)}

    tasks.freeze_closed_waves()

    assert set(WaveResult.objects.values_list("wave", flat=True)) == waves
    with django_assert_num_queries(1):
        tasks.freeze_closed_waves()


def test_a_wave_that_cannot_be_counted_leaves_the_others_alone(cast, monkeypatch, caplog):
    broken, good = (make_closed({cast.roads: varied(20)}) for _one in range(2))

    def fail_for_one(*, wave):
        if wave == broken.pk:
            raise IntegrityError
        return freeze_results(wave=wave)

    monkeypatch.setattr(tasks, "freeze_results", fail_for_one)
    tasks.freeze_closed_waves()

    assert WaveResult.objects.get().wave == good
    assert f"Wave {broken.pk} stays uncounted" in caplog.text


def test_what_was_answered_in_the_portal_is_counted_after_closing(cast, sign_in):
    wave = make_wave(cast.roads)
    answer(wave, cast.roads, varied(20))
    actions.close_wave(wave=wave.pk, by=None)

    tasks.freeze_closed_waves()

    assert WaveResult.objects.get(wave=wave).answers == 20


# Whose answers


@pytest.mark.parametrize("anonymity", ["anonymous", "confidential", "named"])
def test_results_are_the_same_however_the_answers_were_given(cast, anonymity):
    result = make_results({cast.roads: varied(20), cast.parks: varied(3)}, anonymity=anonymity)

    assert result.answers == 23
    assert not DepartmentResult.objects.filter(department=cast.parks).exists()
    # Three are left beside Roads, so Roads is not shown either.
    assert not DepartmentResult.objects.filter(department=cast.roads).exists()


def test_answers_without_a_department_count_for_the_whole_only(cast):
    result = make_results({None: varied(30)})

    assert (result.answers, result.asked) == (30, 0)
    assert not DepartmentResult.objects.exists()


def test_answers_without_a_department_guard_those_with_one(cast):
    result = make_results({None: varied(4), cast.roads: varied(30)})

    assert result.answers == 34
    assert not DepartmentResult.objects.exists()


def test_a_wave_that_takes_imports_is_counted_when_it_is_closed(cast):
    result = make_results({cast.roads: varied(20)}, takes_imports=True)

    assert result.answers == 20


def test_the_tree_of_an_earlier_measurement_is_kept(cast):
    wave = make_closed({cast.roads: varied(20), cast.parks: varied(20)})
    people = {"city": (0, (60,) * 5), "roads": (20, (60,) * 5), "parks": (20, (60,) * 5)}
    asked = dict.fromkeys(people, 60)
    snapshot = make_snapshot(wave.survey.initiative, people, asked=asked)
    day = timezone.localdate(wave.closed_at)
    type(snapshot).objects.filter(pk=snapshot.pk).update(
        source=str(wave), closed_on=day, tree={str(cast.roads.pk): cast.works.pk}
    )
    Department.objects.filter(pk=cast.roads.pk).update(parent=cast.health)

    freeze_results(wave=wave.pk)

    tree = WaveResult.objects.get(wave=wave).tree
    assert tree[str(cast.roads.pk)] == cast.works.pk


def test_the_questions_of_the_survey_are_not_needed_twice(cast):
    assert Wave.objects.uncounted().count() == 0
    result = make_results({cast.roads: varied(20)})

    assert result.wave.version.definition == DEFINITION
    assert str(result) == str(result.wave)
