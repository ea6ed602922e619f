"""Results of 200,000 answers: counted, shared and read, each beside its least possible form."""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg2
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buyin.accounts.models import Department
from surveys.actions.freezing import freeze_results
from surveys.actions.sharing import Message, share_results
from surveys.models import Response, SharedResult, Wave, WaveDepartment, WaveResult
from surveys.queries.sharing import document_for
from surveys.results.sharing import fingerprint_of
from tests.bench import load
from tests.bench.result import Result, counted, side_by_side
from tests.bench.site import Visitor, both, people, person_with, queries
from tests.bench.surveys import STATEMENTS, answer, wave_of_twenty

RESPONSES, FEW = 200_000, 2_000
DEPARTMENTS = 50
FETCHED = 2_000
CODES = [f"q{number}" for number in range(1, STATEMENTS + 1)]
MOST = {"sharing": 16, "shared results": 6, "shared charts": 6}
MESSAGE = Message(learned="Most expect help.", next_steps="Practice begins in March.")


def measure() -> Iterator[Result]:
    """Count the answers anew each time, share them, and let people read them."""
    small, wave = closed_wave("few", FEW), closed_wave("many", RESPONSES)
    yield side_by_side(
        "counting 200,000 responses against a bare cursor with a Counter for each question",
        "seconds",
        lambda: seconds_for_counting(wave),
        lambda: seconds_alone(wave),
        most=8,
    )
    freeze_results(wave=small.pk)
    lead = person_with("lead", Department.objects.get(code="many-0"))
    for each in (small, wave):
        found = queries_for_sharing(each, lead)
        name = f"sharing {each.responses.count():,} responses"
        yield counted(f"{name}, queries", found, MOST["sharing"])
    document = SharedResult.objects.get(result__wave=wave).document
    yield side_by_side(
        "sharing 200,000 responses against the document as a bare row",
        "seconds",
        lambda: seconds_for_sharing(wave, lead),
        lambda: seconds_for_a_row(document),
        most=40,
    )
    yield from reading(wave)


def closed_wave(name: str, responses: int) -> Wave:
    """Return a closed wave of fifty departments with so many responses."""
    top = Department.objects.create(code=name, name=name)
    departments = Department.objects.bulk_create(
        Department(code=f"{name}-{n}", name=f"{name} {n:02}", parent=top)
        for n in range(DEPARTMENTS)
    )
    wave = wave_of_twenty(*departments)
    WaveDepartment.objects.filter(wave=wave).update(asked=responses // DEPARTMENTS * 5 // 4)
    answer(wave, departments, responses)
    now = timezone.now()
    Wave.objects.filter(pk=wave.pk).update(closes_at=now, closed_at=now)
    return wave


def seconds_for_counting(wave: Wave) -> float:
    """Return how long the portal takes from rows to what may be shown of 51 departments."""
    WaveResult.objects.filter(wave=wave).delete()
    start = time.perf_counter()
    assert freeze_results(wave=wave.pk)
    return time.perf_counter() - start


def seconds_alone(wave: Wave) -> float:
    """Return how long a script takes to count each question by department, and nothing else."""
    known = connection.get_connection_params()
    place = {k: v for k, v in known.items() if k in {"dbname", "user", "password", "host", "port"}}
    counts: dict[str, Counter[tuple[int, int]]] = {code: Counter() for code in CODES}
    start = time.perf_counter()
    with psycopg2.connect(**place) as line, line.cursor("bare") as cursor:
        cursor.itersize = FETCHED
        table = Response._meta.db_table
        cursor.execute(f"SELECT department_id, answers FROM {table} WHERE wave_id = %s", [wave.pk])
        for department, answers in cursor:
            for code in CODES:
                counts[code][department, answers[code]] += 1
    line.close()
    seconds = time.perf_counter() - start
    assert sum(counts["q1"].values()) == RESPONSES
    return seconds


def share(wave: Wave, lead: Visitor) -> SharedResult:
    """Share the results of a wave as the page does: looked at, then shared."""
    result = WaveResult.objects.select_related("wave__survey").get(wave=wave)
    seen = fingerprint_of(document_for(result, departments=None, needs=()))
    return share_results(
        wave=wave.pk, by=lead.person, message=MESSAGE, seen=seen, made_by_form=uuid4()
    )


def queries_for_sharing(wave: Wave, lead: Visitor) -> int:
    """Return how many queries it costs to look and share."""
    with CaptureQueriesContext(connection) as captured:
        share(wave, lead)
    return len(captured.captured_queries)


def seconds_for_sharing(wave: Wave, lead: Visitor) -> float:
    """Return how long it takes to look and share."""
    SharedResult.objects.filter(result__wave=wave).delete()
    start = time.perf_counter()
    share(wave, lead)
    return time.perf_counter() - start


def seconds_for_a_row(document: dict[str, object]) -> float:
    """Return how long it takes to write the same document as a row that means nothing."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS bare_document (document jsonb)")
        start = time.perf_counter()
        write(cursor, document)
        return time.perf_counter() - start


def write(cursor: CursorWrapper, document: dict[str, object]) -> None:
    """Write a document."""
    cursor.execute("INSERT INTO bare_document VALUES (%s)", [json.dumps(document)])


def reading(wave: Wave) -> Iterator[Result]:
    """Let people of a department read what was shared, against a bare signed-in page."""
    reader = Visitor(people(1, Department.objects.get(code="many-1"), "reader-")[0])
    paths = {
        "shared results": reverse("surveys:shared", args=[wave.pk]),
        "shared charts": reverse("surveys:shared-page", args=[wave.pk, 1]),
    }
    for name, path in paths.items():
        reader.read(path)
        yield counted(f"{name}, queries", queries(reader, reader.ask(path))[0], MOST[name])
    body = reader.read(paths["shared results"]).encode()
    with tempfile.TemporaryDirectory() as folder, both(body, Path(folder)) as (portal, bare):
        for name, path in paths.items():
            ours, reference = reader.ask(path), reader.bare_ask("/signed-in")
            load.warm(portal, [ours])
            yield side_by_side(
                f"{name} of 200,000 responses against a bare signed-in page",
                "requests/s",
                lambda ours=ours: load.rate(portal, [ours]),  # type: ignore[misc]
                lambda reference=reference: load.rate(bare, [reference]),  # type: ignore[misc]
            )
