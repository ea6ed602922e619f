"""Pages of signed-in people: their queries, and their rate against a bare signed-in page."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.urls import reverse

from buyin.accounts.models import Department
from tests.bench import load
from tests.bench.load import Ask
from tests.bench.result import STARTS, TURNS, Pair, Result, counted, in_turns, middle
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
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for _start in range(STARTS):
        with tempfile.TemporaryDirectory() as folder, both(body, Path(folder)) as (portal, bare):
            for visitor, path in pages.values():
                load.warm(portal, [visitor.ask(path)])
            found["fill page against a bare page"] += in_turns(
                lambda portal=portal: load.rate(portal, [staff.ask(fill)]),  # type: ignore[misc]
                lambda bare=bare: load.rate(bare, [Ask("/page")]),  # type: ignore[misc]
                rounds=TURNS // STARTS,
            )
            for name, (visitor, path) in pages.items():
                ours, reference = visitor.ask(path), visitor.bare_ask("/signed-in")
                found[f"{name} against a bare signed-in page"] += in_turns(
                    lambda ours=ours, portal=portal: load.rate(portal, [ours]),  # type: ignore[misc]
                    lambda asked=reference, bare=bare: load.rate(bare, [asked]),  # type: ignore[misc]
                    rounds=TURNS // STARTS,
                )
    for name, pairs in found.items():
        aim = {"least": 0.22} if name.endswith("against a bare page") else {}
        yield middle(name, "requests/s", pairs, **aim)
