"""The command and the clock: what they print, how they end, and that twice makes nothing twice."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from buyin.readiness import actions, tasks
from buyin.readiness.models import Snapshot, SnapshotCell
from tests.factories.initiatives import InitiativeFactory
from tests.factories.readiness import CODES, FakeSurveys, make_scores

PEOPLE = {"roads": (30, (58, 47, 31, 44, 52)), "clinic": (4, (13,) * 5)}
ASKED = {"roads": 40, "clinic": 50}
WEEK = "2026-W46"


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit triage")


@pytest.fixture
def feature(monkeypatch, initiative):
    """A feature with one closed wave; `feature.given` may be changed."""
    fake = FakeSurveys(make_scores(initiative, PEOPLE, asked=ASKED))
    monkeypatch.setattr(actions, "all_features", lambda: [fake])
    return fake


def printed(*arguments):
    out = StringIO()
    call_command("snapshot", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments):
    return json.loads(printed("--json", *arguments))


def test_twice_makes_nothing_twice_and_prints_the_same_figures(feature):
    first, second = as_json("--period", WEEK), as_json("--period", WEEK)

    assert (first["made"], second["made"]) == (1, 0)
    assert first["snapshots"] == second["snapshots"]
    assert Snapshot.objects.count() == 1


def test_without_a_closed_survey_it_says_so_and_makes_nothing(feature):
    feature.given = ()

    assert printed("--period", WEEK).strip() == (
        "No closed survey has answers about readiness yet."
    )
    assert as_json("--period", WEEK) == {"period": WEEK, "made": 0, "snapshots": []}


def test_the_figures_of_a_hidden_department_are_not_printed(feature):
    (snapshot,) = as_json("--period", WEEK)["snapshots"]

    hidden = [cell for cell in snapshot["cells"] if cell["department"] == "clinic"]
    assert {cell["dimension"] for cell in hidden} == {"overall", *CODES}
    for cell in hidden:
        assert (cell["released"], cell["N"], cell["band"]) == (False, 50, "not-enough")
        assert [cell[name] for name in ("n", "value", "low", "high")] == [None] * 4


def test_every_snapshot_says_what_it_was_made_with(feature, settings):
    settings.READY_FROM, settings.SMALLEST_GROUP = 55, 12

    (snapshot,) = as_json("--period", WEEK)["snapshots"]

    about = {name: found for name, found in snapshot.items() if name != "cells"}
    assert about == {
        "initiative": "Permit triage",
        "source": "Ready for AI, wave 1",
        "closed_on": "2026-11-13",
        "ready_from": 55,
        "smallest_group": 12,
        "formula": 1,
    }


def test_in_words_it_counts_what_may_be_shown(feature):
    said = printed("--period", WEEK)

    released = SnapshotCell.objects.filter(is_released=True).count()
    every = SnapshotCell.objects.count()
    assert 0 < released < every
    assert f"{released} of {every} figures may be shown." in said


@pytest.mark.parametrize("period", ["2026-W54", "2026-W00", "W46", "2026-W461", "٢٠٢٦-W46", "x"])
def test_what_is_no_week_ends_with_an_error_and_makes_nothing(feature, period):
    with pytest.raises(CommandError) as refusal:
        printed("--period", period)

    assert refusal.value.returncode == 1
    assert not Snapshot.objects.exists()


def test_each_initiative_has_a_snapshot_of_its_own_in_the_order_of_names(feature, initiative):
    other = InitiativeFactory(name="Letter reader")
    feature.given = (*feature.given, make_scores(other, PEOPLE, asked=ASKED, source="Letters"))

    answer = as_json("--period", WEEK)

    assert answer["made"] == 2
    assert [s["initiative"] for s in answer["snapshots"]] == ["Letter reader", "Permit triage"]


def test_of_two_closed_waves_the_newer_one_is_measured(feature, initiative):
    older = make_scores(
        initiative, PEOPLE, asked=ASKED, source="Wave 0", closed_on=date(2026, 5, 22)
    )
    feature.given = (*feature.given, older)

    assert [s["source"] for s in as_json("--period", WEEK)["snapshots"]] == ["Ready for AI, wave 1"]


def test_the_clock_and_the_command_do_not_take_the_same_week_twice(feature):
    assert tasks.take_due_snapshots() == 1

    assert as_json()["made"] == 0
    assert tasks.take_due_snapshots() == 0
    assert SnapshotCell.objects.count() == Snapshot.objects.get().cells.count()


def test_a_failure_in_the_middle_leaves_no_half_snapshot(feature, monkeypatch):
    def broken(*_rows, **_options):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(SnapshotCell.objects, "bulk_create", broken)

    with pytest.raises(RuntimeError):
        printed("--period", WEEK)
    assert not Snapshot.objects.exists()
