"""Leaving the buffer and closing: nothing is lost, nothing keeps its name, nothing happens twice."""

import datetime as dt
import uuid
from collections import Counter

import pytest
from django.db import OperationalError
from django.utils import timezone

from surveys import actions, tasks
from surveys.models import BufferedResponse, Participation, Response, Wave
from surveys.queries.buffer import ripe_groups
from surveys.queries.invariants import broken_rules
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _groups_of_five(settings):
    settings.SMALLEST_GROUP = 5


def wait(wave, department, *numbers):
    """Let people of a department have answered with these numbers, the answers in the buffer."""
    people = [PersonFactory(department=department) for _n in numbers]
    Participation.objects.bulk_create(
        Participation(wave=wave, person=person, department=department, receipt=uuid.uuid4())
        for person in people
    )
    BufferedResponse.objects.bulk_create(
        BufferedResponse(wave=wave, department=department, answers={"hours": n}) for n in numbers
    )
    return people


def numbers_in(rows):
    return sorted(answers["hours"] for answers in rows.values_list("answers", flat=True))


def keys_of(model):
    return set(model.objects.values_list("pk", flat=True))


def test_a_flush_keeps_every_answer_and_gives_all_of_them_new_keys(cast):
    wave = make_wave(cast.roads)
    people = wait(wave, cast.roads, *range(40))
    waited, answered = keys_of(BufferedResponse), keys_of(Participation)
    receipts = set(Participation.objects.values_list("person", "receipt", "department"))

    assert actions.flush_group(wave=wave.pk, department=cast.roads.pk) == 40

    assert numbers_in(Response.objects) == list(range(40))
    assert keys_of(Response).isdisjoint(waited | answered)
    assert keys_of(Participation).isdisjoint(answered)
    assert set(Participation.objects.values_list("person", "receipt", "department")) == receipts
    assert Participation.objects.filter(person__in=people, is_sealed=True).count() == 40
    assert not BufferedResponse.objects.exists()


def test_the_order_in_which_answers_came_is_nowhere_after_a_flush(cast):
    wave = make_wave(cast.roads)
    people = [person.pk for person in wait(wave, cast.roads, *range(40))]

    actions.flush_group(wave=wave.pk, department=cast.roads.pk)

    by_key = Response.objects.order_by("pk").values_list("answers", flat=True)
    assert [answers["hours"] for answers in by_key] != list(range(40))
    assert list(Participation.objects.order_by("pk").values_list("person", flat=True)) != people


def test_a_second_flush_finds_nothing_and_moves_nothing(cast):
    wave = make_wave(cast.roads)
    wait(wave, cast.roads, *range(5))
    actions.flush_group(wave=wave.pk, department=cast.roads.pk)
    before = keys_of(Response), keys_of(Participation)

    assert actions.flush_group(wave=wave.pk, department=cast.roads.pk) == 0

    assert (keys_of(Response), keys_of(Participation)) == before


@pytest.mark.parametrize(("waiting", "moved"), [(0, 0), (4, 0), (5, 5), (6, 6)])
def test_answers_leave_the_buffer_only_in_groups_that_hide_each_other(cast, waiting, moved):
    wave = make_wave(cast.roads)
    wait(wave, cast.roads, *range(waiting))

    assert ripe_groups() == ([(wave.pk, cast.roads.pk)] if moved else [])
    assert actions.flush_group(wave=wave.pk, department=cast.roads.pk) == moved

    assert Response.objects.count() == moved
    assert BufferedResponse.objects.count() == waiting - moved


def test_people_whose_answers_left_earlier_are_not_shuffled_with_the_next_group(cast):
    wave = make_wave(cast.roads)
    wait(wave, cast.roads, *range(5))
    actions.flush_group(wave=wave.pk, department=cast.roads.pk)
    first = keys_of(Participation)
    wait(wave, cast.roads, *range(5, 10))

    actions.flush_group(wave=wave.pk, department=cast.roads.pk)

    assert first < keys_of(Participation)
    assert numbers_in(Response.objects) == list(range(10))
    assert broken_rules() == []


def test_one_wave_s_answers_never_leave_with_another_s(cast):
    one, other = make_wave(cast.roads), make_wave(cast.roads)
    wait(one, cast.roads, 1, 2, 3)
    wait(other, cast.roads, 4, 5, 6)

    tasks.flush_anonymous()

    assert not Response.objects.exists()
    assert ripe_groups() == []


