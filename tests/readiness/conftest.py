"""Public data to check the formulas with. It lies beside the checkout and is never part of it."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def public_file() -> Callable[[str], Path]:
    """Return a function from a file's name to its path; the test is skipped where it is absent."""
    beside = settings.BASE_DIR.parent / "shared" / "data"
    folder = Path(os.environ.get("BUYIN_SHARED_DATA", beside)) / "responses"

    def path_of(name: str) -> Path:
        if not (folder / name).exists():
            pytest.skip(f"public data {name} is not beside the checkout (BUYIN_SHARED_DATA)")
        return folder / name

    return path_of


@pytest.fixture(scope="session")
def public_rows(public_file) -> Callable[[str], list[dict[str, str]]]:
    """Return a function from a file's name to its rows."""

    def rows_of(name: str) -> list[dict[str, str]]:
        with public_file(name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return rows_of
