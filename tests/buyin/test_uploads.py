"""Files read by the clock: who holds one, for how long, how often it is tried, how far it is."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.models import InventoryImport
from buyin.uploads import LONGEST_NAME, Noted, Watched, claimed, claiming, part_of, silent
from buyin.uploads.claiming import LEASE

State = InventoryImport.State
shares = st.floats(min_value=0, max_value=2, allow_nan=False)


def waiting():
    return InventoryImport.objects.waiting().select_related("owner")


@pytest.fixture
def file(db):
    return InventoryImport.objects.create(name="a.csv", content=b"x")


def stored(file) -> Any:
    return InventoryImport.objects.get(pk=file.pk)


def test_a_file_that_waits_is_taken_and_its_try_is_counted(file):
    found: Any = claimed(waiting(), file.pk)

    assert (found.pk, stored(file).tries) == (file.pk, 1)
    left = stored(file).leased_until - timezone.now()
    assert timedelta() < left <= LEASE


def test_a_file_without_an_owner_is_taken_like_any_other(file, cast):
    owned = InventoryImport.objects.create(name="b.csv", content=b"x", owner=cast.lead)

    found: list[Any] = [claimed(waiting(), one.pk) for one in (file, owned)]

    assert [one.owner for one in found] == [None, cast.lead]


def test_a_file_that_is_taken_is_nobody_elses_and_its_tries_stay(file):
    claimed(waiting(), file.pk)

    assert claimed(waiting(), file.pk) is None
    assert stored(file).tries == 1


def test_what_a_reader_that_died_held_goes_to_the_next_when_its_time_is_over(file):
    claimed(waiting(), file.pk)
    InventoryImport.objects.update(leased_until=timezone.now() - timedelta(seconds=1))

    found: Any = claimed(waiting(), file.pk)

    assert found.tries == 2


@pytest.mark.parametrize("state", [State.CHECKED, State.DONE, State.REFUSED, State.UNDONE])
def test_a_file_that_waits_for_a_person_is_not_taken(file, state):
    InventoryImport.objects.update(state=state)

    assert claimed(waiting(), file.pk) is None
    assert stored(file).tries == 0


def test_a_file_that_is_gone_is_not_taken(file):
    InventoryImport.objects.all().delete()

    assert claimed(waiting(), file.pk) is None


def test_taking_one_file_leaves_the_others_free(file):
    other = InventoryImport.objects.create(name="b.csv", content=b"x")

    claimed(waiting(), file.pk)

    assert (stored(other).tries, stored(other).leased_until) == (0, None)


def rows(file):
    return InventoryImport.objects.filter(pk=file.pk)


def test_how_far_it_is_is_noted_in_whole_percent_and_never_as_done(file, monkeypatch):
    monkeypatch.setattr(claiming, "NOTED_EVERY", 0)
    note, seen = Noted(rows(file)), []

    for share in (0, 0.256, 0.999, 1.0):
        note(share)
        seen.append(stored(file).percent)

    assert seen == [0, 25, 99, 99]


def test_whoever_notes_how_far_a_file_is_keeps_it(file, monkeypatch):
    monkeypatch.setattr(claiming, "NOTED_EVERY", 0)
    InventoryImport.objects.update(leased_until=timezone.now() - timedelta(hours=1))

    Noted(rows(file))(0.5)

    assert claimed(waiting(), file.pk) is None


def test_notes_within_a_moment_cost_no_query(file, django_assert_num_queries):
    note = Noted(rows(file))

    with django_assert_num_queries(0):
        for share in range(100):
            note(share / 100)


def test_a_note_about_a_file_that_moved_on_changes_nothing(file, monkeypatch):
    monkeypatch.setattr(claiming, "NOTED_EVERY", 0)
    note = Noted(rows(file).filter(state=State.CHECKING))
    InventoryImport.objects.update(state=State.CHECKED)

    note(0.5)

    assert (stored(file).percent, stored(file).leased_until) == (0, None)


@given(shares, shares, shares)
def test_a_step_is_told_within_its_stretch_of_the_whole(share, one, other):
    start, end = sorted((one, other))
    told: list[float] = []

    part_of(told.append, start, end)(share)

    assert start <= told[0] <= end + 1e-9


def test_two_steps_one_after_the_other_tell_of_the_whole_from_start_to_end():
    told: list[float] = []
    for step in (part_of(told.append, 0, 0.5), part_of(told.append, 0.5, 1)):
        for share in (0, 0.5, 1):
            step(share)

    assert told == [0, 0.25, 0.5, 0.5, 0.75, 1]


@given(st.binary(max_size=200), st.integers(min_value=1, max_value=50))
def test_a_file_that_is_watched_reads_as_it_is_and_tells_of_each_part(content, most):
    told: list[float] = []
    watched = Watched(io.BytesIO(content), len(content), told.append)

    parts = []
    while part := watched.read(most):
        parts.append(part)

    assert b"".join(parts) == content
    assert told == sorted(told)
    assert told[-1] == bool(content)


def test_watched_files_one_after_the_other_tell_of_all_of_them():
    told: list[float] = []
    first = Watched(io.BytesIO(b"abc"), 4, told.append)
    first.read(10)

    Watched(io.BytesIO(b"d"), 4, told.append, seen=first.seen).read(10)

    assert told == [0.75, 1.0]


def test_whoever_tells_nobody_is_free_to(file, django_assert_num_queries):
    with django_assert_num_queries(0):
        silent(0.5)


def test_a_file_is_called_by_its_name_and_the_newest_comes_first(file):
    older = InventoryImport.objects.create(name="older.csv", content=b"x")
    rows(older).update(uploaded_at=timezone.now() - timedelta(days=1))

    assert [str(one) for one in InventoryImport.objects.all()] == ["a.csv", "older.csv"]
    assert InventoryImport._meta.get_field("name").max_length == LONGEST_NAME
