"""A list of 20,000 stakeholders comes in, against reading the file and one bulk insert."""

import csv
import io
import random
import time
from collections.abc import Iterator

from django.db import connection, transaction

from buyin.accounts.models import Department
from buyin.stakeholders.actions import import_list, undo_import
from buyin.stakeholders.models import ImportRun, Stakeholder
from buyin.stakeholders.queries.import_plan import ImportWishes
from tests.bench.models import BareAnswers
from tests.bench.result import Result, counted, side_by_side

ROWS = 20_000
PATIENCE = 120  # seconds
HEADER = (
    *("Name", "Mail", "Phone", "Department", "Title", "Organisation", "Category", "Channel"),
    *("How often", "Tags", "May contact", "Since"),
)
CATEGORIES = ("Decision-maker", "Budget holder", "IT", "SME", "Users", "Union", "Vendor")


def measure() -> Iterator[Result]:
    """Bring the list in, bring it in again, change half of it, and take it back."""
    Department.objects.bulk_create(
        Department(code=f"unit-{n}", name=f"Unit {n}") for n in range(40)
    )
    content = made().encode()
    with connection.schema_editor() as editor:
        editor.create_model(BareAnswers)
    try:
        unit = "seconds, and how many may be"
        yield counted(f"{ROWS:,} stakeholders come in", timed(content), PATIENCE, unit)
        yield counted(f"taking {ROWS:,} back", undone(), PATIENCE, unit)
        yield side_by_side(
            f"import of {ROWS:,} stakeholders against reading the file and one bulk insert",
            "s",
            lambda: imported(content),
            lambda: inserted(content),
            most=30,
        )
        yield from beside(content, unit)
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(BareAnswers)


def beside(content: bytes, unit: str) -> Iterator[Result]:
    """Measure with 20,000 in the registry: the same again, others beside them, half of them changed."""
    timed(content)
    yield counted(f"the same {ROWS:,} again", timed(content), PATIENCE, unit)
    other = made(seed=2).encode()
    yield counted(f"{ROWS:,} others beside them", timed(other), PATIENCE, unit)
    undone()
    changed = content.replace(b",Mail,", b",Workshop,")
    yield counted("half of them changed", timed(changed), PATIENCE, unit)
    yield counted("taking the changes back", undone(), PATIENCE, unit)


def made(seed: int = 1) -> str:
    """Return a list of invented people, about as alike as people of one agency are."""
    chance = random.Random(seed)
    given = [word(chance, 2) for _n in range(500)]
    family = [word(chance, 3) for _n in range(3000)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for n in range(ROWS):
        unit = n % 40
        writer.writerow(
            [
                f"{chance.choice(given)} {chance.choice(family)}",
                f"person{n}@agency{seed}.example" if n % 3 else "",
                f"+1 555 {n:07}",
                f"unit-{unit}" if n % 5 else "",
                "Case worker",
                "" if n % 5 else f"Partner {n % 200}",
                CATEGORIES[n % len(CATEGORIES)],
                ("Mail", "Call")[n % 2],
                "monthly",
                ("Board", "Pilot", "")[n % 3],
                ("yes", "no", "")[n % 3],
                "2024-03-01",
            ]
        )
    return out.getvalue()


def word(chance: random.Random, syllables: int) -> str:
    """Return an invented name."""
    return "".join(
        chance.choice("bcdfghjklmnprstvwz") + chance.choice("aeiou") for _n in range(syllables)
    ).capitalize()


def timed(content: bytes) -> float:
    """Return the seconds of an import."""
    start = time.perf_counter()
    import_list(owner=None, name="all.csv", content=content, wishes=ImportWishes())
    return time.perf_counter() - start


def undone() -> float:
    """Return the seconds of taking back the import that came last."""
    start = time.perf_counter()
    assert undo_import(run=ImportRun.objects.latest("pk")) == []
    return time.perf_counter() - start


def imported(content: bytes) -> float:
    """Return the seconds of an import into a portal that has none of it."""
    seconds = timed(content)
    assert Stakeholder.objects.count() > ROWS * 0.9, Stakeholder.objects.count()
    undone()
    return seconds


def inserted(content: bytes) -> float:
    """Return the seconds of a script that knows the columns and stores each row as a document."""
    start = time.perf_counter()
    header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    with transaction.atomic():
        BareAnswers.objects.bulk_create(
            [BareAnswers(answers=dict(zip(header, row, strict=True))) for row in rows]
        )
    seconds = time.perf_counter() - start
    BareAnswers.objects.all().delete()
    return seconds
