"""What the scores of a wave are called: what it was when people were asked, whatever changes later."""

import datetime as dt
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from buyin.readiness.models import Snapshot
from surveys.actions import publishing
from surveys.feature import Surveys
from surveys.models import Response, Survey, Wave, WavePlan
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import PURPOSE, TITLE, make_wave

ANSWER = {"useful": 4, "told": 2, "heard": 3}


@pytest.fixture
def closed(cast):
    """Close a wave that enough people of Roads have answered."""
    wave = make_wave(cast.roads)
    wave.groups.update(asked=40)
    Response.objects.bulk_create(
        Response(wave=wave, department=cast.roads, answers=ANSWER, week="2026-W30")
        for _n in range(30)
    )
    Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now() - dt.timedelta(days=8))
    return wave


def retitle(client, survey, title, initiative=None):
    found = Survey.objects.get(pk=survey.pk)
    fields = {
        "title": title,
        "purpose": PURPOSE,
        "initiative": (initiative or found.initiative).pk,
        "intro": "",
        "revision": found.revision,
    }
    answer = client.post(f"/surveys/author/{survey.pk}/texts/", fields)
    assert answer.status_code == 302


def sources():
    return sorted(s.source for s in Surveys().score_sources(until=timezone.now()))


def ask_again(survey):
    WavePlan.objects.create(
        survey=survey, closes_on=timezone.localdate() + dt.timedelta(days=9), anonymity="anonymous"
    )
    return publishing.publish(survey=survey, by=survey.owner)


def test_a_closed_survey_that_gets_another_title_is_not_measured_again(sign_in, closed):
    call_command("snapshot")
    before = set(Snapshot.objects.values_list("source", "period"))

    retitle(sign_in("lead"), closed.survey, "What we learned")
    call_command("snapshot")

    assert sources() == [f"{TITLE}, wave 1"]
    assert set(Snapshot.objects.values_list("source", "period")) == before


def test_the_next_wave_is_called_by_the_title_that_people_see_then(sign_in, closed):
    retitle(sign_in("lead"), closed.survey, "What we learned")

    again = ask_again(closed.survey)

    assert [w.called for w in (Wave.objects.get(pk=closed.pk), again)] == [TITLE, "What we learned"]


def test_a_survey_of_the_same_title_gets_a_number_and_keeps_it_for_its_next_wave(cast, closed):
    twin = make_wave(cast.roads)
    Wave.objects.filter(pk=twin.pk).update(closed_at=timezone.now())

    again = ask_again(twin.survey)

    assert [twin.called, again.called] == [f"{TITLE} (2)", f"{TITLE} (2)"]


def test_a_survey_that_takes_the_title_of_another_one_does_not_take_its_scores(
    sign_in, cast, closed
):
    other = make_wave(cast.parks)
    Wave.objects.filter(pk=other.pk).update(called="Another", closed_at=timezone.now())

    retitle(sign_in("lead"), other.survey, TITLE)

    assert [Wave.objects.get(pk=other.pk).called, ask_again(other.survey).called] == [
        "Another",
        f"{TITLE} (2)",
    ]


def test_a_survey_that_moves_to_another_initiative_gets_a_name_that_is_free_there(
    sign_in, cast, closed
):
    there = InitiativeFactory(name="Letter reader")
    twin = make_wave(cast.roads)
    Survey.objects.filter(pk=twin.survey_id).update(initiative=there)
    Wave.objects.filter(pk=twin.pk).update(called=TITLE)

    retitle(sign_in("lead"), closed.survey, TITLE, initiative=there)

    assert Wave.objects.get(pk=closed.pk).called == f"{TITLE} (2)"


def test_a_long_title_fits_beside_its_number(cast):
    waves = [make_wave(cast.roads) for _n in range(2)]
    Survey.objects.update(title="x" * 200)

    names = [ask_again(wave.survey).called for wave in _closed(waves)]

    assert names == ["x" * 90, "x" * 90 + " (2)"]


def _closed(waves):
    Wave.objects.update(closed_at=timezone.now())
    return waves


def test_what_was_measured_before_keeps_its_name(cast):
    waves = [make_wave(cast.roads) for _n in range(3)]
    Survey.objects.filter(pk=waves[1].survey_id).update(title="Another")
    Wave.objects.update(called="")

    migration = import_module("surveys.migrations.0005_names_of_scores")
    migration.keep_names(apps, SimpleNamespace())

    found = Wave.objects.order_by("pk").values_list("called", flat=True)
    assert list(found) == [TITLE, "Another", f"{TITLE} (2)"]
