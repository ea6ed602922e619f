"""Lists of a large agency: their queries, and how long they take beside what is bare of them.

The agency has 20,000 stakeholders and 4,000 initiatives, each in the public register.
"""

import math
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.test import override_settings
from django.urls import reverse

from buyin.accounts.models import Department
from tests.bench import framed, load, registry
from tests.bench.load import Ask
from tests.bench.result import Result, counted, side_by_side
from tests.bench.site import PROXIED, Visitor, both, make_bare_table, person_with, queries

MOST_QUERIES = 16
VISITORS = 2_000
MOST_SLOWER = 2
SAME = 0.03  # of its length: tokens and the address of the page differ
READ = 11  # times, of which the one in the middle counts


@dataclass(frozen=True)
class List:
    """One list as somebody reads it: its address, and how many rows a page of it has."""

    name: str
    path: str
    rows: int
    is_public: bool = False
    is_for_leads: bool = False  # and for nobody else


def lists() -> list[List]:
    """Return the lists that are measured, some of them far down and with filters."""
    stakeholders, initiatives = reverse("stakeholders:list"), reverse("initiatives:list")
    register, missing = reverse("ai:list"), reverse("stakeholders:representation")
    return [
        List("stakeholders", stakeholders, 50),
        List("stakeholders, page 300", f"{stakeholders}?page=300", 50),
        List(
            "stakeholders, by quadrant and gap",
            f"{stakeholders}?quadrant=manage-closely&gap=behind",
            50,
        ),
        List("stakeholders, by words", f"{stakeholders}?q=person+00", 50),
        List("initiatives", initiatives, 50),
        List("initiatives, by words and stage", f"{initiatives}?q=letters&stage=pilot", 50),
        List("engagement log", reverse("stakeholders:log"), 25),
        List("overdue contact", reverse("stakeholders:overdue"), 25),
        List("commitments", reverse("stakeholders:commitment-register"), 50),
        List("benefits", reverse("initiatives:register"), 50),
        List("contact fatigue", reverse("stakeholders:contacts"), 50),
        List("likely doubles", reverse("stakeholders:doubles"), 25, is_for_leads=True),
        List("levels and evidence", reverse("stakeholders:disagreeing"), 50),
        List("who is missing", missing, 25),
        List("who is missing, where somebody is", f"{missing}?show=missing", 25),
        List("public register", register, 25, is_public=True),
        List("public register, by words", f"{register}?q=letters", 25, is_public=True),
    ]


def measure() -> Iterator[Result]:
    """Count the queries of each list and measure it against a small agency and against bare pages."""
    departments = [Department.objects.create(code=f"d{n}", name=f"Unit {n}") for n in range(20)]
    lead = person_with("lead", departments[0])
    executive = person_with("executive", departments[0])
    head = person_with("executive", departments[3], for_agency=False)
    registry.fill(departments, lead.person, registry.SMALL)
    of_few = {one.name: seconds(lead, one.path) for one in lists()}
    registry.fill(departments, lead.person, registry.LARGE)
    for one in lists():
        ours, few = seconds(lead, one.path), of_few[one.name]
        name = f"{one.name} against the same list of an agency with 50 of each"
        yield Result(
            name=name, ours=ours, reference=few, ratio=ours / few, unit="s", most=MOST_SLOWER
        )
    make_bare_table()
    registry.fill_bare(0)
    for one in lists():
        registry.look()
        yield beside_found(one, lead)
        if not (one.is_public or one.is_for_leads):
            yield beside_found(one, executive, ", for an executive,")
            # Of a twentieth of the agency: what it costs to tell whose it is weighs more there.
            yield beside_found(one, head, ", for the head of a department,", most=math.inf)
    with tempfile.TemporaryDirectory() as folder, both(b"", Path(folder)) as (portal, bare):
        for one in lists():
            asks = asked(one, lead)
            registry.look()
            yield counted(f"{one.name}, queries", queries(lead, asks[0])[0], MOST_QUERIES)
            registry.fill_bare(len(lead.read(one.path).encode()) // one.rows)
            reference = lead.bare_ask(f"/list?rows={one.rows}")
            load.warm(portal, asks)
            load.warm(bare, [reference])
            yield side_by_side(
                f"{one.name} against a bare list as long",
                "requests/s",
                lambda asks=asks: load.rate(portal, asks),  # type: ignore[misc]
                lambda reference=reference: load.rate(bare, [reference]),  # type: ignore[misc]
            )


def beside_found(
    one: List, reader: Visitor, whose: str = "", *, most: float = MOST_SLOWER
) -> Result:
    """Measure a list in turns with the same page, as long, whose rows are found already."""
    with framed.remembering(one.rows) as address:
        reader.read(one.path)
    with override_settings(ROOT_URLCONF="tests.bench.framed"):
        lengths = [len(reader.read(path)) for path in (one.path, address)]
        assert max(lengths) - min(lengths) < max(lengths) * SAME, (one.name, lengths)
        return side_by_side(
            f"{one.name}{whose} against the same page with its rows at hand",
            "s",
            lambda: seconds(reader, one.path),
            lambda: seconds(reader, address),
            most=most,
        )


def seconds(reader: Visitor, path: str) -> float:
    """Return how long this page takes without a server between, once it is warm."""
    reader.read(path)
    taken = []
    for _time in range(READ):
        start = time.perf_counter()
        reader.read(path)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def asked(one: List, lead: Visitor) -> list[Ask]:
    """Return the requests for a list: of who leads the agency, or of visitors from many places.

    Visitors from one place may not send as many as a measurement does, of one list or of the next.
    """
    if not one.is_public:
        return [lead.ask(one.path)]
    place = 18 + ("?" in one.path)
    return [
        Ask(one.path, {**PROXIED, "X-Forwarded-For": f"198.{place}.{n // 250}.{n % 250 + 1}"})
        for n in range(VISITORS)
    ]
