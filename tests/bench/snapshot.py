"""A snapshot of 200,000 responses, against NumPy alone on answers that are already decoded."""

import time
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from buyin.accounts.models import Department
from buyin.features import Scores, all_features
from buyin.readiness import actions
from buyin.readiness.models import Snapshot, SnapshotCell
from surveys.models import Wave, WaveDepartment
from tests.bench.result import TURNS, Result, side_by_side
from tests.bench.surveys import DIMENSIONS, answer, wave_of_twenty

RESPONSES = 200_000
DEPARTMENTS = 50
MOST_TIMES = 10


def measure() -> Iterator[Result]:
    """Take the snapshot anew each time, and let NumPy do the counting alone."""
    wave = closed_wave()
    (scores,) = (s for f in all_features() for s in f.scores(until=timezone.now()))
    assert len(scores.department) == RESPONSES, wave
    yield side_by_side(
        "snapshot of 200,000 responses against NumPy alone",
        "seconds",
        seconds_for_snapshot,
        lambda: seconds_alone(scores),
        rounds=TURNS,
        most=MOST_TIMES,
    )


def closed_wave() -> Wave:
    """Return a closed wave with all its responses."""
    top = Department.objects.create(code="agency", name="Agency")
    names = [f"Department {n:02}" for n in range(DEPARTMENTS)]
    departments = Department.objects.bulk_create(
        Department(code=f"unit-{n}", name=name, parent=top) for n, name in enumerate(names)
    )
    wave = wave_of_twenty(*departments)
    now = timezone.now()
    asked = RESPONSES // DEPARTMENTS * 5 // 4
    WaveDepartment.objects.filter(wave=wave).update(asked=asked)
    answer(wave, departments, RESPONSES)
    Wave.objects.filter(pk=wave.pk).update(closes_at=now, closed_at=now)
    return wave


def seconds_for_snapshot() -> float:
    """Return how long the portal takes from rows to released cells."""
    SnapshotCell.objects.all().delete()
    Snapshot.objects.all().delete()
    start = time.perf_counter()
    made = actions.take_snapshots(now=timezone.now())
    seconds = time.perf_counter() - start
    assert len(made) == 1, made
    return seconds


def seconds_alone(scores: Scores) -> float:
    """Return how long NumPy takes for means, spread, distribution and reliability."""
    answers, unit = scores.answers, scores.department
    start = time.perf_counter()
    index = np.unique(unit, return_inverse=True)[1]
    for number in range(len(DIMENSIONS)):
        summarised(answers[:, number :: len(DIMENSIONS)], index)
    return time.perf_counter() - start


def summarised(items: npt.NDArray[np.float64], index: npt.NDArray[np.int64]) -> tuple:
    """Return one dimension's figures for each department."""
    people = np.nanmean(items, axis=1)
    count = np.bincount(index)
    mean = np.bincount(index, weights=people) / count
    spread = np.bincount(index, weights=(people - mean[index]) ** 2) / (count - 1)
    fifths = np.minimum(people // 20, 4).astype(np.int64)
    distribution = np.bincount(index * 5 + fifths, minlength=count.size * 5).reshape(-1, 5)
    covariance = np.cov(items, rowvar=False)
    alpha = items.shape[1] / (items.shape[1] - 1) * (1 - covariance.trace() / covariance.sum())
    return mean, spread, distribution, alpha
