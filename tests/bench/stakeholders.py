"""The list of 20,000 stakeholders: its queries, and its rate against a bare signed-in page."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.urls import reverse

from buyin.accounts.models import Department
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import Interest, Person, Post, Stakeholder
from tests.bench import load
from tests.bench.result import Result, counted, side_by_side
from tests.bench.site import both, person_with, queries

NUMBER = 20_000
MOST_QUERIES = 14
BATCH = 2000


def fill(departments: list[Department]) -> None:
    """Write people with a post and an interest each, spread over departments and initiatives."""
    initiatives = Initiative.objects.bulk_create(Initiative(name=f"Bench {n}") for n in range(50))
    people = Person.objects.bulk_create(
        (Person(name=f"Person {n * 7919 % NUMBER:05}") for n in range(NUMBER)), batch_size=BATCH
    )
    made = Stakeholder.objects.bulk_create(
        (
            Stakeholder(
                person=one,
                name=one.name,
                department=departments[n % len(departments)],
                category="end-user",
            )
            for n, one in enumerate(people)
        ),
        batch_size=BATCH,
    )
    Post.objects.bulk_create(
        (
            Post(person=one.person, department=one.department, title="Clerk")
            for one in made
            if one.person
        ),
        batch_size=BATCH,
    )
    Interest.objects.bulk_create(
        (
            Interest(
                stakeholder=one,
                initiative=initiatives[n % len(initiatives)],
                power=n % 5 + 1,
                interest=n // 5 % 5 + 1,
                current=n % 5,
                desired=3,
                assessed_on=date(2026, 3, 2),
            )
            for n, one in enumerate(made)
        ),
        batch_size=BATCH,
    )


def measure() -> Iterator[Result]:
    """Measure the list as it opens, far down in it, and with filters."""
    departments = [Department.objects.create(code=f"d{n}", name=f"Unit {n}") for n in range(20)]
    fill(departments)
    lead = person_with("lead", departments[0])
    address = reverse("stakeholders:list")
    pages = {
        "list of 20,000 stakeholders": address,
        "list of 20,000 stakeholders, page 300": f"{address}?page=300",
        "list of 20,000 stakeholders, filtered": f"{address}?quadrant=manage-closely&gap=behind",
    }
    for name, path in pages.items():
        lead.read(path)
        yield counted(f"{name}, queries", queries(lead, lead.ask(path))[0], MOST_QUERIES)
    body = lead.read(address).encode()
    with tempfile.TemporaryDirectory() as folder, both(body, Path(folder)) as (portal, bare):
        for name, path in pages.items():
            ours, reference = lead.ask(path), lead.bare_ask("/signed-in")
            load.warm(portal, ours)
            yield side_by_side(
                f"{name} against a bare signed-in page of its size",
                "requests/s",
                lambda ours=ours: load.rate(portal, [ours]),  # type: ignore[misc]
                lambda reference=reference: load.rate(bare, [reference]),  # type: ignore[misc]
            )
