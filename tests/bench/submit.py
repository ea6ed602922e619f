"""Handing a survey in: against a bare page, and against a bare view that writes one JSON row."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.urls import reverse

from buyin.accounts.models import Department
from surveys.answers import PREFIX
from surveys.models import BufferedResponse, Participation
from tests.bench import load
from tests.bench.load import Ask
from tests.bench.result import TURNS, Result, counted, side_by_side
from tests.bench.site import Visitor, both, people, queries, settle
from tests.bench.surveys import STATEMENTS, wave_of_twenty

EACH = 160
FIRST = 40  # until both workers have planned their statements
ANSWERS = {f"{PREFIX}q{n}": str(n % 5 + 1) for n in range(1, STATEMENTS + 1)}


def measure() -> Iterator[Result]:
    """Let each person hand in once, with every protection on."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # for the preparations only
    department = Department.objects.create(code="submit", name="Permits")
    wave = wave_of_twenty(department)
    path = reverse("surveys:fill", args=[wave.pk, 1])
    visitors = [Visitor(p) for p in people(FIRST + 2 * TURNS * EACH + 1, department, "submit")]
    fields = {**ANSWERS, "go": "submit"}
    asks = [visitor.form(path, fields) for visitor in visitors]
    body = visitors[0].client.get(path).content
    used, commits = queries(visitors[-1], asks[-1])
    yield counted("submit, queries", used, 12)
    yield counted("submit, commits", commits, 1, "commits, and how many may be")
    waiting = iter(asks[n : n + EACH] for n in range(FIRST, len(asks) - 1, EACH))
    plain = Ask("/write", asks[0].headers, "POST", asks[0].body)
    settle()
    with tempfile.TemporaryDirectory() as folder, both(body, Path(folder)) as (portal, bare):
        load.rate(portal, asks[:FIRST], expected=302, once=True)

        def hand_in() -> float:
            return load.rate(portal, next(waiting), expected=302, once=True)

        references = (("page", Ask("/page"), 200, 0.08), ("JSON row", plain, 302, 0.3))
        for name, ask, expected, least in references:
            yield side_by_side(
                f"submit against a bare {name}",
                "requests/s",
                hand_in,
                lambda ask=ask, expected=expected: load.rate(bare, [ask], expected=expected),  # type: ignore[misc]
                rounds=TURNS,
                least=least,
            )
    stored = Participation.objects.filter(wave=wave).count()
    assert stored == BufferedResponse.objects.filter(wave=wave).count(), stored