def test_closing_keeps_every_answer_once_whether_it_had_left_the_buffer_or_not(cast):
    wave = make_wave(cast.roads, cast.parks, cast.works)
    wait(wave, cast.roads, *range(7))
    tasks.flush_anonymous()
    wait(wave, cast.roads, 7, 8)
    wait(wave, cast.parks, 10, 11)
    wait(wave, cast.works, 20)
    before = keys_of(Response) | keys_of(BufferedResponse), keys_of(Participation)

    assert actions.close_wave(wave=wave.pk, by=None) is True

    assert numbers_in(Response.objects) == [*range(9), 10, 11, 20]
    assert keys_of(Response).isdisjoint(before[0])
    assert keys_of(Participation).isdisjoint(before[1])
    assert not BufferedResponse.objects.exists()
    assert set(Participation.objects.values_list("is_sealed", flat=True)) == {True}
    assert broken_rules() == []


def test_nobody_is_told_apart_by_the_week_in_which_they_answered(cast):
    wave = make_wave(cast.roads)
    wait(wave, cast.roads, *range(5))
    actions.flush_group(wave=wave.pk, department=cast.roads.pk)
    Response.objects.update(week="2020-W01")
    wait(wave, cast.roads, 5)

    actions.close_wave(wave=wave.pk, by=None)

    (week,) = set(Response.objects.values_list("week", flat=True))
    assert week != "2020-W01"


def test_rates_still_count_people_where_they_belong_when_their_answers_moved_up(cast):
    wave = make_wave(cast.roads, cast.parks, cast.works)
    wait(wave, cast.roads, *range(6))
    wait(wave, cast.parks, 10, 11)
    wait(wave, cast.works, 20, 21, 22)

    actions.close_wave(wave=wave.pk, by=None)

    people = Counter(Participation.objects.values_list("department__code", flat=True))
    answers = Counter(Response.objects.values_list("department__code", flat=True))
    assert people == {"roads": 6, "parks": 2, "works": 3}
    assert answers == {"roads": 6, "works": 5}
    assert [group.merged_into for group in wave.groups.order_by("department__code")] == [
        cast.works, None, None,
    ]  # fmt: skip


def test_closing_again_changes_no_key_and_no_time(cast):
    wave = make_wave(cast.roads)
    wait(wave, cast.roads, *range(6))
    actions.close_wave(wave=wave.pk, by=None)
    closed_at = Wave.objects.get().closed_at
    before = keys_of(Response), keys_of(Participation)

    assert actions.close_wave(wave=wave.pk, by=None) is False

    assert Wave.objects.get().closed_at == closed_at
    assert (keys_of(Response), keys_of(Participation)) == before


def test_a_closed_wave_is_not_flushed_any_more(cast):
    wave = make_wave(cast.roads)
    Wave.objects.update(closed_at=timezone.now())
    wait(wave, cast.roads, *range(9))

    assert actions.flush_group(wave=wave.pk, department=cast.roads.pk) == 0
    tasks.flush_anonymous()

    assert BufferedResponse.objects.count() == 9
    assert any("still wait in the buffer" in sentence for sentence in broken_rules())


def test_a_wave_that_nobody_answered_closes_like_any_other(cast):
    wave = make_wave(cast.roads)

    assert actions.close_wave(wave=wave.pk, by=None) is True

    assert not Response.objects.exists()
    assert broken_rules() == []


@pytest.mark.parametrize(
    ("minutes", "is_closed"), [(-1, False), (10, False), (29, False), (31, True)]
)
def test_a_wave_closes_by_itself_when_its_grace_is_over_and_not_before(cast, minutes, is_closed):
    wave = make_wave(cast.roads)
    Wave.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=minutes))

    tasks.close_due_waves()

    wave.refresh_from_db()
    assert (wave.closed_at is not None) is is_closed


@pytest.mark.parametrize(
    ("task", "action"), [("close_due_waves", "close_wave"), ("flush_anonymous", "flush_group")]
)
def test_one_wave_that_fails_does_not_keep_the_others_waiting(cast, monkeypatch, task, action):
    waves = [make_wave(cast.roads) for _n in range(3)]
    for wave in waves:
        wait(wave, cast.roads, *range(5))
    Wave.objects.update(closes_at=timezone.now() - dt.timedelta(hours=1))
    original = getattr(actions, action)

    def failing(*, wave, **given):
        if wave == waves[1].pk:
            raise OperationalError("deadlock detected")
        return original(wave=wave, **given)

    monkeypatch.setattr(actions, action, failing)
    getattr(tasks, task)()

    assert set(BufferedResponse.objects.values_list("wave", flat=True)) == {waves[1].pk}
    assert Response.objects.count() == 10
