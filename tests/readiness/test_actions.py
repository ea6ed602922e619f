"""Snapshots: what they hold, what they leave out, and that a week is never counted twice."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from buyin.readiness import actions, tasks
from buyin.readiness.models import Snapshot, SnapshotCell
from tests.factories.initiatives import InitiativeFactory
from tests.factories.readiness import CODES, FakeSurveys, make_scores, make_snapshot

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
PEOPLE = {
    "city": (11, (62, 58, 50, 52, 57)),
    "roads": (30, (58, 47, 31, 44, 52)),
    "parks": (22, (70, 66, 60, 64, 68)),
    "health": (12, (74, 70, 66, 70, 72)),
    "clinic": (40, (78, 76, 74, 72, 70)),
}
ASKED = {"city": 20, "works": 15, "health": 25, "roads": 40, "parks": 30, "clinic": 50}


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit triage")


@pytest.fixture
def feature(monkeypatch, initiative):
    """A feature with one closed wave; `feature.given` may be changed."""
    fake = FakeSurveys(make_scores(initiative, PEOPLE, asked=ASKED))
    monkeypatch.setattr(actions, "all_features", lambda: [fake])
    return fake


def cells(snapshot, dimension):
    return {c.department.code: c for c in snapshot.cells.filter(dimension=dimension)}


def test_a_snapshot_holds_each_department_in_each_dimension_and_overall(initiative):
    snapshot = make_snapshot(initiative, PEOPLE, asked=ASKED)

    assert snapshot.cells.count() == 6 * (len(CODES) + 1)
    roads = cells(snapshot, "skills")["roads"]
    assert (roads.asked, roads.answered) == (40, 30)
    assert 25 < roads.low < roads.value < roads.high < 45
    assert (roads.band, roads.is_barrier) == ("not-ready", True)
    clinic = cells(snapshot, "")["clinic"]
    assert (clinic.band, clinic.is_barrier) == ("ready", False)
    assert clinic.value == pytest.approx(
        sum(cells(snapshot, code)["clinic"].value for code in CODES) / 5
    )


def test_a_parent_is_made_of_the_departments_under_it(initiative):
    overall = cells(make_snapshot(initiative, PEOPLE, asked=ASKED), "skills")

    works, roads, parks = (overall[code] for code in ("works", "roads", "parks"))
    assert (works.asked, works.answered) == (85, 52)
    assert min(roads.value, parks.value) < works.value < max(roads.value, parks.value)


def test_departments_with_too_few_answers_hold_nothing_and_neither_does_a_sibling(initiative):
    people = {**PEOPLE, "parks": (9, (70, 66, 60, 64, 68))}

    snapshot = make_snapshot(initiative, people, asked=ASKED)

    for code in ("roads", "parks"):
        for cell in snapshot.cells.filter(department__code=code):
            assert not cell.is_released
            assert (cell.answered, cell.value, cell.standard_error) == (None, None, None)
            assert (cell.low, cell.high, cell.detail) == (None, None, {})
            assert (cell.band, cell.is_barrier) == ("not-enough", False)
    assert cells(snapshot, "")["works"].is_released


@pytest.mark.parametrize(
    "kept",
    [
        {"value": 5.0},
        {"answered": 3},
        {"standard_error": 1.0},
        {"low": 1.0},
        {"high": 1.0},
        {"band": "ready"},
        {"is_barrier": True},
        {"detail": {"favourable": "54"}},
    ],
)
def test_the_database_refuses_a_hidden_cell_that_holds_something(cast, initiative, kept):
    snapshot = Snapshot.objects.create(
        initiative=initiative, period="2026-W47", source="x", ready_from=60, smallest_group=10
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        SnapshotCell.objects.create(
            snapshot=snapshot,
            department=cast.roads,
            dimension="skills",
            is_released=False,
            asked=40,
            **kept,
        )


def test_answers_moved_up_to_the_parent_count_there_with_the_people_asked(cast, initiative):
    people = {"works": (14, (60, 60, 60, 60, 60)), "clinic": (40, (70, 70, 70, 70, 70))}
    asked = {"works": 15, "roads": 12, "clinic": 50}
    counted_in = {cast.roads.pk: cast.works.pk}

    snapshot = make_snapshot(initiative, people, asked=asked, counted_in=counted_in)

    overall = cells(snapshot, "")
    assert (overall["works"].asked, overall["works"].answered) == (27, 14)
    assert (overall["roads"].asked, overall["roads"].is_released) == (12, False)


def test_several_departments_at_the_top_have_an_agency_in_the_summary(cast, initiative):
    cast.works.__class__.objects.filter(code__in=["works", "health"]).update(parent=None)
    people = {"roads": PEOPLE["roads"], "clinic": PEOPLE["clinic"]}

    snapshot = make_snapshot(initiative, people, asked={"roads": 40, "clinic": 50})

    (overall,) = [cell for cell in snapshot.summary["agency"] if cell["dimension"] == ""]
    assert (overall["asked"], overall["answered"]) == (90, 70)
    assert not snapshot.cells.filter(department=cast.city).exists()


def test_the_summary_tells_of_differences_reliability_and_the_lowest_items(initiative):
    summary = make_snapshot(initiative, PEOPLE, asked=ASKED).summary

    assert summary["difference"]["is_real"]
    assert summary["by_dimension"]["skills"]["reliability"]["people"] == 115
    assert summary["by_dimension"]["skills"]["reliability"]["alpha"] > 0.7
    assert summary["items"][0]["dimension"] == "skills"
    json.dumps(summary, allow_nan=False)


def test_an_agency_with_too_few_answers_has_an_empty_summary(initiative):
    snapshot = make_snapshot(initiative, {"roads": (9, (50,) * 5)}, asked={"roads": 40})

    assert snapshot.summary == {}
    assert not snapshot.cells.filter(is_released=True).exists()


def test_a_survey_of_two_dimensions_gives_those_and_no_overall_score(initiative):
    scores = make_scores(initiative, PEOPLE, asked=ASKED)
    scores.values[:, 2:] = float("nan")

    snapshot = actions.take_snapshot(scores=scores, period="2026-W47")

    assert set(snapshot.cells.filter(is_released=True).values_list("dimension", flat=True)) == {
        "commitment",
        "confidence",
    }


def test_taking_the_snapshot_of_a_week_twice_changes_nothing(feature):
    (made,) = actions.take_snapshots(now=NOW)

    assert actions.take_snapshots(now=NOW) == []
    assert Snapshot.objects.filter(period="2026-W47").get() == made
    assert feature.asked_for_scores == 1


def test_the_clock_takes_what_is_due_and_nothing_the_second_time(feature):
    assert tasks.take_due_snapshots() == 1
    assert tasks.take_due_snapshots() == 0


def test_the_next_week_repeats_the_results_even_if_the_tree_has_changed(cast, feature):
    (first,) = actions.take_snapshots(now=NOW)
    cast.parks.parent = cast.health
    cast.parks.save()

    (second,) = actions.take_snapshots(now=NOW.replace(day=25))

    assert second.period == "2026-W48"
    columns = ("department", "dimension", "is_released", "value", "low", "answered", "detail")
    assert list(second.cells.order_by("pk").values_list(*columns)) == list(
        first.cells.order_by("pk").values_list(*columns)
    )
    assert feature.asked_for_scores == 1


def test_a_wave_that_closes_later_in_the_week_gets_its_own_snapshot(feature, initiative):
    actions.take_snapshots(now=NOW)
    second = make_scores(
        initiative, PEOPLE, asked=ASKED, source="Ready for AI, wave 2", closed_on=date(2026, 11, 18)
    )
    feature.given = (*feature.given, second)

    (made,) = actions.take_snapshots(now=NOW.replace(day=19))

    assert made.source == "Ready for AI, wave 2"
    assert Snapshot.objects.filter(period="2026-W47").first() == made


def test_a_week_of_the_past_knows_only_what_was_closed_then(feature):
    assert actions.take_snapshots(now=NOW, period="2026-W45") == []
    assert len(actions.take_snapshots(now=NOW, period="2026-W46")) == 1


def test_a_new_threshold_is_measured_again(feature, settings):
    actions.take_snapshots(now=NOW)
    settings.READY_FROM = 50

    (second,) = actions.take_snapshots(now=NOW.replace(day=25))

    assert second.ready_from == 50
    assert feature.asked_for_scores == 2


def test_another_tree_and_group_size_wait_for_new_answers(cast, feature, settings):
    (first,) = actions.take_snapshots(now=NOW)
    cast.parks.parent = cast.health
    cast.parks.save()
    settings.READY_FROM, settings.SMALLEST_GROUP = 50, 25

    (second,) = actions.take_snapshots(now=NOW.replace(day=25))

    # The same answers, cut along a second tree, could be subtracted from the first table.
    assert feature.asked_for_scores == 2
    assert (second.ready_from, second.smallest_group) == (50, 10)
    assert second.parents == first.parents
    columns = ("department", "dimension", "is_released", "value", "low", "answered", "detail")
    assert list(second.cells.order_by("pk").values_list(*columns)) == list(
        first.cells.order_by("pk").values_list(*columns)
    )
    assert cells(first, "skills")["health"].band == "ready"
    assert cells(first, "")["works"].band != cells(second, "")["works"].band


def test_new_answers_are_measured_along_the_tree_and_by_the_rules_of_now(
    cast, feature, initiative, settings
):
    actions.take_snapshots(now=NOW)
    cast.parks.parent = cast.health
    cast.parks.save()
    settings.SMALLEST_GROUP = 12
    later = {"source": "Ready for AI, wave 2", "closed_on": date(2026, 11, 24)}
    feature.given = (make_scores(initiative, PEOPLE, asked=ASKED, **later),)

    (second,) = actions.take_snapshots(now=NOW.replace(day=26))

    assert second.smallest_group == 12
    assert second.parents[cast.parks.pk] == cast.health.pk
    assert cells(second, "skills")["health"].answered == 74


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection")
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one(feature):
    def take(_number):
        try:
            return actions.take_snapshots(now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(4)))

    assert Snapshot.objects.count() == 1
    assert SnapshotCell.objects.count() == 6 * (len(CODES) + 1)


def test_the_command_prints_each_figure_as_json(feature):
    out = StringIO()

    call_command("snapshot", "--period", "2026-W46", "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert (answer["period"], answer["made"]) == ("2026-W46", 1)
    (snapshot,) = answer["snapshots"]
    (roads,) = [
        cell
        for cell in snapshot["cells"]
        if (cell["department"], cell["dimension"]) == ("roads", "skills")
    ]
    assert (roads["n"], roads["N"], roads["band"], roads["released"]) == (30, 40, "not-ready", True)


def test_the_command_says_in_words_how_much_may_be_shown(feature):
    out = StringIO()

    call_command("snapshot", "--period", "2026-W46", stdout=out)

    assert "Ready for AI, wave 1" in out.getvalue()


@pytest.mark.parametrize(
    ("period", "said"),
    [("2026-47", "is not a week"), ("2099-W01", "has not begun yet")],
)
def test_the_command_refuses_what_is_no_week_to_take(db, period, said):
    with pytest.raises(CommandError, match=said) as refusal:
        call_command("snapshot", "--period", period)

    assert refusal.value.returncode == 1
