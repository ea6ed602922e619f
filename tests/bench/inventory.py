"""An inventory of 3,611 systems comes in, against reading the file and one bulk insert."""

import csv
import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from buyin.initiatives.actions import import_inventory, undo_import
from buyin.initiatives.inventory.writing import Wishes as Written_as
from buyin.initiatives.inventory.writing import Written, consolidated_csv
from buyin.initiatives.models import InventoryImport
from buyin.initiatives.queries.inventories import Wishes
from tests.bench.models import BareAnswers
from tests.bench.result import TURNS, Result, side_by_side

ROWS = 3611
BESIDE = settings.BASE_DIR.parent / "shared" / "data"
REAL = Path(os.environ.get("BUYIN_SHARED_DATA", BESIDE)) / "inventories" / "omb2025_individual.csv"


def measure() -> Iterator[Result]:
    """Bring the same inventory in again and again; what came in is taken back in between."""
    content = REAL.read_bytes() if REAL.exists() else made().encode()
    with connection.schema_editor() as editor:
        editor.create_model(BareAnswers)
    try:
        yield side_by_side(
            f"import of an inventory of {ROWS:,} against reading the file and one bulk insert",
            "s",
            lambda: imported(content),
            lambda: inserted(content),
            rounds=TURNS,
            most=3,
        )
        import_all(content)
        yield side_by_side(
            "the same inventory again, against reading the file and one bulk insert",
            "s",
            lambda: again(content),
            lambda: inserted(content),
            rounds=TURNS,
            most=3,
        )
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(BareAnswers)


def made() -> str:
    """Return an inventory of the same size, where the published one is not beside the checkout."""
    said = "It reads what people send and says who should answer; people decide. "
    records = [
        Written(
            {
                "id": f"FH-{number}",
                "use_case_name": f"System {number}",
                "development_stage": ("Pre-deployment", "Pilot", "Deployed")[number % 3],
                "is_high_impact": "Not High-impact",
                "problem_solved": said * (number % 5 + 1),
                "benefits": said * (number % 3 + 1),
                "system_outputs": said,
                "operational_date": {"text": "10/1/2023", "date": "", "precision": ""},
                "demographic_features": ["None of the above"],
                "has_pii": "No",
            }
        )
        for number in range(ROWS)
    ]
    return consolidated_csv(records, Written_as(agency="FH", agency_name="Elsewhere"))


def import_all(content: bytes) -> None:
    """Bring the inventory in."""
    import_inventory(owner=None, name="all.csv", content=content, wishes=Wishes())


def imported(content: bytes) -> float:
    """Return the seconds of an import into a portal that has none of it."""
    start = time.perf_counter()
    import_all(content)
    seconds = time.perf_counter() - start
    undo_import(run=InventoryImport.objects.latest("pk"))
    return seconds


def again(content: bytes) -> float:
    """Return the seconds of an import that finds everything as it was."""
    start = time.perf_counter()
    import_all(content)
    return time.perf_counter() - start


def inserted(content: bytes) -> float:
    """Return the seconds of a script that knows the columns and stores each row as a document."""
    start = time.perf_counter()
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    with transaction.atomic():
        BareAnswers.objects.bulk_create(
            [BareAnswers(answers=dict(zip(header, row, strict=True))) for row in rows]
        )
    seconds = time.perf_counter() - start
    assert len(rows) == ROWS, len(rows)
    BareAnswers.objects.all().delete()
    return seconds
