"""200,000 answers leave as codes (CSV), against a bare server-side cursor with csv.writer."""

import csv
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from buyin.accounts.models import Department
from surveys.models import Anonymity, Response, Wave
from tests.bench.result import Result, counted, side_by_side
from tests.bench.site import Visitor, person_with
from tests.bench.surveys import STATEMENTS, answer, wave_of_twenty

RESPONSES = 200_000
FETCHED = 2_000
MOST_MEGABYTES = 32
CODES = [f"q{number}" for number in range(1, STATEMENTS + 1)]


def measure() -> Iterator[Result]:
    """Let the answers leave again and again: how fast, and how much the process grows meanwhile."""
    department = Department.objects.create(code="export", name="Permits")
    wave = wave_of_twenty(department, anonymity=Anonymity.CONFIDENTIAL)
    answer(wave, [department], RESPONSES)
    now = timezone.now()
    Wave.objects.filter(pk=wave.pk).update(closes_at=now, closed_at=now)
    lead = person_with("lead", department)
    place = [wave.survey_id, wave.number]
    path = reverse("surveys:answers-file", args=[*place, "codes.csv"])
    lead.read(reverse("surveys:author-field", args=place))
    yield counted(
        "export of 200,000 responses, growth of the process",
        growth(lead, path),
        MOST_MEGABYTES,
        "MB, and how many may be",
    )
    yield side_by_side(
        "export of 200,000 responses against a bare cursor with csv.writer",
        "responses/s",
        lambda: exported(lead, path),
        lambda: written(wave),
        least=0.3,
    )


def growth(visitor: Visitor, path: str) -> float:
    """Return how many megabytes more the process holds at most while all answers leave."""
    parts = visitor.client.get(path).streaming_content  # type: ignore[attr-defined]
    before = megabytes()
    return max(megabytes() for _part in parts) - before


def megabytes() -> float:
    """Return the memory that this process holds now; where nobody tells, the most it has held."""
    now = Path("/proc/self/statm")
    if now.exists():
        return int(now.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def exported(visitor: Visitor, path: str) -> float:
    """Return how many responses a second leave through the page, as its server would send them."""
    start, lines = time.perf_counter(), 0
    with Path(os.devnull).open("wb") as file:
        for part in visitor.client.get(path).streaming_content:  # type: ignore[attr-defined]
            lines += part.count(b"\r\n")
            file.write(part)
    seconds = time.perf_counter() - start
    assert lines == RESPONSES + 1, lines
    return RESPONSES / seconds


def written(wave: Wave) -> float:
    """Return how many responses a second a script writes that knows the columns already."""
    known = connection.get_connection_params()
    place = {k: v for k, v in known.items() if k in {"dbname", "user", "password", "host", "port"}}
    start, rows = time.perf_counter(), 0
    with Path(os.devnull).open("w", newline="") as file, psycopg2.connect(**place) as line:
        writer = csv.writer(file)
        writer.writerow(CODES)
        with line.cursor("bare") as cursor:
            cursor.itersize = FETCHED
            table = Response._meta.db_table
            cursor.execute(f"SELECT answers FROM {table} WHERE wave_id = %s", [wave.pk])
            for (answers,) in cursor:
                writer.writerow([answers[code] for code in CODES])
                rows += 1
    line.close()
    seconds = time.perf_counter() - start
    assert rows == RESPONSES, rows
    return RESPONSES / seconds
