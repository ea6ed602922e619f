"""Pages of signed-in people: their queries, and their rate against a bare signed-in page."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.urls import reverse

from buyin.accounts.models import Department
from tests.bench import load
from tests.bench.load import Ask
from tests.bench.result import TURNS, Result, counted, side_by_side
from tests.bench.site import Visitor, both, people, person_with, queries, settle
from tests.bench.surveys import wave_of_twenty

# How many queries a page may cost.
MOST = {"fill page": 6, "home": 12, "dashboard": 15}


def measure() -> Iterator[Result]:
    """Measure the page with twenty questions, "For you", and the dashboard."""
    department = Department.objects.create(code="pages", name="Permits")
    wave = wave_of_twenty(department)
    staff = Visitor(people(1, department, "reader")[0])
    lead = person_with("lead", department)
    fill = reverse("surveys:fill", args=[wave.pk, 1])
    pages = {
        "fill page": (staff, fill),
        "home": (staff, reverse("home")),
        "dashboard": (lead, reverse("readiness:dashboard")),
    }
    body = staff.read(fill).encode()
    for name, (visitor, path) in pages.items():
        visitor.read(path)
        yield counted(f"{name}, queries", queries(visitor, visitor.ask(path))[0], MOST[name])
    settle()
    with tempfile.TemporaryDirectory() as folder, both(body, Path(folder)) as (portal, bare):

        def rate_of(port: int, ask: Ask) -> float:
            return load.rate(port, [ask])

        for visitor, path in pages.values():
            load.warm(portal, [visitor.ask(path)])
        ask = staff.ask(fill)
        yield side_by_side(
            "fill page against a bare page",
            "requests/s",
            lambda: rate_of(portal, ask),
            lambda: rate_of(bare, Ask("/page")),
            rounds=TURNS,
            least=0.22,
        )
        for name, (visitor, path) in pages.items():
            ours, reference = visitor.ask(path), visitor.bare_ask("/signed-in")
            yield side_by_side(
                f"{name} against a bare signed-in page",
                "requests/s",
                lambda ours=ours: rate_of(portal, ours),  # type: ignore[misc]
                lambda reference=reference: rate_of(bare, reference),  # type: ignore[misc]
                rounds=TURNS,
            )
